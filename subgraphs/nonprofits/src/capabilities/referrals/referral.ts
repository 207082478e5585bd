import { addDays, type WorkingCalendar } from '@commonhall/shared/time'

/** Why a referral left the desk without an answer. */
export type ClosedWhy = 'SUPERSEDED' | 'WITHDRAWN' | 'MERGED'

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
  readonly engagementId: string | null
  readonly answeredAt: Date | null
  readonly closedAt: Date | null
  readonly closedWhy: ClosedWhy | null
}

/** A referral as it arrives: nobody has answered it. Its end can have come before it, because events of two parties have no order. */
export type NewReferral = Omit<Referral, 'engagementId' | 'answeredAt'>

const REOPENED_ANSWER_DAYS = 5

/** When the same organization has to answer a reopened matter: 5 working days after the reopening. Pure. */
export const answerByAfterReopening = (reopenedAt: Date, calendar: WorkingCalendar): Date =>
  addDays(reopenedAt, REOPENED_ANSWER_DAYS, 'WORKING', calendar)

/** Whether a referral waits for its answer although the limit has passed. Pure. */
export const isOverdue = ({ answeredAt, closedAt, answerBy }: Referral, now: Date): boolean =>
  answeredAt === null && closedAt === null && answerBy < now
