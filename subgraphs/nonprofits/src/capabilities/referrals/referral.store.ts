import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { ClosedWhy, NewReferral, Referral } from './referral.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", community_id as "communityId", triage_id as "triageId",
  round, arrived_at as "arrivedAt", answer_by as "answerBy", engagement_id as "engagementId", answered_at as "answeredAt",
  closed_at as "closedAt", closed_why as "closedWhy"`
const BY_IDS = sql('referrals.by_ids', `select ${COLUMNS} from referrals where id = any($1)`)
const OF_SUGGESTIONS = sql(
  'referrals.of_suggestions',
  `select ${COLUMNS} from referrals where suggestion_id = any($1) and owner_party_id = $2 order by arrived_at, id`,
)
const LOCK = sql('referrals.lock', `select ${COLUMNS} from referrals where id = $1 for update`)
const ON_DESK = sql(
  'referrals.on_desk',
  `select ${COLUMNS} from referrals where owner_party_id = $1 and finished_at is null
     and ($2::boolean is null or (answered_at is not null) = $2)
     and ($3::boolean is null or (answered_at is null and answer_by < $4) = $3)
     and ($5::timestamptz is null or (answer_by, id) > ($5, $6))
   order by answer_by, id limit $7`,
)
/** A second triage of the same name, or a referral that is still open, adds nothing. */
const ADD = sql(
  'referrals.add',
  `with referral as (
     insert into referrals (id, owner_party_id, suggestion_id, community_id, triage_id, round, arrived_at, answer_by, closed_at, closed_why,
       finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9) on conflict do nothing
     returning id, owner_party_id, community_id, answer_by, closed_at)
   insert into answer_records (referral_id, owner_party_id, community_id, answer_by, closed_at) select * from referral`,
)
const NOTE_ANSWER = sql(
  'referrals.note_answer',
  `with referral as (
     update referrals set engagement_id = $2, answered_at = $3, finished_at = coalesce(finished_at, $4) where id = $1 returning id)
   update answer_records r set answered_at = $3 from referral where r.referral_id = referral.id`,
)
const CLOSE = sql(
  'referrals.close',
  `with referral as (
     update referrals set closed_at = $3, closed_why = $4, finished_at = $3
     where suggestion_id = $1 and owner_party_id = $2 and answered_at is null and closed_at is null and triage_id is distinct from $5
     returning id)
   update answer_records r set closed_at = $3 from referral where r.referral_id = referral.id`,
)
const FINISH = sql(
  'referrals.finish',
  `update referrals set finished_at = $3 where suggestion_id = $1 and owner_party_id = $2 and finished_at is null`,
)

/** Referrals by id; those of other organizations are absent, because row security hides them. One statement. */
export const findReferrals = (reader: SqlReader, ids: readonly string[]): Promise<Referral[]> => reader.rows<Referral>(BY_IDS, [ids])

/** All places that suggestions have or had on an organization's desk, oldest first. One statement. */
export const findReferralsOf = (reader: SqlReader, suggestionIds: readonly string[], nonprofitId: string): Promise<Referral[]> =>
  reader.rows<Referral>(OF_SUGGESTIONS, [suggestionIds, nonprofitId])

/** The referral, locked until the transaction ends; null when there is none on the desk of the transaction's party. */
export const lockReferral = async (tx: Tx, id: string): Promise<Referral | null> => (await tx.rows<Referral>(LOCK, [id]))[0] ?? null

/** What of the desk is asked for; null asks for both. */
export interface DeskFilter {
  readonly answered: boolean | null
  readonly overdue: boolean | null
}

/** A page of what an organization has not finished, by answer limit; `limit + 1` referrals. The page's keys are milliseconds and id. */
export const pageDesk = (reader: SqlReader, nonprofitId: string, filter: DeskFilter, page: Page, now: Date): Promise<Referral[]> => {
  const [ms, id] = page.after ?? []
  const after = ms === undefined ? null : new Date(Number(ms))
  return reader.rows<Referral>(ON_DESK, [nonprofitId, filter.answered, filter.overdue, now, after, id ?? null, page.limit + 1])
}

/** Puts a referral on the desk of its organization, for which the transaction must act. Twice is once. */
export const addReferral = async (tx: Tx, referral: NewReferral): Promise<void> => {
  const { id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy, closedAt, closedWhy } = referral
  await tx.rows(ADD, [id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy, closedAt, closedWhy])
}

/** Notes the answer to a referral; `finishedAt` takes it off the desk, as a decline or a delivery does. */
export const noteAnswer = async (
  tx: Tx,
  answer: { readonly referralId: string; readonly engagementId: string; readonly answeredAt: Date; readonly finishedAt: Date | null },
): Promise<void> => {
  await tx.rows(NOTE_ANSWER, [answer.referralId, answer.engagementId, answer.answeredAt, answer.finishedAt])
}

/**
 * Closes an organization's unanswered referrals of a suggestion, for which the transaction must act; those of the triage `exceptTriage` stay.
 *
 * The end of the suggestion (anything but SUPERSEDED) also takes off the desk what was accepted.
 */
export const endReferrals = async (
  tx: Tx,
  end: { readonly suggestionId: string; nonprofitId: string; at: Date; why: ClosedWhy; exceptTriage: string | null },
): Promise<void> => {
  await tx.rows(CLOSE, [end.suggestionId, end.nonprofitId, end.at, end.why, end.exceptTriage])
  if (end.why !== 'SUPERSEDED') await tx.rows(FINISH, [end.suggestionId, end.nonprofitId, end.at])
}
