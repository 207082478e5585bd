import { sql, type SqlReader, type SqlStatement } from '@commonhall/shared/persistence'
import type { Period } from '@commonhall/shared/time'

import type { Axis, ResponsivenessCounts } from './responsiveness.js'

/**
 * One statement for any number of ids; `date_part` and not `extract`, whose numeric took half of it. Every part reads one index, bounded by the period (see the migration).
 *
 * An item that left the desk before its limit (re-triaged, withdrawn, merged) owed no answer, and a promise that lapsed before its limit
 * was not due: neither counts.
 */
const countBy = (axis: Axis): SqlStatement => {
  const column = axis === 'community' ? 'community_id' : 'owner_party_id'
  return sql(
    `responsiveness.by_${axis}`,
    `select asked.id, answers.*, given.*, due.*, first_due.*, late.*
     from unnest($1::text[]) as asked(id)
     cross join lateral (
       select count(*)::int as received, count(*) filter (where answered_at <= answer_by)::int as responded,
         percentile_cont(0.5) within group (order by date_part('epoch', answered_at - arrived_at))
           filter (where answered_at is not null) / 3600.0 as "medianHoursToRespond"
       from answer_records where ${column} = asked.id and answer_by > $2 and answer_by <= $3
         and (closed_at is null or closed_at > answer_by)) as answers
     cross join lateral (
       select count(*)::int as answered, count(*) filter (where reason = 'NOT_MY_FUNCTION')::int as "declinedNotMine",
         count(*) filter (where verdict = 'ACCEPTED')::int as accepted,
         count(*) filter (where verdict = 'ACCEPTED' and resolved_at is not null)::int as resolved,
         count(*) filter (where verdict = 'ACCEPTED' and extension_count > 0)::int as extended
       from case_handlings where ${column} = asked.id and at >= $2 and at < $3) as given
     cross join lateral (
       select count(*)::int as due, count(*) filter (where kept_at <= due_at)::int as "onTime"
       from case_handlings where ${column} = asked.id and due_at is not null and due_at > $2 and due_at <= $3
         and (lapsed_at is null or lapsed_at > due_at)) as due
     cross join lateral (
       select count(*)::int as "firstDue", count(*) filter (where kept_at <= first_due_at)::int as "keptPromise"
       from case_handlings where ${column} = asked.id and due_at is not null and first_due_at > $2 and first_due_at <= $3
         and (lapsed_at is null or lapsed_at > first_due_at)) as first_due
     cross join lateral (
       select count(*)::int as "overdueNow"
       from case_handlings where ${column} = asked.id and kept_at is null and lapsed_at is null and due_at is not null and due_at < $4) as late`,
  )
}

const COUNTS = { community: countBy('community'), department: countBy('department') }

/**
 * Counts of these communities or departments, one row each. One statement.
 *
 * A limit ends at 24:00 of its day, the first instant of the next: it belongs to the day it ends, so limits are taken after the start of
 * the period and up to its very end.
 */
export const countResponsiveness = (
  reader: SqlReader,
  axis: Axis,
  ids: readonly string[],
  period: Period,
  now: Date,
): Promise<ResponsivenessCounts[]> => reader.rows<ResponsivenessCounts>(COUNTS[axis], [ids, period.start, period.end, now])
