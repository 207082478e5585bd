import {
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { mayPassThrough, type ServerAccount } from './account.js'
import { syncFolder } from './data-folder.js'
import { diskFull, EmbeddedPostgresError, isDiskFull } from './errors.js'
import type { NativeFolder } from './native.js'
import { folderKey, outsidePlaces } from './places.js'
import { findPostmaster, stopPostmaster } from './postmaster.js'
import { runProgram } from './run-program.js'
import { SUPERUSER } from './server-record.js'

/** An initdb whose parent was killed may still be writing while we remove: it fails soon, until then we try again. */
const REMOVE_HALF = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const

const ROOM_NEEDED_BYTES = 150 * 1024 * 1024

const linkOf = (dataDir: string): string => join(dataDir, 'postgres')

/** Removes what an interrupted initdb for this place left beside it, its password file included. */
const removeHalves = (place: string): void => {
  for (const entry of readdirSync(dirname(place))) {
    if (entry.startsWith(`${basename(place)}.half-`)) rmSync(join(dirname(place), entry), REMOVE_HALF)
  }
}

/**
 * The real folder of the data folder's cluster, or null when there is none yet. What an interrupted initdb left is removed.
 *
 * Refuses with CLUSTER_GONE when the cluster lay outside and is not there any more, with CLUSTER_DAMAGED when it has data but lost its
 * version file: neither is ever replaced by an empty one silently.
 */
export const findCluster = (dataDir: string): string | null => {
  removeHalves(linkOf(dataDir))
  const link = linkOf(dataDir)
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) return null
  if (!existsSync(link)) {
    throw new EmbeddedPostgresError(
      'CLUSTER_GONE',
      {
        zh: `数据库本在 ${link} 指向的文件夹中,但该文件夹已不存在。`,
        en: `The database was in the folder that ${link} points to, which is gone.`,
      },
      {
        zh: '请恢复该文件夹;若要从空库重新开始,删除此链接。',
        en: 'Restore that folder, or remove this link to begin with an empty database.',
      },
    )
  }
  const clusterDir = realpathSync(link)
  // Of another user: we may not look inside, hence must not judge (nor remove) it; chooseAccount refuses it.
  const uid = process.getuid?.()
  if (uid !== 0 && statSync(clusterDir).uid !== uid) return clusterDir
  removeHalves(clusterDir)
  if (existsSync(join(clusterDir, 'PG_VERSION'))) return clusterDir
  if (existsSync(join(clusterDir, 'global/pg_control'))) {
    throw new EmbeddedPostgresError(
      'CLUSTER_DAMAGED',
      { zh: `数据库文件夹 ${clusterDir} 缺少 PG_VERSION。`, en: `The database folder ${clusterDir} has lost its PG_VERSION.` },
      { zh: '请从备份恢复该文件夹。', en: 'Restore the folder from a backup.' },
    )
  }
  rmSync(clusterDir, { recursive: true, force: true })
  rmSync(link, { force: true })
  return null
}

/** Refuses with OTHER_MAJOR_VERSION a cluster that another major version of PostgreSQL wrote: this one cannot read it. */
export const requireVersion = (clusterDir: string, native: NativeFolder): void => {
  const found = readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8').trim()
  if (found === native.majorVersion) return
  throw new EmbeddedPostgresError(
    'OTHER_MAJOR_VERSION',
    {
      zh: `数据库由 PostgreSQL ${found} 建立,内置版本是 ${native.majorVersion}。`,
      en: `The database was made by PostgreSQL ${found}; the embedded one is ${native.majorVersion}.`,
    },
    {
      zh: '请用原来的 Commonhall 版本导出数据,再导入新文件夹。',
      en: 'Export the data with the Commonhall version that made it and import it into a new folder.',
    },
  )
}

/** Gives a cluster that root owns (restored or copied by root) to the account of the server. */
export const giveTo = (path: string, account: ServerAccount): void => {
  if (!account.isDropped || lstatSync(path).uid === account.uid) return
  lchownSync(path, account.uid, account.gid)
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), account)
}

/** Where a new cluster may go: the data folder, else outside. A cluster left there by a deleted data folder is kept aside, never reused. */
const newPlaces = async function* (dataDir: string, account: ServerAccount, progress: (line: string) => void): AsyncGenerator<string> {
  if (mayPassThrough(dataDir, account)) yield linkOf(dataDir)
  for (const { folder, isPersistent } of outsidePlaces(account)) {
    const place = join(folder, folderKey(dataDir))
    removeHalves(place)
    if (existsSync(place)) {
      const left = findPostmaster(place)
      if (left !== null) await stopPostmaster(left.pid, place)
      const aside = `${place}.left-${Date.now()}`
      renameSync(place, aside)
      progress(`旧数据库移至 / An earlier database was moved to ${aside}`)
    }
    if (!isPersistent)
      progress(`警告:数据库位于临时文件夹,系统可能清空它 / Warning: the database lies in a folder for temporary files: ${place}`)
    yield place
  }
}

/** Runs initdb in a half-made folder beside `place` and renames it when complete and on disk; gives what initdb said on failure. */
const initialise = async (place: string, native: NativeFolder, account: ServerAccount, password: string): Promise<string | null> => {
  const work = mkdtempSync(`${place}.half-`)
  const half = join(work, 'cluster')
  const passwordFile = join(work, 'password')
  try {
    mkdirSync(half, { mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (account.isDropped) for (const path of [work, half, passwordFile]) chownSync(path, account.uid, account.gid)
    const run = (ctype: string) =>
      runProgram(
        join(native.folder, 'bin/initdb'),
        [
          ...['-D', half, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions'],
          // The builtin provider sorts and folds the same on every machine, Chinese included, whatever locales it has installed.
          ...['--locale=C', `--lc-ctype=${ctype}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'],
        ],
        account,
      )
    // Only pg_trgm and the text search parser still ask the C library what a letter is: with "C" they see no Chinese. Old systems lack C.UTF-8.
    const first = await run('C.UTF-8')
    const { exitCode, output } = /invalid locale name/.test(first.output) ? await run('C') : first
    if (exitCode !== 0) return output.trim() || `exit code ${exitCode}`
    renameSync(half, place)
    syncFolder(dirname(place))
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Makes the cluster of a data folder that has none, and gives its real folder. `<dataDir>/postgres` is the cluster or a link to it.
 *
 * Complete or not there: an interruption at any point leaves a half-made folder that the next start removes. Refuses with DISK_FULL or
 * INITDB_FAILED (what initdb said). About 0.7 s.
 */
export const createCluster = async (
  dataDir: string,
  native: NativeFolder,
  account: ServerAccount,
  password: string,
  progress: (line: string) => void,
): Promise<string> => {
  let said = 'no reachable folder'
  for await (const place of newPlaces(dataDir, account, progress)) {
    const { bavail, bsize } = statfsSync(dirname(place))
    if (bavail * bsize < ROOM_NEEDED_BYTES) throw diskFull(dirname(place))
    try {
      const failure = await initialise(place, native, account, password)
      if (failure === null) {
        if (place !== linkOf(dataDir)) {
          symlinkSync(place, linkOf(dataDir))
          syncFolder(dataDir)
        }
        return place
      }
      said = failure
    } catch (error) {
      said = String(error)
    }
    if (isDiskFull(said)) throw diskFull(dirname(place))
    // Access lists, mount options and the like: the next place may allow it.
    if (!account.isDropped || !/Permission denied|Operation not permitted|EPERM|EACCES|EROFS|could not access/.test(said)) break
  }
  throw new EmbeddedPostgresError(
    'INITDB_FAILED',
    { zh: `无法建立数据库:${said}`, en: `The database could not be created: ${said}` },
    { zh: '请按上述原因处理后重试;未留下半成品。', en: 'Remove that cause and start again; nothing half-made is left.' },
  )
}
