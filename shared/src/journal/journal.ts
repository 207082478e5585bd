import { createHash } from 'node:crypto'

import type { EventPayloads, EventType } from '../events/index.js'
import type { Actor } from '../identity/index.js'
import { sql, type Tx } from '../persistence/index.js'
import { newTypeId } from '../typeid/index.js'

/** What the journal needs to know of the request or the process that acts. */
export interface JournalContext {
  readonly actor: Pick<Actor, 'subject' | 'roles' | 'client'>
  readonly traceId: string
  readonly clock: { now(): Date }
}

/** One act (or clock event) on one record. */
export interface JournalEntry<T extends EventType = EventType> {
  /** Act code of the charter, or `<party>.clock` for what the passing of time did. */
  readonly act: string
  /** The party for which it was done; must be the party of the transaction, or row security refuses the row. */
  readonly partyId: string
  readonly record: { readonly type: string; readonly id: string }
  readonly before?: unknown
  readonly after?: unknown
  readonly event?: { readonly type: T; readonly subject: string; readonly data: EventPayloads[T] }
  readonly clientKey?: string | null
}

const canonical = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, canonical(item)]),
    )
  return value
}

/** SHA-256 of a value in canonical JSON (keys sorted, instants as ISO 8601), hex; null for nothing. */
export const digestOf = (value: unknown): string | null =>
  value === undefined || value === null
    ? null
    : createHash('sha256')
        .update(JSON.stringify(canonical(value)))
        .digest('hex')

const APPEND = sql(
  'journal.append',
  `with entry as (
    insert into journal (id, at, party_id, actor, roles, client, act, record_type, record_id, digest_before, digest_after,
      event_type, event_subject, event_data, client_key, trace_id)
    values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) returning seq, id, event_type
  ) insert into journal_unpublished (seq, journal_id) select seq, id from entry where event_type is not null`,
)

/**
 * Appends the journal row of an act, in the act's own transaction: audit record and outbox in one. One statement.
 *
 * Digests prove what the record was without keeping it; the event carries keys and public fields only.
 */
export const appendJournal = async <T extends EventType>(tx: Tx, context: JournalContext, entry: JournalEntry<T>): Promise<string> => {
  const at = context.clock.now()
  const id = newTypeId('jrn', at.getTime())
  await tx.rows(APPEND, [
    id,
    at,
    entry.partyId,
    context.actor.subject,
    context.actor.roles,
    context.actor.client,
    entry.act,
    entry.record.type,
    entry.record.id,
    digestOf(entry.before),
    digestOf(entry.after),
    entry.event?.type ?? null,
    entry.event?.subject ?? null,
    entry.event === undefined ? null : JSON.stringify(entry.event.data),
    entry.clientKey ?? null,
    context.traceId,
  ])
  return id
}

const APPEND_MANY = sql(
  'journal.append_many',
  // The party of the transaction follows the row that is being written, and row security checks each.
  `with entry as (
    insert into journal (id, at, party_id, actor, roles, client, act, record_type, record_id, digest_before, digest_after,
      event_type, event_subject, event_data, client_key, trace_id)
    select r.id, $2, set_config('hub.party', r.party_id, true), $3, $4, $5, r.act, r.record_type, r.record_id, r.digest_before, r.digest_after,
      r.event_type, r.event_subject, r.event_data, r.client_key, $6
    from jsonb_to_recordset($1::jsonb) as r(id text, party_id text, act text, record_type text, record_id text, digest_before text,
      digest_after text, event_type text, event_subject text, event_data jsonb, client_key text)
    returning seq, id, event_type
  ) insert into journal_unpublished (seq, journal_id) select seq, id from entry where event_type is not null`,
)

/**
 * Appends the journal rows of one act on many records, each for its own party, in the order given. One statement; up to some
 * hundred rows. Leaves the transaction acting for the last row's party.
 */
export const appendJournalRows = async (tx: Tx, context: JournalContext, entries: readonly JournalEntry[]): Promise<void> => {
  const at = context.clock.now()
  const rows = entries.map((entry) => ({
    id: newTypeId('jrn', at.getTime()),
    party_id: entry.partyId,
    act: entry.act,
    record_type: entry.record.type,
    record_id: entry.record.id,
    digest_before: digestOf(entry.before),
    digest_after: digestOf(entry.after),
    event_type: entry.event?.type ?? null,
    event_subject: entry.event?.subject ?? null,
    event_data: entry.event?.data ?? null,
    client_key: entry.clientKey ?? null,
  }))
  if (rows.length === 0) return
  const { actor, traceId } = context
  await tx.rows(APPEND_MANY, [JSON.stringify(rows), at, actor.subject, actor.roles, actor.client, traceId])
}
