import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { GridFigures } from './grid-indicator.js'

// An indicator reads several tables of this party at once, so that it stays one statement whatever the number of communities. Triages and
// visits are scanned by (community, time) with all columns in the index, so the cost follows the period and not the age of the street.
const FIGURES = sql(
  'grid_indicator.figures',
  `select c.id as "communityId", coalesce(g.cells, 0)::int as cells, coalesce(g.staffed, 0)::int as staffed,
     coalesce(g.households, 0)::int as households, coalesce(g.visited, 0)::int as visited,
     t.median as "medianMinutes", u.untriaged, coalesce(t.channels, '[]'::jsonb) as "byChannel"
   from unnest($1::text[]) as c(id)
   left join lateral (
     select count(*) as cells, sum(households) as households, sum(least(coalesce(v.visited, 0), households)) as visited,
       count(*) filter (where coalesce(m.roles, 0) >= $5) as staffed
     from (select x.id, coalesce((select sum(b.households) from buildings b where b.cell_id = x.id), 0) as households
           from cells x where x.community_id = c.id) x
     left join (select cell_id, sum(households) as visited from visits
                where community_id = c.id and at >= $2 and at < $3 group by cell_id) v on v.cell_id = x.id
     left join lateral (select count(distinct role) as roles from cell_managers m
                where m.cell_id = x.id and since <= $4::date and (until is null or until >= $4::date)) m on true
   ) g on true
   left join lateral (
     select (select percentile_cont(0.5) within group (order by s.minutes_to_triage) from triages s
             where s.community_id = c.id and s.supersedes is null and s.at >= $2 and s.at < $3) as median,
       (select jsonb_agg(jsonb_build_object('channel', k.channel, 'count', k.n) order by k.channel)
        from (select channel, count(*) as n from triages s
              where s.community_id = c.id and s.supersedes is null and s.at >= $2 and s.at < $3 group by channel) k) as channels
   ) t on true
   left join lateral (
     select count(*)::int as untriaged from matters where community_id = c.id and on_desk_since is not null
   ) u on true`,
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
