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
