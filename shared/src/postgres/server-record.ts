import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { writePrivateFile } from './data-folder.js'
import { errorCode } from './errors.js'

/** The login of the server's administrator. */
export const SUPERUSER = 'postgres'

/** What a later start must know about the cluster; kept in `<dataDir>/postgres.json`, mode 0600. */
export interface ServerRecord {
  readonly port: number
  readonly superuserPassword: string
  /** The real folder of the cluster: outside the data folder when the server's user cannot reach that. */
  readonly clusterDir: string | null
}

const fileOf = (dataDir: string): string => join(dataDir, 'postgres.json')

/** The record of a data folder; null when there is none or it is unreadable text (the password is then set anew). */
export const readServerRecord = (dataDir: string): ServerRecord | null => {
  try {
    const { port, superuserPassword, clusterDir } = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Partial<ServerRecord>
    if (typeof port !== 'number' || typeof superuserPassword !== 'string') return null
    return { port, superuserPassword, clusterDir: clusterDir ?? null }
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Replaces the record, whole or not at all. */
export const writeServerRecord = (dataDir: string, record: ServerRecord): void =>
  writePrivateFile(fileOf(dataDir), `${JSON.stringify(record, null, 2)}\n`)
