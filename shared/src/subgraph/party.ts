import type { AssertionClaims } from '../identity/index.js'
import { createEventLog, type EventLog, type EventType } from '../events/index.js'
import { createConsumer, createRelay, createWatcher, forgetOldKeys, type EventHandlers } from '../journal/index.js'
import { createEventFeed, createLiveTopics } from '../live/index.js'
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
  /** Looks at the clock, consumes, publishes and tells subscribers until nothing is left to do; for tests and a clean stop. */
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

/** The same log, but one connection that listens serves the consumer and whoever else is to be woken. */
const listeningFor = (events: EventLog, alsoWake: () => void): EventLog => ({
  ...events,
  listen: (wake) =>
    events.listen(() => {
      wake()
      alsoWake()
    }),
})

/** Starts a party: database, relay, consumer, live feed, subgraph, watcher. Stopping ends subscriptions first, the database last. */
export const createParty = async <Context extends RequestContext>(parts: PartyParts<Context>, deps: PartyDeps): Promise<Party> => {
  const { clock, log } = deps
  const database = await createDatabase({
    url: deps.databaseUrl,
    entities: parts.entities,
    applicationName: `commonhall.${parts.name}`,
    poolSize: deps.poolSize,
  })
  const process: PartyProcess = { database, clock, log }
  const events = createEventLog(deps.eventsUrl, `commonhall.${parts.name}`)
  const relay = await createRelay({
    source: parts.name,
    database,
    events,
    pollMs: deps.pollMs,
    publishAs: parts.publishAs,
    onError: (error) => log.warn({ party: parts.name, error }, 'the relay will try again'),
  })
  const handlers = parts.handlers(process)
  let wakeFeed = (): void => undefined
  const consumer = await createConsumer({
    name: parts.name,
    database,
    events: listeningFor(events, () => wakeFeed()),
    handlers,
    pollMs: deps.pollMs,
    onError: (error, event) =>
      log.error({ party: parts.name, event: event?.id, eventType: event?.type, error }, 'an event was not applied'),
  })
  const { feed, wake } = createEventFeed({
    events,
    consumer,
    applied: new Set(Object.keys(handlers) as EventType[]),
    pollMs: deps.pollMs,
    onError: (error) => log.warn({ party: parts.name, error }, 'live news will be told again'),
  })
  wakeFeed = wake
  const live = createLiveTopics({ feed, database })
  const createContext = (claims: AssertionClaims): Context => parts.createContext(createRequestContext(claims, { ...process, live }))
  const subgraph = await createSubgraph<Context>({ ...parts, log, clock, createContext })
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
      const published = await relay.drain()
      return looked + consumed + published + (await feed.drain())
    },
    async isReady() {
      return database.read.rows({ name: 'kit.ready', text: 'select 1 as ready' }).then(
        () => true,
        () => false,
      )
    },
    async stop() {
      await subgraph.stop()
      await feed.stop()
      await watcher.stop()
      await consumer.stop()
      await relay.stop()
      await events.close()
      await database.close()
    },
  }
}
