import { addDays, type ClockBasis, type WorkingCalendar } from '@commonhall/shared/time'

/** Why an item left the desk without an answer. */
export type ClosedWhy = 'SUPERSEDED' | 'WITHDRAWN' | 'MERGED'

/** One place on a department's desk: a suggestion that a triage, or a reopening, brought there. */
export interface InboxItem {
  readonly id: string
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly communityId: string
  readonly triageId: string
  /** 0 for the triage itself; n for the nth reopening, which brings the matter back to the same handler. */
  readonly round: number
  readonly functionItemId: string | null
  readonly arrivedAt: Date
  readonly answerBy: Date
  readonly handlingId: string | null
  readonly answeredAt: Date | null
  readonly closedAt: Date | null
  readonly closedWhy: ClosedWhy | null
}

/** An item as it arrives: nobody has answered it. Its end can have come before it, because events of two parties have no order. */
export type NewInboxItem = Omit<InboxItem, 'handlingId' | 'answeredAt'>

/** The limit to answer where the function list says none: five working days. */
const DEFAULT_ANSWER = { respondWithinDays: 5, clock: 'WORKING' } as const

/** By when a reopened matter must be answered: the days of the function item, counted anew from the reopening. Pure. */
export const answerLimit = (
  reopenedAt: Date,
  item: { readonly respondWithinDays: number; readonly clock: ClockBasis } | null,
  calendar: WorkingCalendar,
): Date => {
  const { respondWithinDays, clock } = item ?? DEFAULT_ANSWER
  return addDays(reopenedAt, respondWithinDays, clock, calendar)
}
