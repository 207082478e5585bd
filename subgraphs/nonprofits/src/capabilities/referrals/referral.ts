import { addDays, type WorkingCalendar } from '@commonhall/shared/time'

/** Where a place on a desk stands: to be answered, promised and not delivered, or nothing owed any more. */
export const REFERRAL_STATES = ['WAITING', 'PROMISED', 'ENDED'] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/** One place on an organization's desk: a suggestion that a committee asks it to take on. Only the organization knows of it. */
export interface Referral {
  readonly id: string
  /** The organization that is asked. */
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly communityId: string
  readonly triageId: string
  /** 0: asked by the triage; n: asked again by the nth reopening. */
  readonly round: number
  readonly arrivedAt: Date
  readonly answerBy: Date
  readonly state: ReferralState
  /** The limit the desk is sorted by: of the answer, and once accepted of the promise. */
  readonly owedBy: Date
  readonly verdict: 'ACCEPTED' | 'DECLINED' | null
  readonly engagementId: string | null
  /** Why it ended without a delivery or a decline. */
  readonly closedBecause: 'WITHDRAWN' | 'MERGED' | 'SUPERSEDED' | null
}

const REOPENED_ANSWER_DAYS = 5

/** The answer that an organization has given, as far as its desk needs it. */
export interface AnswerOnDesk {
  readonly engagementId: string
  readonly verdict: 'ACCEPTED' | 'DECLINED'
  /** Null for a decline. */
  readonly dueAt: Date | null
  readonly isOwed: boolean
}

/** The referral as its answer leaves it: a promise is owed by its own limit, everything else has ended. */
export const answered = (referral: Referral, { engagementId, verdict, dueAt, isOwed }: AnswerOnDesk): Referral => ({
  ...referral,
  engagementId,
  verdict,
  state: isOwed ? 'PROMISED' : 'ENDED',
  owedBy: dueAt ?? referral.owedBy,
})

/** When the same organization has to answer a reopened matter: 5 working days after the reopening. */
export const answerByAfterReopening = (reopenedAt: Date, calendar: WorkingCalendar): Date =>
  addDays(reopenedAt, REOPENED_ANSWER_DAYS, 'WORKING', calendar)

/**
 * The referrals of a suggestion whose organizations are asked again when it is reopened: each organization's latest one.
 *
 * Those who took it on and delivered are asked; where nobody did, those who declined the triage in force. Who was asked already,
 * or still owes a delivery, is not asked twice.
 */
export const askedAgain = (referrals: readonly Referral[], triageId: string): Referral[] => {
  const latest = new Map<string, Referral>()
  for (const referral of referrals) {
    const known = latest.get(referral.ownerPartyId)
    if (known === undefined || referral.arrivedAt >= known.arrivedAt) latest.set(referral.ownerPartyId, referral)
  }
  const ended = [...latest.values()].filter(({ state }) => state === 'ENDED')
  if (referrals.some(({ verdict }) => verdict === 'ACCEPTED')) return ended.filter(({ verdict }) => verdict === 'ACCEPTED')
  return ended.filter((referral) => referral.verdict === 'DECLINED' && referral.triageId === triageId)
}
