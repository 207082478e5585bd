import { limitsPassed, spanParameters, sql, sumsOf, type SqlReader } from '@commonhall/shared/persistence'
import type { Period } from '@commonhall/shared/time'

import type { NonprofitWorkCounts } from './nonprofit-work.js'

/** Kept by triggers on referrals' answers and engagements; the migration says what counts on which day. */
export const WORK_TOTALS = 'work'

const IN_PERIOD = ['received', 'responded', 'accepted', 'extended', 'handled', 'due', 'keptByDue', 'firstDue', 'keptByFirstDue'] as const

/**
 * Reads totals; of promises that run out today the engagements themselves, because what passes its limit within a day is known by the row
 * alone; and looks each organization up once for an acceptance, and for a delivery, in the period.
 */
const COUNT = sql(
  'indicators.nonprofit_work',
  `with sums as (${sumsOf(WORK_TOTALS, [...IN_PERIOD, 'owed'])})
   select c.id as "communityId", o.registered, ${IN_PERIOD.map((metric) => `coalesce(period."${metric}", 0) as "${metric}"`).join(', ')},
     (coalesce(ever.owed, 0) + today.overdue)::int as "overdueNow", busy.active
   from unnest($1::text[]) as c(id)
   left join sums period on period.scope_id = c.id and period.range = 0
   left join sums ever on ever.scope_id = c.id and ever.range = 1
   cross join (select count(*)::int as registered from nonprofits where active) o
   cross join lateral (
     select count(*) as overdue
     from engagements where community_id = c.id and due_at is not null and kept_at is null and lapsed_at is null and due_at > $8 and due_at < $9) today
   cross join lateral (
     select count(*)::int as active from nonprofits n where n.active and (
       exists (select 1 from engagements e where e.community_id = c.id and e.owner_party_id = n.id and e.verdict = 'ACCEPTED'
         and e.at >= $6 and e.at < $7)
       or exists (select 1 from engagements e where e.community_id = c.id and e.owner_party_id = n.id and e.delivered_at is not null
         and e.delivered_at >= $6 and e.delivered_at < $7))) busy`,
)

/**
 * Counts the nonprofits' work on the suggestions of each community in a period. One statement, whatever the number of communities.
 *
 * A limit ends at 24:00 of its day, the first instant of the next, and belongs to the day that it ends. `zone` is the zone of the totals' days.
 */
export const countNonprofitWork = (
  reader: SqlReader,
  communityIds: readonly string[],
  { from, to, start, end }: Pick<Period, 'from' | 'to' | 'start' | 'end'>,
  now: Date,
  zone: string,
): Promise<NonprofitWorkCounts[]> => {
  const { lastDay, restFrom } = limitsPassed(now, zone)
  const spans = spanParameters([
    { from, to },
    { from: null, to: lastDay },
  ])
  return reader.rows<NonprofitWorkCounts>(COUNT, [communityIds, ...spans, start, end, restFrom, now])
}
