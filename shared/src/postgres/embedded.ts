import { join } from 'node:path'

import { chooseAccount, openFreshFolder, type ServerAccount } from './account.js'
import { withAdmin } from './admin-connection.js'
import { createCluster, findCluster, giveTo, requireVersion } from './cluster.js'
import { openDataFolder } from './data-folder.js'
import { acquireLock } from './data-lock.js'
import { diskFull, EmbeddedPostgresError, errorCode, isDiskFull } from './errors.js'
import { type NativeFolder, prepareNative } from './native.js'
import { generatePassword, scramVerifier } from './password.js'
import { choosePort, findPostmaster, launchPostmaster, type Postmaster, stopPostmaster, waitReady } from './postmaster.js'
import { runProgram } from './run-program.js'
import { readServerRecord, type ServerRecord, SUPERUSER, writeServerRecord } from './server-record.js'

const PORT_ATTEMPTS = 5
/** A first start of someone else on the same folder may be copying programs. */
const START_WAIT_MS = 120_000

/** A running embedded server. */
export interface EmbeddedPostgres {
  /** Superuser over loopback TCP, database `postgres`; holds a password, never log it. */
  readonly adminUrl: string
  readonly port: number
  readonly pid: number
  readonly version: string
  /** The cluster was made by this start. */
  readonly isFirstStart: boolean
  /** The server was already running (its parent had been killed, or another process of ours started it). */
  readonly isAdopted: boolean
  /** The real folder of the cluster; outside the data folder when the server's user cannot reach that. Who deletes the data deletes this. */
  readonly clusterDir: string
  /** Stops the server, at most 30 s; harmless when it is stopped already. */
  stop(): Promise<void>
}

/** What a start reports: `progress` for the person who waits (both languages), `log` for the record. */
export interface StartOptions {
  readonly dataDir: string
  readonly progress?: (line: string) => void
  readonly log?: { info(message: string): void; warn(message: string): void }
}

interface Start {
  readonly dataDir: string
  readonly progress: (line: string) => void
  readonly log: { info(message: string): void; warn(message: string): void }
}

const urlOf = (record: ServerRecord): string => `postgres://${SUPERUSER}:${record.superuserPassword}@127.0.0.1:${record.port}/postgres`

/** Connects, closes the server's own databases to the logins of the parties, and gives the version. */
const settle = (record: ServerRecord): Promise<string> =>
  withAdmin(urlOf(record), async (client) => {
    const open = await client.query<{ datname: string }>(
      `select datname from pg_database where datname in ('postgres', 'template1')
       and exists (select from aclexplode(coalesce(datacl, acldefault('d', datdba))) where grantee = 0 and privilege_type = 'CONNECT')`,
    )
    for (const { datname } of open.rows) await client.query(`revoke all on database ${datname} from public`)
    const shown = await client.query<{ server_version: string }>('show server_version')
    return shown.rows[0]?.server_version ?? ''
  })

const running = (
  record: ServerRecord,
  pid: number,
  version: string,
  clusterDir: string,
  how: 'first' | 'adopted' | 'again',
): EmbeddedPostgres => ({
  adminUrl: urlOf(record),
  port: record.port,
  pid,
  version,
  isFirstStart: how === 'first',
  isAdopted: how === 'adopted',
  clusterDir,
  stop: () => stopPostmaster(pid, clusterDir),
})

/** Takes over a server that already runs on the cluster. Null when none does, or it had to be stopped because it does not let us in. */
const adopt = async ({ dataDir, log }: Start, clusterDir: string, record: ServerRecord | null): Promise<EmbeddedPostgres | null> => {
  const found = findPostmaster(clusterDir)
  if (found === null) return null
  if (record !== null && (await waitReady(clusterDir, found.pid))) {
    try {
      const current = { ...record, port: findPostmaster(clusterDir)?.port ?? record.port, clusterDir }
      const version = await settle(current)
      if (current.port !== record.port || record.clusterDir !== clusterDir) writeServerRecord(dataDir, current)
      log.info(`adopted the running PostgreSQL, pid ${found.pid}`)
      return running(current, found.pid, version, clusterDir, 'adopted')
    } catch (error) {
      log.warn(`the running PostgreSQL, pid ${found.pid}, refused the recorded login (${errorCode(error)}); restarting it`)
    }
  }
  await stopPostmaster(found.pid, clusterDir)
  return null
}

/** Sets the superuser's password without knowing the old one, in single-user mode: the record was lost, the data must not be. */
const resetPassword = async (clusterDir: string, native: NativeFolder, account: ServerAccount, password: string): Promise<void> => {
  const { exitCode, output } = await runProgram(join(native.folder, 'bin/postgres'), ['--single', '-D', clusterDir, 'postgres'], account, {
    stdin: `alter role ${SUPERUSER} with login password '${scramVerifier(password)}'\n`,
  })
  if (exitCode === 0 && !/ERROR|FATAL/.test(output)) return
  throw new EmbeddedPostgresError(
    'START_FAILED',
    {
      zh: `postgres.json 已丢失,且无法重设密码:${output.trim()}`,
      en: `postgres.json is lost and the password could not be set anew: ${output.trim()}`,
    },
    { zh: '请从备份恢复 postgres.json。', en: 'Restore postgres.json from a backup.' },
  )
}

const launch = async (
  { dataDir, log }: Start,
  clusterDir: string,
  native: NativeFolder,
  account: ServerAccount,
  record: ServerRecord,
): Promise<{ postmaster: Postmaster; record: ServerRecord }> => {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
    const port = await choosePort(attempt === 0 ? record.port : null)
    if (port !== record.port) log.warn(`port ${record.port} is taken, PostgreSQL moves to ${port}`)
    const current = { ...record, port, clusterDir }
    if (port !== record.port || record.clusterDir !== clusterDir) writeServerRecord(dataDir, current)
    const postmaster = await launchPostmaster(clusterDir, native, account, port, join(dataDir, 'postgres.log'))
    if (postmaster !== null) return { postmaster, record: current }
  }
  throw new EmbeddedPostgresError(
    'START_FAILED',
    { zh: '找不到可用的本机端口。', en: 'No loopback port could be taken.' },
    { zh: '请检查本机是否允许监听 127.0.0.1。', en: 'Check that this machine lets processes listen on 127.0.0.1.' },
  )
}

const start = async (context: Start): Promise<EmbeddedPostgres> => {
  const { dataDir, progress, log } = context
  const existing = findCluster(dataDir)
  const account = chooseAccount(existing)
  const known = readServerRecord(dataDir)
  const adopted = existing === null ? null : await adopt(context, existing, known)
  if (adopted !== null) return adopted

  if (existing === null) openFreshFolder(dataDir, account)
  const native = await prepareNative(dataDir, account, progress)
  const record = known ?? { port: await choosePort(null), superuserPassword: generatePassword(), clusterDir: existing }
  if (existing === null) {
    progress('建立本地数据库 / Creating the local database')
  } else {
    requireVersion(existing, native)
    giveTo(existing, account)
    if (known === null) {
      log.warn('postgres.json was lost: the superuser gets a new password')
      await resetPassword(existing, native, account, record.superuserPassword)
    }
  }
  // Before the cluster: a cluster whose password nobody wrote down would have to be opened by force.
  if (known === null) writeServerRecord(dataDir, record)
  const clusterDir = existing ?? (await createCluster(dataDir, native, account, record.superuserPassword, progress))
  progress('启动本地数据库 / Starting the local database')
  const launched = await launch(context, clusterDir, native, account, record)
  try {
    const version = await settle(launched.record)
    log.info(`PostgreSQL ${version} listens on 127.0.0.1:${launched.record.port}, pid ${launched.postmaster.pid}`)
    return running(launched.record, launched.postmaster.pid, version, clusterDir, existing === null ? 'first' : 'again')
  } catch (error) {
    await stopPostmaster(launched.postmaster.pid, clusterDir)
    throw error
  }
}

/**
 * Starts the PostgreSQL server of one data folder, or adopts the one that already runs on it, and waits until it takes connections.
 *
 * Layout: `<dataDir>/postgres` (cluster, or a link to it), `postgres.json` (0600: port, password, place), `postgres.log`. Loopback TCP only,
 * passwords by SCRAM, fsync on; sorts by code point on every machine. Several processes may start the same folder at once: the first starts,
 * the others adopt. It does not keep two hubs apart: that is `lockDataFolder`, before this.
 *
 * Root is dropped to an unprivileged user; the cluster and a copy of the programs go outside when that user cannot reach them. Data survives
 * kill -9 of anything. Every refusal is an EmbeddedPostgresError in both languages with a remedy. First start about 1–2 s, later about 0.1 s.
 */
export const startEmbeddedPostgres = async (options: StartOptions): Promise<EmbeddedPostgres> => {
  const dataDir = openDataFolder(options.dataDir)
  try {
    const lock = await acquireLock(dataDir, join(dataDir, 'postgres.start.lock'), START_WAIT_MS)
    try {
      return await start({ dataDir, progress: options.progress ?? (() => {}), log: options.log ?? { info: () => {}, warn: () => {} } })
    } finally {
      await lock.release()
    }
  } catch (error) {
    throw isDiskFull(errorCode(error)) ? diskFull(dataDir, error) : error
  }
}
