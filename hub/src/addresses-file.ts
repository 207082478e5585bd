import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a running hub answers; `commonhall token` and `commonhall doctor` read it, so that nobody repeats a port. Holds no secret. */
export interface Addresses {
  readonly pid: number
  readonly url: string
  readonly identityUrl: string | null
  readonly isSplit: boolean
}

/** Writes `hub.json` into the data folder; returns what removes it. After kill -9 it stays, and its reader finds nobody there. */
export const publishAddresses = (dataDir: string, addresses: Addresses): (() => void) => {
  const path = join(dataDir, 'hub.json')
  writeFileSync(path, `${JSON.stringify(addresses, null, 2)}\n`)
  return () => rmSync(path, { force: true })
}
