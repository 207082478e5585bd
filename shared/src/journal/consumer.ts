import { HubError } from '../errors/index.js'
import { isOwnMatter, type EventLog, type EventOf, type EventType, type HubEvent } from '../events/index.js'
import { sql, type Database, type Tx } from '../persistence/index.js'
import { createLoop } from './loop.js'

/** What a party does on events of others: into its own projections only. A handler names the party it writes for by `tx.actFor`. */
export type EventHandlers = { readonly [T in EventType]?: (tx: Tx, event: EventOf<T>) => Promise<void> }

/** Consumes the hub's event log into one party's database. */
export interface Consumer {
  /** Consumes all there is now. */
  drain(): Promise<number>
  /** Position up to which everything is consumed. */
  position(): Promise<number>
  stop(): Promise<void>
}

const MAX_TRIES = 5
const BATCH = 200
/** Unhandled events worth a write of the cursor. */
const SKIP_GAP = 100
const CURSOR = sql('consumer.cursor', `select position::int8 as position from event_cursors where consumer = $1`)
const LOCK_CURSOR = sql(
  'consumer.lock_cursor',
  `insert into event_cursors (consumer, position) values ($1, 0) on conflict on constraint event_cursors_pk do update set position = event_cursors.position
   returning position::int8 as position`,
)
const ADVANCE = sql('consumer.advance', `update event_cursors set position = $2 where consumer = $1 and position < $2`)
const FIRST_TIME = sql(
  'consumer.first_time',
  `insert into inbox (event_id) values ($1) on conflict on constraint inbox_pk do nothing returning event_id`,
)
const BURY = sql(
  'consumer.bury',
  `insert into dead_letters (event_id, position, event, reason, tries) values ($1, $2, $3, $4, $5) on conflict on constraint dead_letters_pk do nothing`,
)

/**
 * Applies events to projections: delivered at least once, effective once.
 *
 * Each event is one transaction with its inbox row and the cursor, so a crash anywhere repeats nothing and loses nothing. An
 * event that fails five times becomes a dead letter, visible to its owner, and the lane goes on.
 */
export const createConsumer = async (options: {
  readonly name: string
  readonly database: Database
  readonly events: EventLog
  readonly handlers: EventHandlers
  readonly pollMs?: number
  readonly onError: (error: unknown, event: HubEvent | null) => void
}): Promise<Consumer> => {
  const types = Object.keys(options.handlers) as EventType[]
  const tries = new Map<string, number>()

  const apply = async (event: HubEvent): Promise<void> => {
    // The log's row security refuses such an event; a log whose owner is at fault must not move this party's rows either.
    const isForged = !isOwnMatter(event)
    if (isForged) options.onError(new Error(`an event of ${event.source} speaks for another party`), event)
    const handler = isForged ? undefined : (options.handlers[event.type] as ((tx: Tx, event: HubEvent) => Promise<void>) | undefined)
    await options.database.transaction('', async (tx) => {
      const [cursor] = await tx.rows<{ position: string }>(LOCK_CURSOR, [options.name])
      // Another process of this party was faster.
      if (Number(cursor?.position ?? 0) >= event.position) return
      const isNew = (await tx.rows(FIRST_TIME, [event.id])).length === 1
      if (isNew && handler !== undefined) await handler(tx, event)
      await tx.rows(ADVANCE, [options.name, event.position])
    })
  }

  const bury = async (event: HubEvent, error: unknown, count: number): Promise<void> => {
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
    await options.database.transaction('', async (tx) => {
      await tx.rows(LOCK_CURSOR, [options.name])
      await tx.rows(BURY, [event.id, event.position, JSON.stringify(event), reason, count])
      await tx.rows(ADVANCE, [options.name, event.position])
    })
  }

  const position = async (): Promise<number> =>
    Number((await options.database.read.rows<{ position: string }>(CURSOR, [options.name]))[0]?.position ?? 0)

  /** Moves past events of types that nobody here handles, so that they are not scanned again at every wake. */
  const skipTo = (last: number): Promise<void> =>
    options.database.transaction('', async (tx) => {
      await tx.rows(LOCK_CURSOR, [options.name])
      await tx.rows(ADVANCE, [options.name, last])
    })

  const drain = async (): Promise<number> => {
    let total = 0
    for (;;) {
      // Read first: positions become visible in order, so everything up to `last` is in the batch or not for us.
      const last = await options.events.lastPosition()
      const from = await position()
      const batch = await options.events.readAfter(from, types, BATCH)
      for (const event of batch) {
        try {
          await apply(event)
        } catch (error) {
          // A database that is away is no fault of the event: it waits, uncounted.
          if (error instanceof HubError && error.code === 'STORAGE') throw error
          const count = (tries.get(event.id) ?? 0) + 1
          tries.set(event.id, count)
          options.onError(error, event)
          if (count < MAX_TRIES) return total
          await bury(event, error, count)
        }
        tries.delete(event.id)
        total++
      }
      if (batch.length === BATCH) continue
      const reached = batch.at(-1)?.position ?? from
      if (last - reached >= SKIP_GAP) await skipTo(last)
      return total
    }
  }

  const loop = createLoop({ work: drain, pollMs: options.pollMs ?? 2_000, onError: (error) => options.onError(error, null) })
  const unlisten = await options.events.listen(loop.wake)
  return {
    drain: loop.runNow,
    position,
    async stop() {
      await unlisten()
      await loop.stop()
    },
  }
}
