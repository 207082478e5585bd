import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Outcome, Reopening } from './outcome.js'

const OF_SUGGESTIONS = sql(
  'outcomes.of_suggestions',
  `select suggestion_id as "suggestionId", resolved, score::int as score, comment, at from outcomes where suggestion_id = any($1)`,
)
const REOPENINGS = sql(
  'reopenings.of_suggestions',
  `select suggestion_id as "suggestionId", reason, at from reopenings where suggestion_id = any($1) order by suggestion_id, nth`,
)
const SAVE = sql(
  'outcomes.save',
  `insert into outcomes (suggestion_id, owner_party_id, community_id, resolved, score, comment, at, age_band_then)
   values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict on constraint outcomes_pk do update set resolved = excluded.resolved,
   score = excluded.score, comment = excluded.comment, at = excluded.at, age_band_then = excluded.age_band_then`,
)
const REOPEN = sql('reopenings.insert', `insert into reopenings (suggestion_id, nth, owner_party_id, reason, at) values ($1,$2,$3,$4,$5)`)

/** Outcomes of suggestions, in no order; unrated ones are absent. One statement. */
export const findOutcomes = (reader: SqlReader, suggestionIds: readonly string[]): Promise<Outcome[]> =>
  reader.rows<Outcome>(OF_SUGGESTIONS, [suggestionIds])

/** Reopenings of suggestions, oldest first. One statement. */
export const findReopenings = (reader: SqlReader, suggestionIds: readonly string[]): Promise<Reopening[]> =>
  reader.rows<Reopening>(REOPENINGS, [suggestionIds])

/** Stores a rating, in place of an earlier one; the transaction must act for the entry's owner. */
export const saveOutcome = async (
  tx: Tx,
  outcome: Outcome,
  of: { readonly ownerPartyId: string; readonly communityId: string; readonly ageBandThen: string | null },
): Promise<void> => {
  const { suggestionId, resolved, score, comment, at } = outcome
  await tx.rows(SAVE, [suggestionId, of.ownerPartyId, of.communityId, resolved, score, comment, at, of.ageBandThen])
}

/** Stores the nth reopening, from 1; the transaction must act for the entry's owner. */
export const insertReopening = async (tx: Tx, reopening: Reopening, nth: number, ownerPartyId: string): Promise<void> => {
  await tx.rows(REOPEN, [reopening.suggestionId, nth, ownerPartyId, reopening.reason, reopening.at])
}
