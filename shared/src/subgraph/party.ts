import type { AssertionClaims } from '../identity/index.js'
import { createEventLog } from '../events/index.js'
import { createConsumer, createRelay, createWatcher, forgetOldKeys, type EventHandlers } from '../journal/index.js'
import { createDatabase, type Database, type DatabaseOptions } from '../persistence/index.js'
import type { SubgraphName } from '../port/index.js'
import type { Log } from '../telemetry/index.js'
import type { Clock } from '../time/index.js'
import { createRequestContext, type RequestContext } from './context.js'
import { createSubgraph, type Subgraph } from './create-subgraph.js'
import type { SchemaParts } from './federated-schema.js'

/** What every party's process is given; nothing in it is read from the environment below `main.ts`. */
export interface PartyDeps {
  /** The app login of the party's own database. */
  readonly databaseUrl: string
  /** The same login at the hub's event log. */
  readonly eventsUrl: string
  readonly clock: Clock
  readonly log: Log
  /** How often the watcher looks at the clock and loops poll, in milliseconds. */
  readonly pollMs?: number
  readonly poolSize?: number
}

/** A running party: its subgraph and the background work on its own rows. */
export interface Party extends Subgraph {
  readonly database: Database
  /** Publishes, consumes and looks at the clock until nothing is left to do; for tests and a clean stop. */
  settle(): Promise<number>
  isReady(): Promise<boolean>
}

/** The parts of a party; the four skeletons differ in nothing else. */
export interface PartyParts<Context extends RequestContext> extends SchemaParts<Context> {
  readonly name: SubgraphName
  readonly entities: DatabaseOptions['entities']
  readonly createContext: (base: RequestContext) => Context
  /** Stands for the party in every event, where parties are persons; nobody may learn from the log who wrote what. */
  readonly publishAs?: string
  /** Projections of other parties' events. */
  readonly handlers: (process: PartyProcess) => EventHandlers
  /** What the passing of time does; returns how many things it did. */
  readonly look: (process: PartyProcess) => Promise<number>
}

/** What handlers and the watcher get: they act for the party itself, not for a person. */
export interface PartyProcess {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/** Starts a party: database, subgraph, relay, consumer, watcher, in this order; stops them in the reverse order. */
export const createParty = async <Context extends RequestContext>(parts: PartyParts<Context>, deps: PartyDeps): Promise<Party> => {
  const { clock, log } = deps
  const database = await createDatabase({
    url: deps.databaseUrl,
    entities: parts.entities,
    applicationName: `commonhall.${parts.name}`,
    poolSize: deps.poolSize,
  })
  const process: PartyProcess = { database, clock, log }
  const createContext = (claims: AssertionClaims): Context => parts.createContext(createRequestContext(claims, process))
  const subgraph = await createSubgraph<Context>({ ...parts, log, clock, createContext })
  const events = createEventLog(deps.eventsUrl, `commonhall.${parts.name}`)
  const relay = await createRelay({
    source: parts.name,
    database,
    events,
    pollMs: deps.pollMs,
    publishAs: parts.publishAs,
    onError: (error) => log.warn({ party: parts.name, error }, 'the relay will try again'),
  })
  const consumer = await createConsumer({
    name: parts.name,
    database,
    events,
    handlers: parts.handlers(process),
    pollMs: deps.pollMs,
    onError: (error, event) =>
      log.error({ party: parts.name, event: event?.id, eventType: event?.type, error }, 'an event was not applied'),
  })
  const watcher = createWatcher({
    everyMs: deps.pollMs ?? 5_000,
    async look() {
      await forgetOldKeys(database, clock.now())
      return parts.look(process)
    },
    onError: (error) => log.warn({ party: parts.name, error }, 'the watcher will look again'),
  })
  return {
    ...subgraph,
    database,
    async settle() {
      const looked = await watcher.look()
      const consumed = await consumer.drain()
      return looked + consumed + (await relay.drain())
    },
    async isReady() {
      return database.read.rows({ name: 'kit.ready', text: 'select 1 as ready' }).then(
        () => true,
        () => false,
      )
    },
    async stop() {
      await watcher.stop()
      await consumer.stop()
      await relay.stop()
      await subgraph.stop()
      await events.close()
      await database.close()
    },
  }
}
