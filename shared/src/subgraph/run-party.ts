import { z } from 'zod'

import { ConfigError, readConfig } from '../config/index.js'
import { loadVerifyKey } from '../identity/index.js'
import { createLog, type Log } from '../telemetry/index.js'
import { systemClock } from '../time/index.js'
import { listenSubgraph } from './listen.js'
import type { Party, PartyDeps } from './party.js'

/** Settings of a party's own process (`--split`, compose, Kubernetes). */
export const PARTY_CONFIG = z.object({
  COMMONHALL_DATABASE_URL: z.string().startsWith('postgres', 'must be a PostgreSQL URL of the app login'),
  COMMONHALL_EVENTS_URL: z.string().startsWith('postgres', "must be a PostgreSQL URL of this party's login at the hub's event log"),
  COMMONHALL_HUB_PUBLIC_KEY: z.string().includes('PUBLIC KEY', { message: "must be the hub's Ed25519 public key in PEM" }),
  COMMONHALL_PORT: z.coerce.number().int().min(0).max(65_535),
  COMMONHALL_HOST: z.string().default('127.0.0.1'),
  COMMONHALL_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Secret from which follow codes of anonymous authors are derived; residents only. */
  COMMONHALL_FOLLOW_SECRET: z.string().min(16).optional(),
})
export type PartyConfig = z.infer<typeof PARTY_CONFIG>

/**
 * Runs one party as a process: reads its configuration, starts, serves, stops on SIGTERM or SIGINT.
 *
 * A wrong configuration ends it with 2, a start that fails (database away, port taken) with 1 and one log line. Readiness goes first, then the listener, then the background work; a second signal ends at once.
 */
export const runParty = async (
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  create: (deps: PartyDeps, config: PartyConfig) => Promise<Party>,
): Promise<void> => {
  const config = readConfigOrExit(environment)
  const log = createLog({ name, level: config.COMMONHALL_LOG_LEVEL })
  // Nothing is acknowledged before the listener stands, so a start that is called off just ends (as PID 1 it would not, unheard).
  let stop: (signal: string) => void = () => process.exit(0)
  process.on('SIGTERM', (signal) => stop(signal))
  process.on('SIGINT', (signal) => stop(signal))
  try {
    const party = await create(
      { databaseUrl: config.COMMONHALL_DATABASE_URL, eventsUrl: config.COMMONHALL_EVENTS_URL, clock: systemClock, log },
      config,
    )
    stop = await serve(party, config, log)
  } catch (error) {
    log.error({ error }, 'the party did not start')
    process.exit(1)
  }
}

/** Opens the party's door; returns what a signal does from then on. */
const serve = async (party: Party, config: PartyConfig, log: Log): Promise<(signal: string) => void> => {
  let isStopping = false
  const listener = await listenSubgraph({
    subgraph: party,
    verifyKeys: loadVerifyKey(config.COMMONHALL_HUB_PUBLIC_KEY),
    host: config.COMMONHALL_HOST,
    port: config.COMMONHALL_PORT,
    isReady: async () => !isStopping && (await party.isReady()),
    log,
  })
  log.info({ url: listener.url }, 'the party is ready')
  return (signal) => {
    if (isStopping) process.exit(1)
    isStopping = true
    log.info({ signal }, 'the party is stopping')
    listener
      .close()
      .then(() => party.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
}

const readConfigOrExit = (environment: Readonly<Record<string, string | undefined>>): PartyConfig => {
  try {
    return readConfig(PARTY_CONFIG, environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
