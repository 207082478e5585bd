import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { ServerAccount } from './account.js'
import { diskFull, EmbeddedPostgresError, isDiskFull } from './errors.js'
import type { NativeFolder } from './native.js'
import { isPostmasterOf } from './process-identity.js'
import { spawnAs } from './run-program.js'

/** A running server, as its postmaster.pid tells. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly status: string
}

const LOG_KEPT_BYTES = 8 * 1024 * 1024
/** Recovery after a crash replays the log; refused connections until then are no failure. */
const READY_TIMEOUT_MS = 180_000
/** Less than one segment of the write-ahead log. */
const NO_ROOM_BYTES = 16 * 1024 * 1024
const LEFTOVER_BACKENDS_MS = 15_000
const FAST_STOP_MS = 20_000
const IMMEDIATE_STOP_MS = 10_000
/** Above every pid_max: no process can have it. */
const NO_PID = '2147483647'

const pidFile = (clusterDir: string): string => join(clusterDir, 'postmaster.pid')

const readPidFile = (clusterDir: string): string[] | null => {
  try {
    return readFileSync(pidFile(clusterDir), 'utf8').split('\n')
  } catch {
    return null
  }
}

/** The living server of a cluster, left over or just started; null when postmaster.pid is missing, stale, or names another's process. */
export const findPostmaster = (clusterDir: string): Postmaster | null => {
  const lines = readPidFile(clusterDir)
  const pid = Number(lines?.[0])
  if (lines === null || !isPostmasterOf(pid, clusterDir)) return null
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() }
}

/**
 * Keeps PostgreSQL from refusing a start because the pid of a crashed server now belongs to another process, or is a zombie's.
 *
 * Only the pid is replaced, by one that cannot exist: the shared memory named below it lets the server still see backends that outlived
 * their postmaster, and wait for them.
 */
const disownStalePid = (clusterDir: string): void => {
  const lines = readPidFile(clusterDir)
  if (lines === null || isPostmasterOf(Number(lines[0]), clusterDir)) return
  writeFileSync(pidFile(clusterDir), [NO_PID, ...lines.slice(1)].join('\n'))
}

/** Whether nobody listens on a loopback port. */
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** The wished loopback port if it is free, else another; below the ports that outgoing connections get, so that it stays ours. */
export const choosePort = async (wished: number | null): Promise<number> => {
  if (wished !== null && (await isFree(wished))) return wished
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    if (await isFree(port)) return port
  }
}

const settings = (port: number): Record<string, string> => ({
  port: String(port),
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  ssl: 'off', // the bundled OpenSSL is old, and nothing leaves the machine
  password_encryption: 'scram-sha-256',
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on', // an acknowledged act survives kill -9 and a power cut
  jit: 'off',
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_destination: 'stderr', // into <dataDir>/postgres.log
  logging_collector: 'off',
  // Statements and the details of a violated constraint hold personal data; the hub logs what it needs itself.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '%m [%p] %d ',
})

const openLog = (path: string): number => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_KEPT_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

/** On a full disk the log that would tell it may be cut off too. */
const hasNoRoom = (folder: string): boolean => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < NO_ROOM_BYTES
}

const failure = (said: string, clusterDir: string): EmbeddedPostgresError =>
  isDiskFull(said) || hasNoRoom(clusterDir)
    ? diskFull(clusterDir)
    : new EmbeddedPostgresError(
        'START_FAILED',
        { zh: `内置 PostgreSQL 未能启动:${said}`, en: `The embedded PostgreSQL did not start: ${said}` },
        { zh: '详见数据文件夹中的 postgres.log。', en: 'See postgres.log in the data folder.' },
      )

/** Starts the server once; gives what it said when it ended before it was ready. */
const launchOnce = async (
  clusterDir: string,
  native: NativeFolder,
  account: ServerAccount,
  port: number,
  logFile: string,
): Promise<Postmaster | string> => {
  disownStalePid(clusterDir)
  // Opened by us and inherited: the server's user need not reach the data folder.
  const log = openLog(logFile)
  const logStart = statSync(logFile).size
  const args = ['-D', clusterDir, ...Object.entries(settings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const child = spawn(join(native.folder, 'bin/postgres'), args, { ...spawnAs(account), detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  let ended: string | null = null
  child.once('error', (error) => (ended = String(error)))
  child.once('exit', (code, signal) => (ended ??= `exit ${code ?? signal}`))
  child.unref()
  const until = performance.now() + READY_TIMEOUT_MS
  while (ended === null && performance.now() < until) {
    const found = findPostmaster(clusterDir)
    if (found !== null && found.pid === child.pid && found.status === 'ready') return found
    await sleep(10)
  }
  if (ended === null && child.pid !== undefined) await stopPostmaster(child.pid, clusterDir)
  const said = readFileSync(logFile).subarray(logStart).toString('utf8').trim().split('\n').slice(-6).join('\n')
  return `${ended ?? 'not ready in time'}: ${said}`
}

/**
 * Starts the server and waits until it takes connections; gives null when the port was taken meanwhile (choose another).
 *
 * It runs in a process group of its own: Ctrl-C in the terminal must reach the hub alone, which drains first and then stops it. A killed hub
 * leaves it running, to be adopted. Backends that outlived a killed postmaster are waited for, at most 15 s. Refuses with START_FAILED or
 * DISK_FULL and the last lines of its log.
 */
export const launchPostmaster = async (
  clusterDir: string,
  native: NativeFolder,
  account: ServerAccount,
  port: number,
  logFile: string,
): Promise<Postmaster | null> => {
  const until = performance.now() + LEFTOVER_BACKENDS_MS
  for (;;) {
    const result = await launchOnce(clusterDir, native, account, port, logFile)
    if (typeof result !== 'string') return result
    if (/Address already in use|could not create any TCP\/IP sockets/.test(result)) return null
    if (!/pre-existing shared memory block/.test(result) || performance.now() >= until) throw failure(result, clusterDir)
    await sleep(200)
  }
}

/** Waits until a server found in mid-start is ready (true) or gone, stopping or too slow (false). */
export const waitReady = async (clusterDir: string, pid: number): Promise<boolean> => {
  const until = performance.now() + READY_TIMEOUT_MS
  while (performance.now() < until) {
    const found = findPostmaster(clusterDir)
    if (found?.pid !== pid || found.status === 'stopping') return false
    if (found.status === 'ready') return true
    await sleep(20)
  }
  return false
}

const waitGone = async (pid: number, clusterDir: string, timeoutMs: number): Promise<boolean> => {
  const until = performance.now() + timeoutMs
  while (isPostmasterOf(pid, clusterDir)) {
    if (performance.now() >= until) return false
    await sleep(10)
  }
  return true
}

/**
 * Stops a server by its pid, adopted ones too: fast (sessions are ended, a checkpoint is written), after 20 s at once (recovery at the next
 * start). Harmless when it is gone; a pid that meanwhile belongs to another process gets no signal. Refuses with STOP_FAILED.
 */
export const stopPostmaster = async (pid: number, clusterDir: string): Promise<void> => {
  for (const [signal, timeoutMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ] as const) {
    if (!isPostmasterOf(pid, clusterDir)) return
    process.kill(pid, signal)
    if (await waitGone(pid, clusterDir, timeoutMs)) return
  }
  throw new EmbeddedPostgresError(
    'STOP_FAILED',
    { zh: `数据库进程 ${pid} 未能停止。`, en: `The database process ${pid} did not stop.` },
    { zh: `请检查磁盘,然后手动结束进程 ${pid}。`, en: `Check the disk, then end process ${pid} by hand.` },
  )
}
