import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { NonprofitWorkCounts } from './nonprofit-work.js'

/**
 * Every part reads one index, bounded by the period (see the migration).
 *
 * A referral that left the desk before its limit (re-triaged, withdrawn, merged) owed no answer, and a promise that lapsed before its limit
 * was not due: neither counts.
 */
const COUNT = sql(
  'indicators.nonprofit_work',
  `select c.id as "communityId", o.registered, asked.received, asked.responded, made.accepted, made.extended, done.handled, due.due, due.kept as "keptByDue",
     first_due.due as "firstDue", first_due.kept as "keptByFirstDue", owed.overdue as "overdueNow", busy.active
   from unnest($1::text[]) as c(id)
   cross join (select count(*)::int as registered from nonprofits where active) o
   cross join lateral (
     select count(*)::int as accepted, count(*) filter (where extension_count > 0)::int as extended
     from engagements where community_id = c.id and verdict = 'ACCEPTED' and at >= $2 and at < $3) made
   cross join lateral (
     select count(*)::int as handled
     from engagements where community_id = c.id and delivered_at is not null and delivered_at >= $2 and delivered_at < $3) done
   cross join lateral (
     select count(*)::int as received, count(*) filter (where answered_at <= answer_by)::int as responded
     from answer_records where community_id = c.id and answer_by > $2 and answer_by <= $3
       and (closed_at is null or closed_at > answer_by)) asked
   cross join lateral (
     select count(*)::int as due, count(*) filter (where kept_at <= due_at)::int as kept
     from engagements where community_id = c.id and due_at is not null and due_at > $2 and due_at <= $3
       and (lapsed_at is null or lapsed_at > due_at)) due
   cross join lateral (
     select count(*)::int as due, count(*) filter (where kept_at <= first_due_at)::int as kept
     from engagements where community_id = c.id and first_due_at is not null and first_due_at > $2 and first_due_at <= $3
       and (lapsed_at is null or lapsed_at > first_due_at)) first_due
   cross join lateral (
     select count(*)::int as overdue
     from engagements where community_id = c.id and due_at is not null and kept_at is null and lapsed_at is null and due_at < $4) owed
   cross join lateral (
     select count(*)::int as active from nonprofits n where n.active and (
       exists (select 1 from engagements e where e.community_id = c.id and e.owner_party_id = n.id and e.verdict = 'ACCEPTED'
         and e.at >= $2 and e.at < $3)
       or exists (select 1 from engagements e where e.community_id = c.id and e.owner_party_id = n.id and e.delivered_at is not null
         and e.delivered_at >= $2 and e.delivered_at < $3))) busy`,
)

/**
 * Counts the nonprofits' work on the suggestions of each community in a period. One statement, whatever the number of communities.
 *
 * A limit ends at 24:00 of its day, the first instant of the next: it belongs to the day it ends, so limits are taken after the start of
 * the period and up to its very end.
 */
export const countNonprofitWork = (
  reader: SqlReader,
  communityIds: readonly string[],
  period: { readonly start: Date; readonly end: Date },
  now: Date,
): Promise<NonprofitWorkCounts[]> => reader.rows<NonprofitWorkCounts>(COUNT, [communityIds, period.start, period.end, now])
