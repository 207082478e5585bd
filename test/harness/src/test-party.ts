import type { EventOf, EventType } from '@commonhall/shared/events'
import type { Party, PartyDeps } from '@commonhall/shared/subgraph'
import { createLog } from '@commonhall/shared/telemetry'
import { TestClock } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'
import pg from 'pg'

import { claimsOf, type TestActor } from './actors.js'
import { freshDatabase, freshEventLog, type PartyName, type TestDatabase } from './databases.js'

/** One party alone, from outside: its GraphQL, its database, events of the others. */
export interface TestParty {
  readonly party: Party
  readonly clock: TestClock
  readonly database: TestDatabase
  /** Runs an operation as an actor; `data` is loosely typed on purpose, tests speak GraphQL. */
  run(actor: TestActor, query: string, variables?: Record<string, unknown>): Promise<TestAnswer>
  /** Subscribes as an actor. */
  subscribe(actor: TestActor, query: string, variables?: Record<string, unknown>): TestSubscription
  /** Puts an event of another party into the log and lets this party consume it. */
  tell<T extends EventType>(
    event: Pick<EventOf<T>, 'type' | 'subject' | 'data'> & { source: PartyName; partyId?: string; id?: string },
  ): Promise<void>
  /** Events this party has published, oldest first. */
  published(): Promise<Array<{ type: string; subject: string; data: Record<string, unknown> }>>
  /** Names of the statements that ran during `work`; relay and consumer, which run beside it, are left out. */
  statements(work: () => Promise<unknown>): Promise<string[]>
  /** Runs SQL as the owner: for looking, and for fixtures that no act makes. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  settle(): Promise<void>
  stop(): Promise<void>
}

/** A reader of a subscription. */
export interface TestSubscription {
  /** Lets every event arrive and waits for the next answer; null when the subscription ended instead. */
  next(): Promise<TestAnswer | null>
  /** Lets every event arrive; true when nothing came of them. Also the way to be sure that a subscription has begun. */
  isQuiet(): Promise<boolean>
  /** Waits for its end, past what has arrived. */
  ended(): Promise<void>
  leave(): void
}

export interface TestAnswer {
  // Tests walk answers freely; the schema, not TypeScript, is what they check.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any
  readonly errors: ReadonlyArray<{ message: string; path?: ReadonlyArray<string | number>; extensions?: Record<string, unknown> }>
}

/** Statements of the loops that may wake at any moment. */
export const isBackground = (name: string): boolean => /^(relay|consumer)\./.test(name)

/** Starts one party on fresh databases. The clock stands at `now` until the test moves it. */
export const startTestParty = async (options: {
  readonly name: PartyName
  readonly migrate: (options: { ownerUrl: string; appRole: string }) => Promise<unknown>
  readonly create: (deps: PartyDeps) => Promise<Party>
  readonly now?: Date
}): Promise<TestParty> => {
  const database = await freshDatabase(options.name, options.migrate)
  const events = await freshEventLog([options.name])
  const clock = new TestClock(options.now ?? new Date('2026-03-02T02:00:00Z'))
  const log = createLog({ name: options.name, level: process.env['TEST_LOG'] ?? 'error' })
  // Polls never fire in a test: everything is woken by notification or by settle().
  const deps: PartyDeps = {
    databaseUrl: database.appUrl,
    eventsUrl: events.urlFor(options.name),
    clock,
    log,
    pollMs: 3_600_000,
    poolSize: 4,
  }
  const party = await options.create(deps)
  const eventsOwner = new pg.Pool({ connectionString: events.ownerUrl, max: 1 })
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  const settle = async (): Promise<void> => {
    // A relay that a notification woke publishes uncounted, so one quiet round proves nothing yet.
    for (let quiet = 0, round = 0; quiet < 2 && round < 30; round++) quiet = (await party.settle()) === 0 ? quiet + 1 : 0
  }
  return {
    party,
    clock,
    database,
    settle,
    async run(actor, query, variables) {
      const answer = await party.execute({ query, variables }, claimsOf(actor, options.name, clock.now()))
      return { data: answer.data ?? null, errors: answer.errors ?? [] }
    },
    subscribe(actor, query, variables) {
      const leaving = new AbortController()
      const answers = party
        .subscribe({ query, variables }, claimsOf(actor, options.name, clock.now()), leaving.signal)
        [Symbol.asyncIterator]()
      const arrived: TestAnswer[] = []
      let hasEnded = false
      let ring = (): void => undefined
      const reading = (async () => {
        for (let step = await answers.next(); step.done !== true; step = await answers.next()) {
          arrived.push({ data: step.value.data ?? null, errors: step.value.errors ?? [] })
          ring()
        }
        hasEnded = true
        ring()
      })()
      return {
        async next() {
          await settle()
          while (arrived.length === 0 && !hasEnded) await new Promise<void>((resolve) => (ring = resolve))
          return arrived.shift() ?? null
        },
        async isQuiet() {
          await settle()
          // Reads that began before this one have ended, and the answers of those are written, when this one has.
          for (let round = 0; round < 5; round++) await party.isReady()
          await settle()
          return arrived.length === 0
        },
        ended: () => reading,
        leave: () => leaving.abort(),
      }
    },
    async tell(event) {
      await eventsOwner.query(
        `insert into events (id, type, subject, source, party_id, at, data) values ($1,$2,$3,$4,$5,$6,$7) on conflict (id) do nothing`,
        [
          event.id ?? newTypeId('jrn'),
          event.type,
          event.subject,
          event.source,
          event.partyId ?? 'other',
          clock.now(),
          JSON.stringify(event.data),
        ],
      )
      await settle()
    },
    async published() {
      await settle()
      const { rows } = await eventsOwner.query('select type, subject, data from events where source = $1 order by position', [options.name])
      return rows
    },
    async statements(work) {
      const names: string[] = []
      const off = party.database.onStatement((name) => {
        if (!isBackground(name)) names.push(name)
      })
      try {
        await work()
      } finally {
        off()
      }
      return names
    },
    async sql<Row extends object>(text: string, values: unknown[] = []) {
      return (await owner.query<Row>(text, values)).rows
    },
    async stop() {
      await party.stop()
      await eventsOwner.end()
      await owner.end()
    },
  }
}
