import { chinaCalendar, type WorkingCalendar } from '@commonhall/shared/time'

/** Numbers a community sets for itself. */
export interface CommunityRules {
  readonly proposalThresholdShare: number
  readonly gatheringDays: number
  readonly answerWithinDays: number
  readonly decideTaskWithinDays: number
  readonly reopenWithinDays: number
  readonly maxExtensions: number
  readonly bouncesToConference: number
  readonly smallestGroup: number
  readonly workingCalendar: string
  readonly timeZone: string
}

/** One community of the street, with its own rules and the committee that keeps it. */
export interface Community {
  readonly id: string
  /** The committee. */
  readonly ownerPartyId: string
  readonly number: number
  readonly nameZh: string
  readonly nameEn: string
  readonly boundary: unknown
  readonly census: ReadonlyArray<{ readonly band: string; readonly people: number }>
  readonly models: readonly string[]
  readonly rules: CommunityRules
}

/** The calendar on which a community counts its limits. The built-in table of days off; the feed's address is kept for people. */
export const calendarOf = (community: Community): WorkingCalendar => chinaCalendar(community.rules.timeZone)
