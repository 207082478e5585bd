import { AGE_BUCKETS, isOpen, SUGGESTION_STAGES, type SuggestionStage } from '@commonhall/shared/matters'
import { dayBefore, spanParameters, sql, sumsOf, type SqlReader } from '@commonhall/shared/persistence'
import type { LocalDate } from '@commonhall/shared/time'

import type { OpenCount, SatisfactionCounts, StageCount } from './indicator.js'

const OPEN_STAGES = SUGGESTION_STAGES.filter(isOpen)
/** Written out, because only a literal list lets the planner use the partial index over open entries. */
const OPEN = OPEN_STAGES.map((stage) => `'${stage}'`).join(',')
const ANSWERS = ['asked', 'reopened', 'answered', 'resolved', 'satisfied']

/** Kept by triggers on suggestions and outcomes; the migration says what counts on which day. */
export const SUGGESTION_TOTALS = 'suggestion'

const SATISFACTION = sql(
  'indicators.satisfaction',
  `select sums.scope_id as "communityId", sums.* from (${sumsOf(SUGGESTION_TOTALS, ANSWERS)}) as sums`,
)
const FUNNEL = sql('indicators.funnel', sumsOf(SUGGESTION_TOTALS, SUGGESTION_STAGES))
const OPEN_BY_AGE = sql('indicators.open_by_age', sumsOf(SUGGESTION_TOTALS, OPEN_STAGES))
const OPEN_IN_CELLS = sql(
  'indicators.open_in_cells',
  `select cell_id as id, count(*)::int as count from suggestions where cell_id = any($1) and stage in (${OPEN}) group by cell_id`,
)

type Sums = { readonly scope_id: string; readonly range: number } & Readonly<Record<SuggestionStage, number>>

/** A day after every day of an entry. */
const NEVER = '2199-12-31'

/** Outcomes given, and entries resolved, on the days from `from` to `to`; one row per community that has any, one statement over totals. */
export const countSatisfaction = (
  reader: SqlReader,
  ids: readonly string[],
  from: LocalDate,
  to: LocalDate,
): Promise<SatisfactionCounts[]> => reader.rows<SatisfactionCounts>(SATISFACTION, [ids, ...spanParameters([{ from, to }])])

/** Entries made on the days from `from` to `to`, by stage; stages without any are absent. One statement over totals. */
export const countStages = async (reader: SqlReader, ids: readonly string[], from: LocalDate, to: LocalDate): Promise<StageCount[]> => {
  const rows = await reader.rows<Sums>(FUNNEL, [ids, ...spanParameters([{ from, to }])])
  return rows.flatMap((row) => stagesOf(row, SUGGESTION_STAGES))
}

const stagesOf = (row: Sums, stages: readonly SuggestionStage[]): StageCount[] =>
  stages.map((stage) => ({ communityId: row.scope_id, stage, count: row[stage] })).filter(({ count }) => count > 0)

/** Open entries by stage and age; `firstDays` are the first days of the four younger groups, youngest first. One statement over totals. */
export const countOpen = async (
  reader: SqlReader,
  ids: readonly string[],
  firstDays: readonly [LocalDate, LocalDate, LocalDate, LocalDate],
): Promise<OpenCount[]> => {
  const groups = AGE_BUCKETS.map((_, group) => ({
    from: firstDays[group] ?? null,
    to: group === 0 ? NEVER : dayBefore(firstDays[group - 1] ?? NEVER),
  }))
  const rows = await reader.rows<Sums>(OPEN_BY_AGE, [ids, ...spanParameters(groups)])
  return rows.flatMap((row) => {
    const age = AGE_BUCKETS[row.range]
    return age === undefined ? [] : stagesOf(row, OPEN_STAGES).map((count) => ({ ...count, age }))
  })
}

/** Open entries of cells; cells without any are absent. One statement. */
export const countOpenInCells = (reader: SqlReader, cellIds: readonly string[]): Promise<{ id: string; count: number }[]> =>
  reader.rows<{ id: string; count: number }>(OPEN_IN_CELLS, [cellIds])
