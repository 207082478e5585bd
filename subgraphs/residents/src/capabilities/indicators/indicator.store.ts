import { AGE_BUCKETS, isOpen, SUGGESTION_STAGES } from '@commonhall/shared/matters'
import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { OpenCount, SatisfactionCounts, StageCount } from './indicator.js'

/** Written out, because only a literal list lets the planner use the partial indexes over open entries. */
const OPEN = SUGGESTION_STAGES.filter(isOpen)
  .map((stage) => `'${stage}'`)
  .join(',')

const SATISFACTION = sql(
  'indicators.satisfaction',
  `select c.id as "communityId", o.*, r.* from unnest($1::text[]) as c(id)
   cross join lateral (
     select count(*)::int as answered, count(*) filter (where o.resolved)::int as resolved, count(*) filter (where o.score >= 4)::int as satisfied
     from outcomes o where o.community_id = c.id and o.at >= $2 and o.at < $3) o
   cross join lateral (
     select count(*)::int as asked, count(*) filter (where s.reopen_count > 0)::int as reopened
     from suggestions s where s.community_id = c.id and s.resolved_at >= $2 and s.resolved_at < $3) r`,
)
const FUNNEL = sql(
  'indicators.funnel',
  `select c.id as "communityId", s.stage, count(*)::int as count from unnest($1::text[]) as c(id)
   join suggestions s on s.community_id = c.id and s.id >= $2 and s.id < $3 group by c.id, s.stage`,
)
const OPEN_BY_AGE = sql(
  'indicators.open_by_age',
  `select o."communityId", o.stage, ($2::text[])[o.bucket] as age, count(*)::int as count from (
     select c.id as "communityId", s.stage, case when s.id >= $3 then 1 when s.id >= $4 then 2 when s.id >= $5 then 3 when s.id >= $6 then 4 else 5 end as bucket
     from unnest($1::text[]) as c(id) join suggestions s on s.community_id = c.id and s.stage in (${OPEN})) o
   group by o."communityId", o.stage, o.bucket`,
)
const OPEN_IN_CELLS = sql(
  'indicators.open_in_cells',
  `select cell_id as id, count(*)::int as count from suggestions where cell_id = any($1) and stage in (${OPEN}) group by cell_id`,
)

/** Outcomes given, and entries resolved, from `start` up to `end`; one row per community, one statement, index-only. */
export const countSatisfaction = (reader: SqlReader, ids: readonly string[], start: Date, end: Date): Promise<SatisfactionCounts[]> =>
  reader.rows<SatisfactionCounts>(SATISFACTION, [ids, start, end])

/** Entries with ids from `fromId` up to `toId` by stage: ids sort by time of creation. One statement, index-only. */
export const countStages = (reader: SqlReader, ids: readonly string[], fromId: string, toId: string): Promise<StageCount[]> =>
  reader.rows<StageCount>(FUNNEL, [ids, fromId, toId])

/** Open entries by stage and age; `firstIds` are the smallest ids of the four younger groups. One statement over open entries alone. */
export const countOpen = (
  reader: SqlReader,
  ids: readonly string[],
  firstIds: readonly [string, string, string, string],
): Promise<OpenCount[]> => reader.rows<OpenCount>(OPEN_BY_AGE, [ids, AGE_BUCKETS, ...firstIds])

/** Open entries of cells; cells without any are absent. One statement. */
export const countOpenInCells = (reader: SqlReader, cellIds: readonly string[]): Promise<{ id: string; count: number }[]> =>
  reader.rows<{ id: string; count: number }>(OPEN_IN_CELLS, [cellIds])
