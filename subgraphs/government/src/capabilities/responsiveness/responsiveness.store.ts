import { limitsPassed, mediansOf, spanParameters, sql, sumsOf, type SqlReader, type SqlStatement } from '@commonhall/shared/persistence'
import type { Period } from '@commonhall/shared/time'

import type { Axis, ResponsivenessCounts } from './responsiveness.js'

/** Kept by triggers on answers and cases; the migration says what counts on which day. */
export const RESPONSIVENESS_TOTALS = 'responsiveness'

const IN_PERIOD = [
  ...(['received', 'responded', 'answered', 'declinedNotMine', 'accepted', 'resolved', 'extended'] as const),
  ...(['due', 'onTime', 'firstDue', 'keptPromise'] as const),
]

/**
 * One statement for any number of ids. It reads totals, and only of promises that run out today the cases themselves: what passes its limit
 * within a day is known by the row alone.
 */
const countBy = (axis: Axis): SqlStatement =>
  sql(
    `responsiveness.by_${axis}`,
    `with sums as (${sumsOf(RESPONSIVENESS_TOTALS, [...IN_PERIOD, 'owed'])}), medians as (${mediansOf(RESPONSIVENESS_TOTALS, 'hoursToRespond')})
     select asked.id, ${IN_PERIOD.map((metric) => `coalesce(period."${metric}", 0) as "${metric}"`).join(', ')},
       medians.middle as "medianHoursToRespond",
       (coalesce(ever.owed, 0) + (
         select count(*) from case_handlings where ${axis === 'community' ? 'community_id' : 'owner_party_id'} = asked.id
           and kept_at is null and lapsed_at is null and due_at is not null and due_at > $6 and due_at < $7))::int as "overdueNow"
     from unnest($1::text[]) as asked(id)
     left join sums period on period.scope_id = asked.id and period.range = 0
     left join sums ever on ever.scope_id = asked.id and ever.range = 1
     left join medians on medians.scope_id = asked.id`,
  )

const COUNTS = { community: countBy('community'), department: countBy('department') }

/**
 * Counts of these communities or departments, one row each. One statement.
 *
 * A limit ends at 24:00 of its day, the first instant of the next, and belongs to the day that it ends. `zone` is the zone of the totals' days.
 */
export const countResponsiveness = (
  reader: SqlReader,
  axis: Axis,
  ids: readonly string[],
  { from, to }: Pick<Period, 'from' | 'to'>,
  now: Date,
  zone: string,
): Promise<ResponsivenessCounts[]> => {
  const { lastDay, restFrom } = limitsPassed(now, zone)
  const spans = spanParameters([
    { from, to },
    { from: null, to: lastDay },
  ])
  return reader.rows<ResponsivenessCounts>(COUNTS[axis], [ids, ...spans, restFrom, now])
}
