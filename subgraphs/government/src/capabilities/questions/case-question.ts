import { resumePromise, type PromiseRecord, type WorkingCalendar } from '@commonhall/shared/time'

/** A question to the requester; the promise's clock stands until the answer, or for ten days. */
export interface CaseQuestion {
  readonly id: string
  readonly ownerPartyId: string
  readonly handlingId: string
  readonly text: string
  readonly at: Date
  readonly pausedUntil: Date
  readonly answeredAt: Date | null
}

/**
 * The promise after an answer to this question. Pure.
 *
 * Only an answer to the question of the last pause starts the clock; one to an earlier question, whose ten days ran out, changes nothing.
 */
export const resumeFor = (promise: PromiseRecord, question: CaseQuestion, at: Date, calendar: WorkingCalendar): PromiseRecord => {
  const last = promise.pauses.at(-1)
  if (last === undefined || last.from.getTime() !== question.at.getTime()) return promise
  const resumed = resumePromise(promise, at, calendar)
  return resumed.ok ? resumed.promise : promise
}
