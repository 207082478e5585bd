import { addDays, type WorkingCalendar } from '@commonhall/shared/time'

/** A conference at which the parties settle whose matter it is. */
export interface JointConference {
  readonly id: string
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly triageId: string
  /** Called because it bounced too often, not by choice. */
  readonly calledByRule: boolean
  /** Bounces when it was convened; only later ones count towards the next. */
  readonly bounces: number
  readonly convenedAt: Date
  readonly holdBy: Date
}

const HOLD_WORKING_DAYS = 5

/** Until when a conference convened now is to be held (domain.md, section 5). */
export const conferenceLimit = (convenedAt: Date, calendar: WorkingCalendar): Date =>
  addDays(convenedAt, HOLD_WORKING_DAYS, 'WORKING', calendar)
