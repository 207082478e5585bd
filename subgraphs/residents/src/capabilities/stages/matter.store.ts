import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { DerivedMatter, ForeignFacts, OwnFacts } from './matter-facts.js'
import type { TimelineLine } from './timeline.js'

/** The kept facts of one suggestion. */
export interface KeptFacts {
  readonly facts: ForeignFacts
  readonly parties: readonly string[]
}

const LOCK_FACTS = sql(
  'suggestion_facts.lock',
  `insert into suggestion_facts (suggestion_id) values ($1) on conflict on constraint suggestion_facts_pk
   do update set suggestion_id = excluded.suggestion_id returning facts, parties`,
)
const KEEP = sql(
  'suggestion_facts.keep',
  `update suggestion_facts set facts = $2, parties = $3, timeline = timeline || $4::jsonb where suggestion_id = $1`,
)
const KEEP_MANY = sql(
  'suggestion_facts.keep_many',
  `insert into suggestion_facts (suggestion_id, timeline)
   select r.id, r.timeline from jsonb_to_recordset($1::jsonb) as r(id text, timeline jsonb)
   on conflict on constraint suggestion_facts_pk do update set timeline = excluded.timeline || suggestion_facts.timeline`,
)
const OWN = sql(
  'suggestions.own_facts',
  `select (select coalesce(array_agg(r.at order by r.at), '{}') from reopenings r where r.suggestion_id = $1) as "reopenedAt",
     o.resolved, o.at from (select 1) one left join outcomes o on o.suggestion_id = $1`,
)
const DERIVE = sql(
  'suggestions.derive',
  `update suggestions set stage = $2, stage_until = $3, limit_at = $4, resolved_at = $5, updated_at = greatest(updated_at, $6) where id = $1`,
)
const TIMELINES = sql(
  'suggestion_facts.timelines',
  `select suggestion_id as id, timeline from suggestion_facts where suggestion_id = any($1)`,
)
const HANDLED = sql(
  'suggestion_facts.handled',
  `select suggestion_id as id from suggestion_facts where suggestion_id = any($1) and $2 = any(parties)`,
)
const HANDLED_AUTHORS = sql(
  'suggestion_facts.handled_authors',
  `select a.id from unnest($1::text[]) as a(id) where exists (
     select 1 from suggestions s join suggestion_facts f on f.suggestion_id = s.id
     where s.author_id = a.id and not s.anonymous and $2 = any(f.parties))`,
)
const RAN_OUT = sql('suggestions.stage_ran_out', `select id from suggestions where stage_until <= $1 order by stage_until limit $2`)
const PAGE_OF_IDS = sql('suggestions.page_of_ids', `select id from suggestions where id > $1 order by id limit $2`)

/** Locks the facts of a suggestion, known or not, for the rest of the transaction; makes the row when it is the first fact. */
export const lockFacts = async (tx: Tx, suggestionId: string): Promise<KeptFacts> => {
  const [row] = await tx.rows<KeptFacts>(LOCK_FACTS, [suggestionId])
  return row ?? { facts: {}, parties: [] }
}

/** Keeps changed facts and appends lines to the timeline. */
export const keepFacts = async (tx: Tx, suggestionId: string, kept: KeptFacts, lines: readonly TimelineLine[]): Promise<void> => {
  await tx.rows(KEEP, [suggestionId, JSON.stringify(kept.facts), kept.parties, JSON.stringify(lines)])
}

/** Keeps the first line of many new suggestions; one statement. */
export const keepFirstLines = async (tx: Tx, lines: readonly { readonly id: string; readonly line: TimelineLine }[]): Promise<void> => {
  await tx.rows(KEEP_MANY, [JSON.stringify(lines.map(({ id, line }) => ({ id, timeline: [line] })))])
}

/** What residents themselves wrote about an entry after its submission. One statement. */
export const findOwnFacts = async (tx: Tx, suggestionId: string): Promise<Pick<OwnFacts, 'reopenedAt' | 'outcome'>> => {
  const [row] = await tx.rows<{ reopenedAt: Date[]; resolved: boolean | null; at: Date | null }>(OWN, [suggestionId])
  const outcome = row === undefined || row.resolved === null || row.at === null ? null : { resolved: row.resolved, at: row.at }
  return { reopenedAt: row?.reopenedAt ?? [], outcome }
}

/** Writes the read model of an entry; the transaction must act for its owner. */
export const saveDerived = async (tx: Tx, suggestionId: string, derived: DerivedMatter, at: Date): Promise<void> => {
  await tx.rows(DERIVE, [suggestionId, derived.stage, derived.stageUntil, derived.limitAt, derived.resolvedAt, at])
}

/** Timelines of suggestions, in no order; one statement. */
export const findTimelines = (reader: SqlReader, ids: readonly string[]): Promise<{ id: string; timeline: TimelineLine[] }[]> =>
  reader.rows<{ id: string; timeline: TimelineLine[] }>(TIMELINES, [ids])

/** Which of these suggestions were addressed to a party or answered by it; one statement. */
export const findHandled = (reader: SqlReader, partyId: string, ids: readonly string[]): Promise<{ id: string }[]> =>
  reader.rows<{ id: string }>(HANDLED, [ids, partyId])

/** Which of these persons have a named suggestion that a party handles; one statement. */
export const findHandledAuthors = (reader: SqlReader, partyId: string, ids: readonly string[]): Promise<{ id: string }[]> =>
  reader.rows<{ id: string }>(HANDLED_AUTHORS, [ids, partyId])

/** Suggestions whose stage may have changed because time passed, oldest first. */
export const findRanOut = async (reader: SqlReader, now: Date, limit: number): Promise<string[]> =>
  (await reader.rows<{ id: string }>(RAN_OUT, [now, limit])).map(({ id }) => id)

/** Ids of suggestions after an id, in order: for walks over all of them. */
export const pageOfIds = async (reader: SqlReader, after: string, limit: number): Promise<string[]> =>
  (await reader.rows<{ id: string }>(PAGE_OF_IDS, [after, limit])).map(({ id }) => id)
