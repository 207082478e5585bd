import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { GridFigures } from './grid-indicator.js'

// An indicator reads several tables of this party at once, so that it stays one statement whatever the number of communities. Triages and
// visits are scanned by (community, time) with all columns in the index, so the cost follows the period and not the age of the street; the
// triages are counted by minutes in one pass, and the median is found among those counts instead of sorting every triage.
const FIGURES = sql(
  'grid_indicator.figures',
  `with own_cells as (select id, community_id from cells where community_id = any($1)),
   homes as (select cell_id, sum(households) as n from buildings where cell_id in (select id from own_cells) group by cell_id),
   rounds as (select cell_id, sum(households) as n from visits where community_id = any($1) and at >= $2 and at < $3 group by cell_id),
   filled as (select cell_id, count(distinct role) as n from cell_managers
     where cell_id in (select id from own_cells) and since <= $4::date and (until is null or until >= $4::date) group by cell_id),
   grid as (select c.community_id, count(*) as cells, sum(coalesce(homes.n, 0)) as households,
       sum(least(coalesce(rounds.n, 0), coalesce(homes.n, 0))) as visited, count(*) filter (where filled.n >= $5) as staffed
     from own_cells c left join homes on homes.cell_id = c.id left join rounds on rounds.cell_id = c.id left join filled on filled.cell_id = c.id
     group by c.community_id),
   counted as (select community_id, channel, minutes_to_triage as minutes, count(*) as n from triages
     where community_id = any($1) and supersedes is null and at >= $2 and at < $3 group by 1, 2, 3),
   ranked as (select community_id, minutes, sum(n) as n, sum(sum(n)) over (partition by community_id order by minutes) as upto,
       sum(sum(n)) over (partition by community_id) as total
     from counted group by 1, 2),
   middle as (select community_id,
       (min(minutes) filter (where upto >= floor((total + 1) / 2)) + min(minutes) filter (where upto >= floor(total / 2) + 1)) / 2.0 as minutes
     from ranked group by 1),
   channels as (select community_id, jsonb_agg(jsonb_build_object('channel', channel, 'count', n) order by channel) as counts
     from (select community_id, channel, sum(n) as n from counted group by 1, 2) by_channel group by 1),
   waiting as (select community_id, count(*) as n from matters where community_id = any($1) and on_desk_since is not null group by 1)
   select c.id as "communityId", coalesce(grid.cells, 0)::int as cells, coalesce(grid.staffed, 0)::int as staffed,
     coalesce(grid.households, 0)::int as households, coalesce(grid.visited, 0)::int as visited,
     middle.minutes::float8 as "medianMinutes", coalesce(waiting.n, 0)::int as untriaged, coalesce(channels.counts, '[]'::jsonb) as "byChannel"
   from unnest($1::text[]) as c(id)
   left join grid on grid.community_id = c.id left join middle on middle.community_id = c.id
   left join channels on channels.community_id = c.id left join waiting on waiting.community_id = c.id`,
)

/** What a period of whole days asks for; `lastDay` is the local day on which staffing is looked at. */
export interface GridPeriod {
  readonly start: string
  readonly end: string
  readonly lastDay: string
}

/** The figures of I7 for several communities over one period. One statement. `rolesNeeded` is the number of roles a staffed cell has filled. */
export const countGrid = (
  reader: SqlReader,
  communityIds: readonly string[],
  period: GridPeriod,
  rolesNeeded: number,
): Promise<GridFigures[]> => reader.rows<GridFigures>(FIGURES, [communityIds, period.start, period.end, period.lastDay, rolesNeeded])
