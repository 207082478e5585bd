import { type ClockBasis, type WorkingCalendar, MAX_LIMIT_DAYS, addDays, lastDayShown } from './working-calendar.js'
import { dateOfDayNumber, endOfLocalDay, localDate, requireDayNumber, wholeDaysBetween } from './zone.js'

/** The words of the schema's PromiseState. */
export const PROMISE_STATES = ['OPEN', 'PAUSED', 'DUE_SOON', 'BROKEN', 'KEPT', 'KEPT_EXTENDED', 'KEPT_LATE'] as const
export type PromiseState = (typeof PROMISE_STATES)[number]

/** One extension; `dueAt` is the limit it gave when it was appended. */
export interface PromiseExtension {
  dueAt: Date
  why: string
  at: Date
}

/** One question to the requester. The clock stands from `from` until `to` (the answer) or, unanswered, until `until`. */
export interface PromisePause {
  from: Date
  /** Null while the answer is awaited; stays null when the pause ran out unanswered. */
  to: Date | null
  /** 24:00 of the tenth calendar day after the question. */
  until: Date
  /** Days of the promise's clock that were left when it stopped. */
  daysLeft: number
}

/**
 * Who promised what by when, as plain data; changed only through the functions below, each of which gives a new record.
 *
 * `dueAt` is the limit in force, with every extension and pause in it; while a pause is open it already counts on no answer coming. So a
 * pause that runs out resumes by itself, a watcher can select on `dueAt`, and a later change of the calendar moves no limit already given.
 */
export interface PromiseRecord {
  readonly madeAt: Date
  readonly days: number
  readonly clock: ClockBasis
  readonly basis: string
  readonly plan: string | null
  readonly firstDueAt: Date
  readonly dueAt: Date
  readonly extensions: readonly PromiseExtension[]
  readonly pauses: readonly PromisePause[]
  readonly keptAt: Date | null
}

/** Codes of the schema's RefusalCode that a promise gives. */
export type PromiseRefusalCode = 'INVALID_INPUT' | 'PROMISE_TOO_LONG' | 'EXTENSION_LIMIT' | 'REASON_MISSING' | 'WRONG_STAGE'
/** The new record, or the code of the refusal; nothing is thrown for what a person may ask. */
export type PromiseResult = { ok: true; promise: PromiseRecord } | { ok: false; code: PromiseRefusalCode }

const MAX_PAUSES = 2
const PAUSE_DAYS = 10
const DEFAULT_MAX_EXTENSIONS = 2

const refuse = (code: PromiseRefusalCode): PromiseResult => ({ ok: false, code })
const isDays = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= MAX_LIMIT_DAYS

/** What a party promises; `limit` is the function item's `resolveWithin` on the item's own clock. */
export interface PromiseTerms {
  days: number
  clock: ClockBasis
  basis: string
  plan?: string | null
  limit?: { days: number; clock: ClockBasis }
}

/**
 * Makes a promise at `madeAt` (day 0). INVALID_INPUT unless 1 to 3,650 whole days.
 *
 * PROMISE_TOO_LONG when it would end after the limit: the two ends are compared, so 10 working days are longer than 10 calendar days.
 */
export const makePromise = (madeAt: Date, terms: PromiseTerms, calendar: WorkingCalendar): PromiseResult => {
  const { days, clock, basis, plan = null, limit } = terms
  if (!isDays(days)) return refuse('INVALID_INPUT')
  const dueAt = addDays(madeAt, days, clock, calendar)
  if (limit && dueAt > addDays(madeAt, limit.days, limit.clock, calendar)) return refuse('PROMISE_TOO_LONG')
  return { ok: true, promise: { madeAt, days, clock, basis, plan, firstDueAt: dueAt, dueAt, extensions: [], pauses: [], keptAt: null } }
}

/** The pause in which the clock stands at an instant, if any. */
const openPause = (promise: PromiseRecord, at: Date): PromisePause | undefined =>
  promise.pauses.find((pause) => pause.to === null && at >= pause.from && at < pause.until)

/**
 * Appends an extension of `days` on the promise's own clock, counted from the last day of the limit in force (day 0), so asking early costs nothing.
 *
 * EXTENSION_LIMIT after `dueAt` (its very instant is in time), above `maxExtensions`, or longer than the first promise; REASON_MISSING
 * without a reason; WRONG_STAGE once kept. During a pause it is allowed and adds to the days left. `firstDueAt` never moves.
 */
export const extendPromise = (
  promise: PromiseRecord,
  extension: { days: number; why: string; at: Date; maxExtensions?: number },
  calendar: WorkingCalendar,
): PromiseResult => {
  const { days, why, at, maxExtensions = DEFAULT_MAX_EXTENSIONS } = extension
  if (promise.keptAt) return refuse('WRONG_STAGE')
  if (!isDays(days) || at < promise.madeAt) return refuse('INVALID_INPUT')
  if (why.trim() === '') return refuse('REASON_MISSING')
  if (at > promise.dueAt || promise.extensions.length >= maxExtensions || days > promise.days) return refuse('EXTENSION_LIMIT')
  const dueAt = addDays(new Date(promise.dueAt.getTime() - 1), days, promise.clock, calendar)
  const open = openPause(promise, at)
  const pauses = promise.pauses.map((pause) => (pause === open ? { ...pause, daysLeft: pause.daysLeft + days } : pause))
  return { ok: true, promise: { ...promise, dueAt, pauses, extensions: [...promise.extensions, { dueAt, why, at }] } }
}

/** Counted days after the day of `at` up to and including the last day of the limit in force; 0 on that last day. */
const daysLeftAt = (promise: PromiseRecord, at: Date, calendar: WorkingCalendar): number => {
  const lastInstant = new Date(promise.dueAt.getTime() - 1)
  const span = Math.max(0, wholeDaysBetween(at, lastInstant, calendar.zone))
  if (promise.clock === 'CALENDAR') return span
  const today = requireDayNumber(localDate(at, calendar.zone))
  return Array.from({ length: span }, (_, i) => dateOfDayNumber(today + 1 + i)).filter((day) => calendar.isWorkingDay(day)).length
}

/**
 * Stops the clock because the requester was asked something, until the answer or for ten calendar days.
 *
 * The ten days are a pause, not a limit on anybody's work: they end at 24:00 of the tenth day and do not roll over days off. EXTENSION_LIMIT
 * for a third pause or after `dueAt`; WRONG_STAGE while another pause is open or once kept.
 */
export const pausePromise = (promise: PromiseRecord, at: Date, calendar: WorkingCalendar): PromiseResult => {
  if (promise.keptAt || openPause(promise, at)) return refuse('WRONG_STAGE')
  if (at < promise.madeAt) return refuse('INVALID_INPUT')
  if (promise.pauses.length >= MAX_PAUSES || at > promise.dueAt) return refuse('EXTENSION_LIMIT')
  const until = endOfLocalDay(dateOfDayNumber(requireDayNumber(localDate(at, calendar.zone)) + PAUSE_DAYS), calendar.zone)
  const daysLeft = daysLeftAt(promise, at, calendar)
  // Unanswered, the last paused day is day 0 of the days left.
  const dueAt = addDays(new Date(until.getTime() - 1), daysLeft, promise.clock, calendar)
  return { ok: true, promise: { ...promise, dueAt, pauses: [...promise.pauses, { from: at, to: null, until, daysLeft }] } }
}

/**
 * Starts the clock again with the requester's answer: the days left are counted anew, the day of the answer being day 0.
 *
 * An answer on the day of the question leaves the limit where it was; a question on the last day leaves the day of the answer. An answer
 * after the ten days changes nothing (the clock runs since then) and is not refused. WRONG_STAGE when nothing was asked or all is answered.
 */
export const resumePromise = (promise: PromiseRecord, at: Date, calendar: WorkingCalendar): PromiseResult => {
  const last = promise.pauses.at(-1)
  if (promise.keptAt || !last || last.to) return refuse('WRONG_STAGE')
  if (at < last.from) return refuse('INVALID_INPUT')
  const ranOut = at >= last.until
  const pauses = [...promise.pauses.slice(0, -1), { ...last, to: ranOut ? last.until : at }]
  const dueAt = ranOut ? promise.dueAt : addDays(at, last.daysLeft, promise.clock, calendar)
  return { ok: true, promise: { ...promise, pauses, dueAt } }
}

/** Marks the promise kept at an instant, late or not; an open pause ends with it. WRONG_STAGE when it was kept before. */
export const keepPromise = (promise: PromiseRecord, at: Date): PromiseResult => {
  if (promise.keptAt) return refuse('WRONG_STAGE')
  if (at < promise.madeAt) return refuse('INVALID_INPUT')
  const open = openPause(promise, at)
  return {
    ok: true,
    promise: { ...promise, keptAt: at, pauses: promise.pauses.map((pause) => (pause === open ? { ...pause, to: at } : pause)) },
  }
}

/** Milliseconds during which the clock stood before `at`. */
const pausedMs = (promise: PromiseRecord, at: Date): number =>
  promise.pauses.reduce(
    (sum, { from, to, until }) => sum + Math.max(0, Math.min((to ?? until).getTime(), at.getTime()) - from.getTime()),
    0,
  )

/**
 * State of a promise at an instant; computed at every read and never stored.
 *
 * Kept: against the first limit, then the limit in force (a limit moved by a pause counts as extended, since the first never moves). DUE_SOON:
 * the time left is under a fifth of the time from `madeAt` to `dueAt` without pauses, in elapsed time, so no calendar is needed to read.
 */
export const promiseState = (promise: PromiseRecord, now: Date): PromiseState => {
  const { keptAt, firstDueAt, dueAt, madeAt } = promise
  if (keptAt) return keptAt <= firstDueAt ? 'KEPT' : keptAt <= dueAt ? 'KEPT_EXTENDED' : 'KEPT_LATE'
  if (openPause(promise, now)) return 'PAUSED'
  if (now > dueAt) return 'BROKEN'
  const leftMs = dueAt.getTime() - now.getTime()
  const wholeMs = dueAt.getTime() - madeAt.getTime() - pausedMs(promise, now)
  return leftMs * 5 < wholeMs ? 'DUE_SOON' : 'OPEN'
}

/** The date to show as the end of a promise. */
export const promiseLastDay = (promise: PromiseRecord, zone: string): string => lastDayShown(promise.dueAt, zone)
