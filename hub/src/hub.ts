import { resolve } from 'node:path'

import { DataFolderInUseError, lockDataFolder } from '@commonhall/shared/postgres'
import type { TrustedIssuer } from '@commonhall/gateway'
import type { Log } from '@commonhall/shared/telemetry'

import { publishAddresses } from './addresses-file.js'
import { hasDemoIdentity, type HubConfig } from './config.js'
import type { Speech } from './console/speech.js'
import { StartRefusal } from './console/start-refusal.js'
import { demoPersonas, sampleCommunity } from './demo-personas.js'
import type { Persona } from './identity-provider/personas.js'
import { openKeys, readKeys } from './keys/hub-keys.js'
import { preload, startInOneProcess } from './one-process.js'
import { openDatabases } from './open-databases.js'
import { claimPort } from './ports.js'
import { prepareForStart } from './prepare/prepare-for-start.js'
import type { StartContext } from './start-context.js'
import { createTeardown } from './teardown.js'

/** How to start a hub. */
export interface HubOptions {
  /** Keys, embedded database and lock live here; made if missing. */
  readonly dataDir: string
  /** 0 picks a free port. */
  readonly port: number
  /** Each party and the gateway in its own process, over HTTP on loopback. */
  readonly isSplit: boolean
  readonly config: HubConfig
  /** What child processes inherit, without the hub's own settings. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told every step that a person may have to wait for. */
  readonly progress: (speech: Speech) => void
  readonly log: Log
  /** Ends a start that is under way; it then rejects and leaves nothing running. */
  readonly signal?: AbortSignal
}

/** A hub that is ready. */
export interface Hub {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly identityUrl: string | null
  readonly personas: readonly Persona[] | null
  /** A community of the demo street, for the sample queries; the same on every machine. */
  readonly sampleCommunity: string
  /** Ready false, no new requests, running ones finish, parties, database, lock: under 10 s. Names what did not stop cleanly. */
  stop(): Promise<readonly string[]>
}

/**
 * Starts a whole hub on one data folder: lock, keys, databases, migrations, demo street, parties, gateway, identity provider.
 *
 * Refuses with a StartRefusal (exit code and remedy in both languages) or the launcher's EmbeddedPostgresError; whatever was
 * started by then is stopped. A start after kill -9 adopts what is left. First start of the full street about 20 s, later 3 s.
 */
export const startHub = async (options: HubOptions): Promise<Hub> => {
  const { config, log, progress } = options
  const dataDir = resolve(options.dataDir)
  const signal = options.signal ?? new AbortController().signal
  const teardown = createTeardown()
  try {
    const lock = await lockDataFolder(dataDir).catch(refuseSecondHub)
    teardown.add('lock', () => lock.release())
    const port = await claimPort(options.port)
    const keys = config.COMMONHALL_KEYS_FILE === undefined ? openKeys(dataDir) : readKeys(config.COMMONHALL_KEYS_FILE)
    const loading = options.isSplit ? Promise.resolve() : preload()
    // A fault of loading is thrown where it is awaited; the database may need longer.
    loading.catch(() => undefined)
    const { databases, adminUrl } = await openDatabases({ dataDir, config, keys, teardown, progress, log })
    signal.throwIfAborted()
    if (!options.isSplit) await prepareForStart({ databases, config, keys, progress, signal })
    await loading
    signal.throwIfAborted()
    const personas = hasDemoIdentity(config) ? demoPersonas() : null
    const context: StartContext = {
      config,
      keys,
      databases,
      dataDir,
      adminUrl,
      environment: options.environment,
      port,
      personas,
      issuer: personas === null ? configuredIssuer(config) : null,
      corsOrigins: (config.COMMONHALL_CORS_ORIGINS ?? '').split(',').filter((origin) => origin !== ''),
      teardown,
      signal,
      progress,
      log,
    }
    progress({ zh: '启动四个子图和网关', en: 'Starting four subgraphs and the gateway' })
    const start = options.isSplit ? (await import('./split/start-split.js')).startSplit : startInOneProcess
    const running = await start(context)
    signal.throwIfAborted()
    const withdraw = publishAddresses(dataDir, { pid: process.pid, ...running, isSplit: options.isSplit })
    teardown.add('addresses', async () => withdraw())
    return { ...running, port, dataDir, personas, sampleCommunity: sampleCommunity(), stop: () => teardown.run() }
  } catch (error) {
    await teardown.run()
    throw error
  }
}

const refuseSecondHub = (error: unknown): never => {
  if (!(error instanceof DataFolderInUseError)) throw error
  const say = (language: 'zh' | 'en'): string => `${error.text[language]}${language === 'zh' ? '' : ' '}${error.remedy[language]}`
  throw new StartRefusal('DATA_FOLDER_IN_USE', 3, { zh: say('zh'), en: say('en') }, { cause: error })
}

const configuredIssuer = (config: HubConfig): TrustedIssuer | null => {
  const { COMMONHALL_ISSUER: issuer, COMMONHALL_ISSUER_JWKS: jwksUri, COMMONHALL_AUDIENCE: audience } = config
  return issuer === undefined || jwksUri === undefined || audience === undefined ? null : { issuer, jwksUri, audience }
}
