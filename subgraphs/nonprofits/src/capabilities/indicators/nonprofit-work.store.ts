import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { NonprofitWorkCounts } from './nonprofit-work.js'

// A limit is 24:00 of its last day, that is 00:00 of the next one: it lies in the period when it is after the start and not after the end.
// What was withdrawn or merged before a delivery is owed to nobody, and so neither kept nor broken.
const COUNT = sql(
  'indicators.nonprofit_work',
  `select c.id as "communityId", o.registered, made.accepted, made.extended, done.handled, due.due, due.kept as "keptByDue",
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
     select count(*)::int as due, count(*) filter (where kept_at <= due_at)::int as kept
     from engagements where community_id = c.id and verdict = 'ACCEPTED' and released_at is null and due_at > $2 and due_at <= $3) due
   cross join lateral (
     select count(*)::int as due, count(*) filter (where kept_at <= first_due_at)::int as kept
     from engagements where community_id = c.id and verdict = 'ACCEPTED' and released_at is null and first_due_at > $2 and first_due_at <= $3
     ) first_due
   cross join lateral (
     select count(*)::int as overdue
     from engagements where community_id = c.id and verdict = 'ACCEPTED' and released_at is null and kept_at is null and due_at < $4) owed
   cross join lateral (
     select count(distinct e.owner_party_id)::int as active from (
       select owner_party_id from engagements where community_id = c.id and verdict = 'ACCEPTED' and at >= $2 and at < $3
       union all
       select owner_party_id from engagements
       where community_id = c.id and delivered_at is not null and delivered_at >= $2 and delivered_at < $3) e
     join nonprofits n on n.id = e.owner_party_id and n.active) busy`,
)

/** Counts the nonprofits' work on the suggestions of each community in a period. One statement, whatever the number of communities. */
export const countNonprofitWork = (
  reader: SqlReader,
  communityIds: readonly string[],
  period: { readonly start: Date; readonly end: Date },
  now: Date,
): Promise<NonprofitWorkCounts[]> => reader.rows<NonprofitWorkCounts>(COUNT, [communityIds, period.start, period.end, now])
