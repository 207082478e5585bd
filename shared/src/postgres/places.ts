import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { mayPassThrough, type ServerAccount } from './account.js'

/** A folder that is ours alone to write, made if missing; null when it cannot be (someone else's, a link, writable by others, unreachable). */
const ownFolder = (path: string, account: ServerAccount): string | null => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 })
    const found = lstatSync(path)
    // In a shared folder like /tmp anyone could have made it before us, and we would run or read what he put there.
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) return null
    return mayPassThrough(path, account) ? path : null
  } catch {
    return null
  }
}

/**
 * Folders outside the data folder for what the server's user must reach (root only needs them), best first.
 *
 * `/var/lib/commonhall` persists; the folder for temporary files may be emptied by the system and is the last resort.
 */
export const outsidePlaces = function* (account: ServerAccount): Generator<{ folder: string; isPersistent: boolean }> {
  const persistent = account.isDropped ? ownFolder('/var/lib/commonhall', account) : null
  if (persistent !== null) yield { folder: persistent, isPersistent: true }
  const temporary = ownFolder(join(tmpdir(), `commonhall-${process.getuid?.() ?? 0}`), account)
  if (temporary !== null) yield { folder: temporary, isPersistent: false }
}

/** A short name for a data folder, the same on every start. */
export const folderKey = (dataDir: string): string => createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
