import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Merge, MergeState } from './merge.js'

const COLUMNS = `triage_id as "triageId", suggestion_id as "suggestionId", into_id as "intoId", triaged_at as "triagedAt", contest_until as "contestUntil", state`
const SUPERSEDE = sql(
  'merges.supersede',
  `update merges set state = 'SUPERSEDED' where suggestion_id = $1 and triaged_at < $2 and state = 'PENDING'`,
)
const KEEP = sql(
  'merges.keep',
  `insert into merges (triage_id, suggestion_id, into_id, triaged_at, contest_until, state)
   values ($1,$2,$3,$4,$5,$6) on conflict on constraint merges_pk do nothing`,
)
const LATEST = sql('merges.latest', `select ${COLUMNS} from merges where suggestion_id = $1 order by triaged_at desc limit 1 for update`)
const SET_STATE = sql('merges.set_state', `update merges set state = $2 where triage_id = $1`)
const DUE = sql(
  'merges.due',
  `select ${COLUMNS} from merges where state = 'PENDING' and contest_until < $1
     and exists (select 1 from suggestions s where s.id = merges.suggestion_id) order by contest_until limit $2`,
)
const LOCK_DUE = sql('merges.lock_due', `select ${COLUMNS} from merges where triage_id = $1 and state = 'PENDING' for update skip locked`)
const FINAL_TARGET = sql(
  'suggestions.final_target',
  `with recursive chain (id, next, hops) as (
     select id, merged_into, 0 from suggestions where id = $1
     union all select s.id, s.merged_into, c.hops + 1 from chain c join suggestions s on s.id = c.next where c.hops < 20)
   select id from chain where next is null limit 1`,
)
const MERGE = sql(
  'suggestions.merge',
  `update suggestions set merged_into = $2, supporters = 0, updated_at = greatest(updated_at, $3) where id = $1`,
)
const MERGED_INTO = sql('suggestions.merged_into', `select id, owner_party_id as owner from suggestions where merged_into = $1 order by id`)
const REDIRECT = sql('suggestions.redirect', `update suggestions set merged_into = $2 where id = $1`)

/** Ends the pending merges of a suggestion that an earlier triage named: a new triage stands in their place. */
export const supersedeMerges = async (tx: Tx, suggestionId: string, triagedAt: Date): Promise<void> => {
  await tx.rows(SUPERSEDE, [suggestionId, triagedAt])
}

/** Keeps a merge that a triage named; the first telling stands. */
export const keepMerge = async (tx: Tx, merge: Merge): Promise<void> => {
  await tx.rows(KEEP, [merge.triageId, merge.suggestionId, merge.intoId, merge.triagedAt, merge.contestUntil, merge.state])
}

/** The latest merge of a suggestion, locked; null when no triage named one. */
export const lockLatestMerge = async (tx: Tx, suggestionId: string): Promise<Merge | null> =>
  (await tx.rows<Merge>(LATEST, [suggestionId]))[0] ?? null

/** Says what became of a merge. */
export const setMergeState = async (tx: Tx, triageId: string, state: MergeState): Promise<void> => {
  await tx.rows(SET_STATE, [triageId, state])
}

/** Merges that nobody contested in time, oldest first. */
export const findDueMerges = (reader: SqlReader, now: Date, limit: number): Promise<Merge[]> => reader.rows<Merge>(DUE, [now, limit])

/** Locks a due merge; null when it is decided, or another process is deciding it. */
export const lockDueMerge = async (tx: Tx, triageId: string): Promise<Merge | null> =>
  (await tx.rows<Merge>(LOCK_DUE, [triageId]))[0] ?? null

/** Where a chain of merges that begins at a suggestion ends; null when there is no such suggestion. */
export const findFinalTarget = async (tx: Tx, suggestionId: string): Promise<string | null> =>
  (await tx.rows<{ id: string }>(FINAL_TARGET, [suggestionId]))[0]?.id ?? null

/** Makes an entry part of a target; the transaction must act for its owner. */
export const mergeSuggestion = async (tx: Tx, id: string, intoId: string, at: Date): Promise<void> => {
  await tx.rows(MERGE, [id, intoId, at])
}

/** Entries that had become part of one that is merged now itself go straight to the new target; returns their ids and owners. */
export const redirectMerged = async (tx: Tx, fromId: string, intoId: string): Promise<Array<{ id: string; owner: string }>> => {
  const merged = await tx.rows<{ id: string; owner: string }>(MERGED_INTO, [fromId])
  for (const { id, owner } of merged) {
    await tx.actFor(owner)
    await tx.rows(REDIRECT, [id, intoId])
  }
  return merged
}
