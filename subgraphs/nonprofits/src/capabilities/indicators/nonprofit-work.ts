import { rate, type Rate } from '@commonhall/shared/indicators'

/** What is counted of the nonprofits' work on one community's suggestions in one period. */
export interface NonprofitWorkCounts {
  readonly communityId: string
  /** Organizations of the whole street: registered, filed and informal ones. */
  readonly registered: number
  /** Of them, those that accepted or delivered something here. */
  readonly active: number
  readonly received: number
  readonly responded: number
  readonly accepted: number
  readonly extended: number
  readonly handled: number
  readonly due: number
  readonly keptByDue: number
  readonly firstDue: number
  readonly keptByFirstDue: number
  readonly overdueNow: number
}

/** I6 and the nonprofits' part of I15, with the promises of I5 as the nonprofits kept them. */
export interface NonprofitWork {
  readonly registered: number
  readonly active: Rate
  readonly handled: number
  readonly received: number
  readonly responded: Rate
  readonly onTime: Rate
  readonly keptPromise: Rate
  readonly extended: Rate
  readonly overdueNow: number
}

/** The indicator of its counts. Matters and organizations are counted, never persons: nothing is suppressed. Pure. */
export const nonprofitWorkOf = (counts: NonprofitWorkCounts): NonprofitWork => ({
  registered: counts.registered,
  active: rate('I6.active/1', counts.active, counts.registered),
  handled: counts.handled,
  received: counts.received,
  responded: rate('I5.responded/1', counts.responded, counts.received),
  onTime: rate('I5.onTime/1', counts.keptByDue, counts.due),
  keptPromise: rate('I5.keptPromise/1', counts.keptByFirstDue, counts.firstDue),
  extended: rate('I5.extended/1', counts.extended, counts.accepted),
  overdueNow: counts.overdueNow,
})
