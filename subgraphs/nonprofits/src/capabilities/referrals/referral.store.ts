import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { ReferralRow } from './referral.entity.js'
import type { Referral, ReferralState } from './referral.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", community_id as "communityId", triage_id as "triageId",
  round, arrived_at as "arrivedAt", answer_by as "answerBy", state, owed_by as "owedBy", verdict, engagement_id as "engagementId",
  closed_because as "closedBecause"`
const BY_IDS = sql('referrals.by_ids', `select ${COLUMNS} from referrals where id = any($1)`)
const LOCK = sql('referrals.lock', `select ${COLUMNS} from referrals where id = $1 for update`)
const OF_SUGGESTION = sql('referrals.of_suggestion', `select ${COLUMNS} from referrals where suggestion_id = $1 and owner_party_id = $2`)
const DESK = sql(
  'referrals.desk',
  `select ${COLUMNS} from referrals
   where owner_party_id = $1 and state = $2 and ($3::timestamptz is null or (owed_by, id) > ($3::timestamptz, $4::text))
     and ($5::timestamptz is null or owed_by < $5) and ($6::timestamptz is null or owed_by >= $6)
   order by owed_by, id limit $7`,
)
const ASK = sql(
  'referrals.ask',
  `insert into referrals (id, owner_party_id, suggestion_id, community_id, triage_id, round, arrived_at, answer_by, state, owed_by, closed_because)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10) on conflict on constraint referrals_once_per_round do nothing`,
)
const CLOSE = sql(
  'referrals.close',
  `update referrals set state = 'ENDED', closed_because = $3
   where suggestion_id = $1 and owner_party_id = $2 and state = any($4) and triage_id is distinct from $5`,
)

/** Referrals by id, as far as the reader's party may see them, in no order. One statement. */
export const findReferrals = (reader: SqlReader, ids: readonly string[]): Promise<Referral[]> => reader.rows<Referral>(BY_IDS, [ids])

/** The referral, locked until the transaction ends; null when there is none on the desk of the transaction's party. */
export const lockReferral = async (tx: Tx, id: string): Promise<Referral | null> => (await tx.rows<Referral>(LOCK, [id]))[0] ?? null

/** All referrals of a suggestion on one organization's desk; the transaction acts for it. */
export const findReferralsOfSuggestion = (tx: Tx, suggestionId: string, nonprofitId: string): Promise<Referral[]> =>
  tx.rows<Referral>(OF_SUGGESTION, [suggestionId, nonprofitId])

/** What a page of a desk holds. `overdue` null: whether past its limit or not. */
export interface DeskFilter {
  readonly nonprofitId: string
  readonly state: ReferralState
  readonly overdue: boolean | null
}

/** A page of a desk by the limit of what is owed, then by id; `page.limit + 1` places at most. One statement. */
export const pageDesk = (reader: SqlReader, page: Page, { nonprofitId, state, overdue }: DeskFilter, now: Date): Promise<Referral[]> => {
  const [owedBy, id] = page.after ?? [null, null]
  const before = overdue === true ? now : null
  const from = overdue === false ? now : null
  return reader.rows<Referral>(DESK, [nonprofitId, state, owedBy, id, before, from, page.limit + 1])
}

/** Puts a place on the desk of the transaction's party, once per triage and round. */
export const askReferral = async (tx: Tx, referral: Referral): Promise<void> => {
  const { id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy, state, closedBecause } = referral
  await tx.rows(ASK, [id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy, state, closedBecause])
}

/** Ends what one organization is asked or owes about a suggestion; `exceptTriageId` stays open. */
export const closeReferrals = async (
  tx: Tx,
  place: { readonly suggestionId: string; readonly nonprofitId: string },
  end: {
    readonly because: NonNullable<Referral['closedBecause']>
    readonly states: readonly ReferralState[]
    readonly exceptTriageId?: string
  },
): Promise<void> => {
  await tx.rows(CLOSE, [place.suggestionId, place.nonprofitId, end.because, end.states, end.exceptTriageId ?? null])
}

/** Stores the changed referral. */
export const saveReferral = async (tx: Tx, referral: Referral): Promise<void> => {
  await tx.manager.update(ReferralRow, { id: referral.id }, { ...referral })
}
