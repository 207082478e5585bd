import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'

import { EmbeddedPostgresError } from './errors.js'

/** Who the server runs as. `isDropped`: we are root and change to this user, because PostgreSQL refuses root. */
export interface ServerAccount {
  readonly uid: number
  readonly gid: number
  readonly isDropped: boolean
}

const fromPasswd = (name: string): { uid: number; gid: number } | null => {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
    // macOS and directory services keep users outside the file.
    const ask = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return null
  }
}

/**
 * Chooses the user of the server; creates none.
 *
 * An ordinary user runs it himself. Root drops to the owner of an existing cluster, else to `postgres`, else to `nobody`. Refused with
 * NO_ACCOUNT: a uid without passwd entry (initdb looks it up), root without any unprivileged user; with FOREIGN_CLUSTER: a cluster of
 * another user, when we are not root.
 */
export const chooseAccount = (clusterDir: string | null): ServerAccount => {
  const owner = clusterDir === null ? null : statSync(clusterDir)
  const uid = process.getuid?.() ?? -1
  if (uid === 0) {
    if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, isDropped: true }
    const found = fromPasswd('postgres') ?? fromPasswd('nobody')
    if (found !== null && found.uid !== 0) return { ...found, isDropped: true }
    throw new EmbeddedPostgresError(
      'NO_ACCOUNT',
      {
        zh: 'PostgreSQL 拒绝以 root 运行,而本机没有 postgres 或 nobody 用户。',
        en: 'PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody.',
      },
      { zh: '请以普通用户启动,或先创建 postgres 用户。', en: 'Start as an ordinary user, or create a user named postgres.' },
    )
  }
  try {
    userInfo()
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'NO_ACCOUNT',
      {
        zh: `当前用户编号 ${uid} 在 /etc/passwd 中没有条目,initdb 无法运行。`,
        en: `The current uid ${uid} has no entry in /etc/passwd, which initdb needs.`,
      },
      {
        zh: '请为该编号添加用户,改用有条目的用户(容器中如 --user node)启动,或配置外部 PostgreSQL。',
        en: 'Add a user with this uid, start as a user that has one (in a container for instance --user node), or configure a PostgreSQL server.',
      },
      { cause },
    )
  }
  if (clusterDir !== null && owner !== null && owner.uid !== uid) {
    throw new EmbeddedPostgresError(
      'FOREIGN_CLUSTER',
      {
        zh: `数据库文件夹 ${clusterDir} 属于用户 ${owner.uid},而当前用户是 ${uid}。`,
        en: `The database folder ${clusterDir} belongs to uid ${owner.uid}, but this process runs as ${uid}.`,
      },
      { zh: '请以该用户或 root 启动,或指定另一个数据文件夹。', en: 'Start as that user or as root, or choose another data folder.' },
    )
  }
  return { uid, gid: process.getgid?.() ?? -1, isDropped: false }
}

const allows = (path: string, account: ServerAccount, bits: number): boolean => {
  const { mode, uid, gid } = statSync(path)
  const granted = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode
  return (granted & bits) === bits
}

/**
 * Whether the account may pass through a folder and all above it (not list it): what a cluster below it needs.
 *
 * By mode bits alone: other groups are dropped with the user, and access lists are left to the attempt itself. True without asking when we
 * do not change the user, since then our own attempt shows it.
 */
export const mayPassThrough = (folder: string, account: ServerAccount): boolean => {
  if (!account.isDropped) return true
  try {
    return allows(folder, account, 1) && (dirname(folder) === folder || mayPassThrough(dirname(folder), account))
  } catch {
    return false
  }
}

/** Whether the account may read a file or list a folder, and pass through every folder above; see {@link mayPassThrough}. */
export const mayReach = (path: string, account: ServerAccount): boolean => {
  if (!account.isDropped) return true
  try {
    return allows(path, account, statSync(path).isDirectory() ? 5 : 4) && mayPassThrough(dirname(path), account)
  } catch {
    return false
  }
}

/**
 * Lets the account pass through a fresh data folder that only root may enter (`mktemp -d` makes such), so that the cluster can lie inside.
 *
 * Passing, not listing. A folder that holds anything not ours (somebody's home) stays as it is; the cluster then goes outside.
 */
export const openFreshFolder = (dataDir: string, account: ServerAccount): void => {
  const { uid, mode } = statSync(dataDir)
  if (!account.isDropped || uid !== process.getuid?.() || mayPassThrough(dataDir, account)) return
  const isFresh = readdirSync(dataDir).every((entry) => /^(postgres|commonhall|native-)/.test(entry))
  if (isFresh && mayPassThrough(dirname(dataDir), account)) chmodSync(dataDir, (mode & 0o777) | 0o011)
}
