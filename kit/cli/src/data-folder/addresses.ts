import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a running hub answers, as it wrote into its data folder. */
export interface Addresses {
  readonly pid: number
  readonly url: string
  readonly identityUrl: string | null
}

/** The addresses of the hub on a data folder; null when none runs there (or it was killed before it could say). */
export const readAddresses = (dataDir: string): Addresses | null => {
  try {
    const found = JSON.parse(readFileSync(join(dataDir, 'hub.json'), 'utf8')) as Addresses
    process.kill(found.pid, 0)
    return found
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? readUnchecked(dataDir) : null
  }
}

/** The hub of another user lives although we may not signal it. */
const readUnchecked = (dataDir: string): Addresses => JSON.parse(readFileSync(join(dataDir, 'hub.json'), 'utf8')) as Addresses
