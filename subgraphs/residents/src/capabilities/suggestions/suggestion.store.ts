import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { NewSuggestion, Suggestion } from './suggestion.js'

/** Columns of an entry as the domain names them; lists use the same. */
export const SUGGESTION_COLUMNS = `id, owner_party_id as "ownerPartyId", number, kind, text, longitude, latitude, address,
  community_id as "communityId", cell_id as "cellId", author_id as "authorId", anonymous, channel, entered_by as "enteredBy",
  assent_form as "assentForm", assent_at as "assentAt", assent_witness as "assentWitness", created_at as "createdAt",
  updated_at as "updatedAt", withdrawn_at as "withdrawnAt", merged_into as "mergedInto", supporters,
  public_text_cleared as "textCleared", proposed_item as "proposedItem", stage, limit_at as "dueAt",
  resolved_at as "resolvedAt", reopen_count as "reopenCount"`

const BY_IDS = sql('suggestions.by_ids', `select ${SUGGESTION_COLUMNS} from suggestions where id = any($1)`)
const BY_NUMBER = sql('suggestions.by_number', `select ${SUGGESTION_COLUMNS} from suggestions where number = $1`)
const OWNER = sql('suggestions.owner', `select owner_party_id as owner from suggestions where id = $1`)
const LOCK = sql('suggestions.lock', `select ${SUGGESTION_COLUMNS} from suggestions where id = $1 for update`)
const NEXT_NUMBER = sql('suggestions.next_number', `select nextval('suggestion_numbers')::text as number`)
const NEXT_NUMBERS = sql(
  'suggestions.next_numbers',
  `select nextval('suggestion_numbers')::text as number from generate_series(1, $1::int)`,
)
const COLUMNS_OF_INSERT = `id, owner_party_id, number, kind, text, longitude, latitude, address, community_id, cell_id, author_id,
  anonymous, channel, entered_by, assent_form, assent_at, assent_witness, created_at, updated_at, public_text_cleared, proposed_item,
  age_band_then`
const INSERT = sql(
  'suggestions.insert',
  `insert into suggestions (${COLUMNS_OF_INSERT})
   values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$18,$19,$20,$21)`,
)
// One statement for many owners: the party of the transaction follows the row that is being written, and row security checks each.
const INSERT_MANY = sql(
  'suggestions.insert_many',
  `insert into suggestions (${COLUMNS_OF_INSERT}, import_system, import_external_id)
   select r.id, set_config('hub.party', r.owner_party_id, true), r.number, r.kind, r.text, r.longitude, r.latitude, r.address,
     r.community_id, r.cell_id, r.author_id, r.anonymous, r.channel, r.entered_by, r.assent_form, r.assent_at, r.assent_witness,
     r.created_at, r.created_at, r.public_text_cleared, r.proposed_item, r.age_band_then, r.import_system, r.import_external_id
   from jsonb_to_recordset($1::jsonb) as r(id text, owner_party_id text, number text, kind text, text text, longitude float8,
     latitude float8, address text, community_id text, cell_id text, author_id text, anonymous boolean, channel text, entered_by text,
     assent_form text, assent_at timestamptz, assent_witness text, created_at timestamptz, public_text_cleared boolean,
     proposed_item text, age_band_then text, import_system text, import_external_id text)`,
)
const WITHDRAW = sql(
  'suggestions.withdraw',
  `update suggestions set withdrawn_at = $2, withdraw_reason = $3, updated_at = greatest(updated_at, $2) where id = $1`,
)
const COUNT_SUPPORT = sql('suggestions.count_support', `update suggestions set supporters = supporters + $2 where id = $1`)
const COUNT_REOPENING = sql(
  'suggestions.count_reopening',
  `update suggestions set reopen_count = reopen_count + 1, updated_at = greatest(updated_at, $2) where id = $1`,
)

/** Entries by id, in no order; unknown ids are absent. One statement. */
export const findSuggestions = (reader: SqlReader, ids: readonly string[]): Promise<Suggestion[]> => reader.rows<Suggestion>(BY_IDS, [ids])

/** The entry of a public number, or null. */
export const findSuggestionByNumber = async (reader: SqlReader, number: string): Promise<Suggestion | null> =>
  (await reader.rows<Suggestion>(BY_NUMBER, [number]))[0] ?? null

/**
 * Locks an entry for the rest of the transaction and makes the transaction act for its owner; null when there is none.
 *
 * Whoever decides on an entry locks it first, before anything else of it, so that two deciders wait and never deadlock.
 */
export const lockSuggestion = async (tx: Tx, id: string): Promise<Suggestion | null> => {
  const [row] = await tx.rows<{ owner: string }>(OWNER, [id])
  if (row === undefined) return null
  await tx.actFor(row.owner)
  return (await tx.rows<Suggestion>(LOCK, [id]))[0] ?? null
}

/** Running numbers for `count` entries. Gaps are allowed, repetitions are not. */
export const nextRunningNumbers = async (tx: Tx, count: number): Promise<string[]> =>
  (count === 1 ? await tx.rows<{ number: string }>(NEXT_NUMBER) : await tx.rows<{ number: string }>(NEXT_NUMBERS, [count])).map(
    (row) => row.number,
  )

/** Stores a new entry; the transaction must act for its owner. */
export const insertSuggestion = async (tx: Tx, s: NewSuggestion): Promise<void> => {
  await tx.rows(INSERT, [
    ...[s.id, s.ownerPartyId, s.number, s.kind, s.text, s.longitude, s.latitude, s.address, s.communityId, s.cellId, s.authorId],
    ...[s.anonymous, s.channel, s.enteredBy, s.assentForm, s.assentAt, s.assentWitness, s.createdAt, s.textCleared, s.proposedItem],
    s.ageBandThen,
  ])
}

/** Stores imported entries in one statement. A double violates `suggestions_imported_once`. Leaves the transaction acting for the last owner. */
export const insertImportedSuggestions = async (
  tx: Tx,
  system: string,
  entries: readonly { readonly externalId: string; readonly suggestion: NewSuggestion }[],
): Promise<void> => {
  const rows = entries.map(({ externalId, suggestion: s }) => ({
    ...{ id: s.id, owner_party_id: s.ownerPartyId, number: s.number, kind: s.kind, text: s.text, longitude: s.longitude },
    ...{ latitude: s.latitude, address: s.address, community_id: s.communityId, cell_id: s.cellId, author_id: s.authorId },
    ...{ anonymous: s.anonymous, channel: s.channel, entered_by: s.enteredBy, assent_form: s.assentForm, assent_at: s.assentAt },
    ...{ assent_witness: s.assentWitness, created_at: s.createdAt, public_text_cleared: s.textCleared, proposed_item: s.proposedItem },
    ...{ age_band_then: s.ageBandThen, import_system: system, import_external_id: externalId },
  }))
  await tx.rows(INSERT_MANY, [JSON.stringify(rows)])
}

/** Marks an entry as taken back by its author. */
export const markWithdrawn = async (tx: Tx, id: string, at: Date, reason: string | null): Promise<void> => {
  await tx.rows(WITHDRAW, [id, at, reason])
}

/** Counts supports given (+) or taken back (−); the transaction must act for the entry's owner and hold its lock. */
export const countSupports = async (tx: Tx, id: string, more: number): Promise<void> => {
  await tx.rows(COUNT_SUPPORT, [id, more])
}

/** Counts one more reopening. */
export const countReopening = async (tx: Tx, id: string, at: Date): Promise<void> => {
  await tx.rows(COUNT_REOPENING, [id, at])
}
