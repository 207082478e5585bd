import { AGE_BUCKETS, isOpen, SUGGESTION_STAGES, type AgeBucket, type SuggestionStage } from '@commonhall/shared/matters'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'
import type { LocalDate } from '@commonhall/shared/time'

import type { OpenCount, SatisfactionCounts, StageCount } from './indicator.js'

const OPEN_STAGES = SUGGESTION_STAGES.filter(isOpen)
/** Written out, because only a literal list lets the planner use the partial index over open entries. */
const OPEN = OPEN_STAGES.map((stage) => `'${stage}'`).join(',')
const columnOf = (stage: SuggestionStage): string => `in_${stage.toLowerCase()}`
const ANSWERS = ['asked', 'reopened', 'answered', 'resolved', 'satisfied']

/** Days of a community with what has not been added up yet; `d` in what follows. */
const days = (columns: readonly string[], condition: string): string =>
  ['community_days', 'community_day_deltas']
    .map((table) => `select day, ${columns.join(', ')} from ${table} where community_id = c.id and ${condition}`)
    .join(' union all ')
const sums = (columns: readonly string[], names: readonly string[] = columns): string =>
  columns.map((column, i) => `coalesce(sum(d.${column}), 0)::int as "${names[i]}"`).join(', ')

const SATISFACTION = sql(
  'indicators.satisfaction',
  `select c.id as "communityId", ${sums(ANSWERS)} from unnest($1::text[]) as c(id)
   left join lateral (${days(ANSWERS, 'day between $2::date and $3::date')}) d on true group by c.id`,
)
const FUNNEL = sql(
  'indicators.funnel',
  `select c.id as "communityId", ${sums(SUGGESTION_STAGES.map(columnOf), SUGGESTION_STAGES)} from unnest($1::text[]) as c(id)
   left join lateral (${days(SUGGESTION_STAGES.map(columnOf), 'day between $2::date and $3::date')}) d on true group by c.id`,
)
const OPEN_BY_AGE = sql(
  'indicators.open_by_age',
  `select c.id as "communityId", ($2::text[])[case when d.day >= $3::date then 1 when d.day >= $4::date then 2 when d.day >= $5::date then 3
     when d.day >= $6::date then 4 else 5 end] as age, ${sums(OPEN_STAGES.map(columnOf), OPEN_STAGES)}
   from unnest($1::text[]) as c(id) join lateral (${days(OPEN_STAGES.map(columnOf), 'true')}) d on true group by 1, 2`,
)
const OPEN_IN_CELLS = sql(
  'indicators.open_in_cells',
  `select cell_id as id, count(*)::int as count from suggestions where cell_id = any($1) and stage in (${OPEN}) group by cell_id`,
)
const ONLY_ONE = sql('indicators.only_one', `select pg_try_advisory_xact_lock(hashtext('commonhall.community_days')) as mine`)
const ADD_UP = sql('indicators.add_up', `select add_up_community_days($1::int) as count`)

/** Outcomes given, and entries resolved, on the days from `from` to `to`; one row per community, one statement over days. */
export const countSatisfaction = (
  reader: SqlReader,
  ids: readonly string[],
  from: LocalDate,
  to: LocalDate,
): Promise<SatisfactionCounts[]> => reader.rows<SatisfactionCounts>(SATISFACTION, [ids, from, to])

/** Entries made on the days from `from` to `to`, by stage; stages without any are absent. One statement over days. */
export const countStages = async (reader: SqlReader, ids: readonly string[], from: LocalDate, to: LocalDate): Promise<StageCount[]> => {
  const rows = await reader.rows<{ communityId: string } & Record<SuggestionStage, number>>(FUNNEL, [ids, from, to])
  return rows.flatMap((row) =>
    SUGGESTION_STAGES.flatMap((stage) => (row[stage] === 0 ? [] : [{ communityId: row.communityId, stage, count: row[stage] }])),
  )
}

/** Open entries by stage and age; `firstDays` are the first days of the four younger groups. One statement over days. */
export const countOpen = async (
  reader: SqlReader,
  ids: readonly string[],
  firstDays: readonly [LocalDate, LocalDate, LocalDate, LocalDate],
): Promise<OpenCount[]> => {
  type Row = { communityId: string; age: AgeBucket } & Record<SuggestionStage, number>
  const rows = await reader.rows<Row>(OPEN_BY_AGE, [ids, AGE_BUCKETS, ...firstDays])
  return rows.flatMap((row) =>
    OPEN_STAGES.flatMap((stage) => (row[stage] === 0 ? [] : [{ communityId: row.communityId, age: row.age, stage, count: row[stage] }])),
  )
}

/** Open entries of cells; cells without any are absent. One statement. */
export const countOpenInCells = (reader: SqlReader, cellIds: readonly string[]): Promise<{ id: string; count: number }[]> =>
  reader.rows<{ id: string; count: number }>(OPEN_IN_CELLS, [cellIds])

/** Adds deltas up into their days, oldest first; returns how many. Zero while another process does it: one at a time cannot deadlock. */
export const addUpDeltas = async (tx: Tx, limit: number): Promise<number> => {
  const [lock] = await tx.rows<{ mine: boolean }>(ONLY_ONE)
  if (lock?.mine !== true) return 0
  return (await tx.rows<{ count: number }>(ADD_UP, [limit]))[0]?.count ?? 0
}
