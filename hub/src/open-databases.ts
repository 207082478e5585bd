import { startEmbeddedPostgres, type EmbeddedPostgres } from '@commonhall/shared/postgres'
import type { Log } from '@commonhall/shared/telemetry'

import type { HubConfig } from './config.js'
import { StartRefusal } from './console/start-refusal.js'
import type { Speech } from './console/speech.js'
import { configuredDatabases } from './databases/configured-databases.js'
import type { HubDatabases } from './databases/hub-databases.js'
import { provisionDatabases } from './databases/provisioned-databases.js'
import type { HubKeys } from './keys/hub-keys.js'
import type { Teardown } from './teardown.js'

/** Databases that answer; `adminUrl` when the hub itself administers their server. */
export interface OpenDatabases {
  readonly databases: HubDatabases
  readonly adminUrl: string | null
}

/**
 * The databases of this hub: the operator's own, or made in the server he administers, or in the embedded server, which is
 * started (or adopted) and stopped with the hub.
 */
export const openDatabases = async (options: {
  readonly dataDir: string
  readonly config: HubConfig
  readonly keys: HubKeys
  readonly teardown: Teardown
  readonly progress: (speech: Speech) => void
  readonly log: Log
}): Promise<OpenDatabases> => {
  const { config, keys, progress, log } = options
  const configured = configuredDatabases(config)
  if (configured !== null) return { databases: configured, adminUrl: null }
  if (config.COMMONHALL_ADMIN_URL !== undefined) return provision(config.COMMONHALL_ADMIN_URL, keys)
  const server = await startServer(options.dataDir, progress, log)
  options.teardown.add('postgres', () => server.stop())
  return provision(server.adminUrl, keys)
}

const startServer = (dataDir: string, progress: (speech: Speech) => void, log: Log): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({
    dataDir,
    progress: (line) => {
      const [zh = line, en = line] = line.split(' / ')
      progress({ zh, en })
    },
    log: { info: (message) => log.info(message), warn: (message) => log.warn(message) },
  })

const provision = async (adminUrl: string, keys: HubKeys): Promise<OpenDatabases> => {
  try {
    return { databases: await provisionDatabases(adminUrl, keys.databasePasswords), adminUrl }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartRefusal(
      'DATABASE_UNREACHABLE',
      3,
      { zh: `数据库服务器不可用:${reason}`, en: `The database server cannot be used: ${reason}` },
      { cause },
    )
  }
}
