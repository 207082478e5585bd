import type { EventLog, HubEvent } from '../events/index.js'
import { listenTo, sql, type Database } from '../persistence/index.js'
import { createLoop, type Loop } from './loop.js'

/** Carries journal rows to the hub's event log. */
export interface Relay {
  /** Publishes what is waiting; resolves with the number of rows when nothing is left. */
  drain(): Promise<number>
  stop(): Promise<void>
}

const BATCH = 500
const ONLY_ONE = sql('relay.only_one', `select pg_try_advisory_xact_lock(hashtext('commonhall.relay')) as mine`)
const WAITING = sql(
  'relay.waiting',
  `select j.id, j.event_type as type, j.event_subject as subject, j.party_id as "partyId", j.at, j.event_data as data
   from journal_unpublished u join journal j on j.id = u.journal_id order by u.seq limit ${BATCH} for update of u skip locked`,
)
const PUBLISHED = sql('relay.published', `delete from journal_unpublished where journal_id = any($1)`)

/**
 * Publishes journal entries that the hub's log has not yet, oldest first.
 *
 * At least once: a crash between publishing and marking repeats the entry, and the log drops the double by its id. One
 * relay of a party works at a time, so the order of a record's events is kept; any number may run. Woken by NOTIFY and every
 * `pollMs`, because notifications are lost across reconnects.
 */
export const createRelay = async (options: {
  readonly source: string
  readonly database: Database
  readonly events: EventLog
  readonly pollMs?: number
  /** Stands for the party in every event, where the party is a person and events must not say which one. */
  readonly publishAs?: string
  readonly onError: (error: unknown) => void
}): Promise<Relay> => {
  const publishBatch = (): Promise<number> =>
    options.database.transaction('', async (tx) => {
      const [lock] = await tx.rows<{ mine: boolean }>(ONLY_ONE)
      if (lock?.mine !== true) return 0
      const waiting = await tx.rows<{
        id: string
        type: HubEvent['type']
        subject: string
        partyId: string
        at: Date
        data: HubEvent['data']
      }>(WAITING)
      if (waiting.length === 0) return 0
      await options.events.append(
        waiting.map((row) => ({ ...row, partyId: options.publishAs ?? row.partyId, source: options.source, at: row.at.toISOString() })),
      )
      await tx.rows(PUBLISHED, [waiting.map((row) => row.id)])
      return waiting.length
    })
  const drain = async (): Promise<number> => {
    let total = 0
    for (let count = BATCH; count === BATCH; total += count) count = await publishBatch()
    return total
  }
  const loop: Loop = createLoop({ work: drain, pollMs: options.pollMs ?? 2_000, onError: options.onError })
  const unlisten = await listenTo(options.database.connectionUrl(), 'journal', `${options.source}.relay`, loop.wake)
  return {
    drain: loop.runNow,
    async stop() {
      await unlisten()
      await loop.stop()
    },
  }
}
