import { sql, type Tx } from '@commonhall/shared/persistence'

import type { KnownSuggestion } from './suggestion.js'

const COLUMNS = `id, community_id as "communityId", triage_id as "triageId", triage_route as "triageRoute", triaged_at as "triagedAt",
  departments, withdrawn_at as "withdrawnAt", merged_into as "mergedInto", merged_at as "mergedAt"`
/** A fact about an entry that is not known yet makes a placeholder: events of two parties have no common order. */
const NOTE_COMMUNITY = sql(
  'suggestions.note_community',
  `insert into suggestions (id, community_id) values ($1, $2)
   on conflict on constraint suggestions_pk do update set community_id = coalesce(suggestions.community_id, excluded.community_id)`,
)
const NOTE_TRIAGE = sql(
  'suggestions.note_triage',
  `insert into suggestions (id, community_id, triage_id, triage_route, triaged_at, departments) values ($1, $2, $3, $4, $5, $6)
   on conflict on constraint suggestions_pk do update set
     community_id = coalesce(suggestions.community_id, excluded.community_id),
     triage_id = case when suggestions.triaged_at > excluded.triaged_at then suggestions.triage_id else excluded.triage_id end,
     triage_route = case when suggestions.triaged_at > excluded.triaged_at then suggestions.triage_route else excluded.triage_route end,
     triaged_at = greatest(suggestions.triaged_at, excluded.triaged_at),
     departments = array(select distinct d from unnest(suggestions.departments || excluded.departments) as d order by d)
   returning ${COLUMNS}`,
)
const NOTE_WITHDRAWAL = sql(
  'suggestions.note_withdrawal',
  `insert into suggestions (id, withdrawn_at) values ($1, $2)
   on conflict on constraint suggestions_pk do update set withdrawn_at = coalesce(suggestions.withdrawn_at, excluded.withdrawn_at)
   returning ${COLUMNS}`,
)
const NOTE_MERGE = sql(
  'suggestions.note_merge',
  `insert into suggestions (id, merged_into, merged_at) values ($1, $2, $3)
   on conflict on constraint suggestions_pk do update set merged_into = excluded.merged_into, merged_at = excluded.merged_at
   returning ${COLUMNS}`,
)
const KNOW = sql(
  'suggestions.know',
  `insert into suggestions (id) values ($1) on conflict on constraint suggestions_pk do update set id = excluded.id returning ${COLUMNS}`,
)

const only = (rows: readonly KnownSuggestion[]): KnownSuggestion => {
  const [row] = rows
  if (row === undefined) throw new Error('an upsert returns its row')
  return row
}

/** Remembers where an entry belongs. */
export const noteCommunity = async (tx: Tx, id: string, communityId: string): Promise<void> => {
  await tx.rows(NOTE_COMMUNITY, [id, communityId])
}

/** Remembers a triage and the departments it addresses; the latest by time stays in force, in whatever order they arrive. */
export const noteTriage = async (
  tx: Tx,
  triage: { readonly suggestion: string; community: string; id: string; route: string; at: string; departments: readonly string[] },
): Promise<KnownSuggestion> =>
  only(await tx.rows(NOTE_TRIAGE, [triage.suggestion, triage.community, triage.id, triage.route, triage.at, triage.departments]))

/** Remembers that the author took an entry back; the first time counts. */
export const noteWithdrawal = async (tx: Tx, id: string, at: string): Promise<KnownSuggestion> =>
  only(await tx.rows(NOTE_WITHDRAWAL, [id, at]))

/** Remembers that an entry went into another one. */
export const noteMerge = async (tx: Tx, id: string, into: string, at: string): Promise<KnownSuggestion> =>
  only(await tx.rows(NOTE_MERGE, [id, into, at]))

/** What is known of a suggestion, locked; a placeholder when nothing was. */
export const knowSuggestion = async (tx: Tx, id: string): Promise<KnownSuggestion> => only(await tx.rows(KNOW, [id]))
