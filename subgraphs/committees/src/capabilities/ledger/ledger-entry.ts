import type { Channel } from '@commonhall/shared/matters'
import { localDate, wholeDaysBetween, type PromiseRecord } from '@commonhall/shared/time'

/** One step of the schedule; `dueOn` is a local date. */
export interface ScheduleStep {
  readonly id: string
  readonly dueOn: string
  readonly what: string
  readonly doneAt: Date | null
}

/** What was told to the people concerned, and how. */
export interface FeedbackReport {
  readonly at: Date
  readonly channel: Channel
  readonly text: string
}

/** A prominent problem kept in the ledger with schedule and regular feedback. */
export interface LedgerEntry {
  readonly id: string
  readonly ownerPartyId: string
  readonly communityId: string
  readonly suggestionId: string | null
  readonly title: string
  readonly promise: PromiseRecord | null
  readonly feedbackEveryDays: number
  readonly schedule: readonly ScheduleStep[]
  readonly feedback: readonly FeedbackReport[]
  readonly openedAt: Date
  readonly closedAt: Date | null
}

export type TrafficLight = 'GREEN' | 'AMBER' | 'RED'

/** Steps and reports of one entry at most: four years of monthly feedback are 48. */
export const MAX_STEPS = 60
export const MAX_REPORTS = 400

const lastFeedbackAt = (entry: LedgerEntry): Date => entry.feedback.at(-1)?.at ?? entry.openedAt

/** Reports to the people concerned that were due since the last one and never came. */
const missedFeedback = (entry: LedgerEntry, now: Date, zone: string): number =>
  Math.max(0, Math.ceil(wholeDaysBetween(lastFeedbackAt(entry), now, zone) / entry.feedbackEveryDays) - 1)

/** Steps whose day has passed undone. */
const lateSteps = (entry: LedgerEntry, now: Date, zone: string): number => {
  const today = localDate(now, zone)
  return entry.schedule.filter(({ doneAt, dueOn }) => doneAt === null && dueOn < today).length
}

/** GREEN on schedule (or closed), AMBER late by one step or feedback, RED by more. Computed at every read, in the community's zone. */
export const lightOf = (entry: LedgerEntry, now: Date, zone: string): TrafficLight => {
  if (entry.closedAt !== null) return 'GREEN'
  const late = lateSteps(entry, now, zone) + missedFeedback(entry, now, zone)
  return late === 0 ? 'GREEN' : late === 1 ? 'AMBER' : 'RED'
}

/** Whether everything that closing needs is there: all steps done, and a report to the people after the last of them. */
export const mayClose = (entry: LedgerEntry): boolean => {
  const last = entry.feedback.at(-1)
  return last !== undefined && entry.schedule.every(({ doneAt }) => doneAt !== null && doneAt <= last.at)
}
