import { CHANNELS } from '@commonhall/shared/matters'
import { mediansOf, spanParameters, sql, sumsOf, type SqlReader } from '@commonhall/shared/persistence'

import type { GridFigures } from './grid-indicator.js'

/** Kept by triggers on triages and on what waits; the migration says what counts on which day. */
export const GRID_TOTALS = 'grid'

const SORTED_CHANNELS = CHANNELS.toSorted()
/** The day under which the totals keep what waits now. */
const NO_DAY = '1970-01-01'

// An indicator reads several tables of this party at once, so that it stays one statement whatever the number of communities. Triages come
// from totals. Visits are capped by the homes of their cell, which no sum over cells tells; they are scanned by (community, time) with all
// columns in the index.
const FIGURES = sql(
  'grid_indicator.figures',
  `with own_cells as (select id, community_id from cells where community_id = any($1)),
   homes as (select cell_id, sum(households) as n from buildings where cell_id in (select id from own_cells) group by cell_id),
   rounds as (select cell_id, sum(households) as n from visits where community_id = any($1) and at >= $6 and at < $7 group by cell_id),
   filled as (select cell_id, count(distinct role) as n from cell_managers
     where cell_id in (select id from own_cells) and since <= $8::date and (until is null or until >= $8::date) group by cell_id),
   grid as (select c.community_id, count(*) as cells, sum(coalesce(homes.n, 0)) as households,
       sum(least(coalesce(rounds.n, 0), coalesce(homes.n, 0))) as visited, count(*) filter (where filled.n >= $9) as staffed
     from own_cells c left join homes on homes.cell_id = c.id left join rounds on rounds.cell_id = c.id left join filled on filled.cell_id = c.id
     group by c.community_id),
   sums as (${sumsOf(GRID_TOTALS, [...CHANNELS, 'waiting'])}), medians as (${mediansOf(GRID_TOTALS, 'minutesToTriage')})
   select c.id as "communityId", coalesce(grid.cells, 0)::int as cells, coalesce(grid.staffed, 0)::int as staffed,
     coalesce(grid.households, 0)::int as households, coalesce(grid.visited, 0)::int as visited,
     medians.middle as "medianMinutes", coalesce(now.waiting, 0) as untriaged,
     ${SORTED_CHANNELS.map((channel) => `coalesce(period."${channel}", 0) as "${channel}"`).join(', ')}
   from unnest($1::text[]) as c(id)
   left join grid on grid.community_id = c.id left join medians on medians.scope_id = c.id
   left join sums period on period.scope_id = c.id and period.range = 0
   left join sums now on now.scope_id = c.id and now.range = 1`,
)

/** What a period of whole days asks for; staffing is looked at on its last day, `to`. */
export interface GridPeriod {
  readonly from: string
  readonly to: string
  readonly start: string
  readonly end: string
}

/**
 * The figures of I7 for several communities over one period; channels in the order of their names. One statement.
 *
 * `rolesNeeded` is the number of roles a staffed cell has filled.
 */
export const countGrid = async (
  reader: SqlReader,
  communityIds: readonly string[],
  { from, to, start, end }: GridPeriod,
  rolesNeeded: number,
): Promise<GridFigures[]> => {
  const spans = spanParameters([
    { from, to },
    { from: NO_DAY, to: NO_DAY },
  ])
  type Row = Omit<GridFigures, 'byChannel'> & Readonly<Record<string, number>>
  const rows = await reader.rows<Row>(FIGURES, [communityIds, ...spans, start, end, to, rolesNeeded])
  return rows.map((row) => ({
    ...row,
    byChannel: SORTED_CHANNELS.map((channel) => ({ channel, count: row[channel] ?? 0 })).filter(({ count }) => count > 0),
  }))
}
