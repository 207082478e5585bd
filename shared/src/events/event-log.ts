import { listenTo, openPool, sql } from '../persistence/index.js'

import type { EventType, HubEvent } from './catalogue.js'

/** The hub's event log, as one party may use it. */
export interface EventLog {
  /** Appends events, each at most once (by id). Positions are given under a lock, so they become visible in their order. */
  append(events: readonly Omit<HubEvent, 'position'>[]): Promise<void>
  /** Events of these types after a position, oldest first. */
  readAfter(position: number, types: readonly EventType[], limit: number): Promise<HubEvent[]>
  lastPosition(): Promise<number>
  /** Calls `wake` when something was appended; lossy across reconnects, so whoever listens polls too. */
  listen(wake: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

const APPEND_LOCK = sql('events.lock', `select pg_advisory_xact_lock(hashtext('commonhall.events.append'))`)
const APPEND = sql(
  'events.append',
  `insert into events (id, type, subject, source, party_id, at, data)
   select e.id, e.type, e.subject, e.source, e."partyId", e.at, e.data
   from jsonb_to_recordset($1::jsonb) as e(id text, type text, subject text, source text, "partyId" text, at timestamptz, data jsonb)
   on conflict (id) do nothing`,
)
const WAKE = sql('events.wake', `select pg_notify('events', '')`)
const READ = sql(
  'events.read',
  `select position::int8 as position, id, type, subject, source, party_id as "partyId", at, data
   from events where position > $1 and type = any($2) order by position limit $3`,
)
const LAST = sql('events.last', `select max(position) as last from events`)

interface EventRow {
  position: string
  id: string
  type: EventType
  subject: string
  source: string
  partyId: string
  at: Date
  data: HubEvent['data']
}

/** Opens the event log with one party's login. */
export const createEventLog = (url: string, applicationName: string): EventLog => {
  const pool = openPool(url, applicationName)
  return {
    append: (events) =>
      pool.transaction(async (reader) => {
        // Without the lock a later position could become visible before an earlier one, and readers would skip it.
        await reader.rows(APPEND_LOCK)
        await reader.rows(APPEND, [JSON.stringify(events)])
        await reader.rows(WAKE)
      }),
    async readAfter(position, types, limit) {
      const rows = await pool.rows<EventRow>(READ, [position, types, limit])
      return rows.map((row) => ({ ...row, position: Number(row.position), at: row.at.toISOString() }) as HubEvent)
    },
    async lastPosition() {
      const [row] = await pool.rows<{ last: string | null }>(LAST)
      return Number(row?.last ?? 0)
    },
    listen: (wake) => listenTo(url, 'events', applicationName, wake),
    close: pool.close,
  }
}
