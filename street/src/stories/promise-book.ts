import type { Chance } from '../chance.js'
import { dayMs, dayOf, hourMs, startOfDay, type StreetClock } from '../clock.js'
import type { ClockBasis } from '../model.js'
import type { StoryPromise } from './story.js'

type Pause = { from: Date; to: Date | null; until: Date; daysLeft: number }
const pauseDays = 10

/**
 * One promise while its story is told: the rules of `@commonhall/shared/time` on the prepared day tables.
 *
 * A test replays every promise of a street with the shared functions and compares; only the speed differs (no Intl, no search of days).
 */
export class PromiseBook {
  readonly firstDueMs: number
  dueMs: number
  private readonly extensions: { dueAt: Date; why: string; at: Date }[] = []
  private readonly pauses: Pause[] = []
  private keptMs: number | null = null

  constructor(
    private readonly clock: StreetClock,
    readonly madeMs: number,
    readonly days: number,
    readonly basis: ClockBasis,
  ) {
    this.firstDueMs = this.dueMs = clock.limit(madeMs, days, basis)
  }

  get extended(): number {
    return this.extensions.length
  }

  extend(days: number, atMs: number, why: string): void {
    this.dueMs = this.clock.limit(this.dueMs - 1, days, this.basis)
    this.extensions.push({ dueAt: new Date(this.dueMs), why, at: new Date(atMs) })
  }

  /** Stops the clock at a question; gives the instant until which it stands if nobody answers. */
  pause(atMs: number): number {
    const untilMs = startOfDay(dayOf(atMs) + pauseDays + 1)
    const daysLeft = Math.max(0, this.clock.elapsed(atMs, this.dueMs - 1, this.basis))
    this.pauses.push({ from: new Date(atMs), to: null, until: new Date(untilMs), daysLeft })
    this.dueMs = this.clock.limit(untilMs - 1, daysLeft, this.basis)
    return untilMs
  }

  /** Starts the clock again with an answer inside the ten days. */
  resume(atMs: number): void {
    const last = this.pauses[this.pauses.length - 1]
    if (!last) return
    last.to = new Date(atMs)
    this.dueMs = this.clock.limit(atMs, last.daysLeft, this.basis)
  }

  keep(atMs: number): void {
    this.keptMs = atMs
  }

  record(basis: string, plan: string): StoryPromise {
    return {
      madeAt: new Date(this.madeMs),
      days: this.days,
      clock: this.basis,
      basis,
      plan,
      firstDueAt: new Date(this.firstDueMs),
      dueAt: new Date(this.dueMs),
      extensions: this.extensions,
      pauses: this.pauses,
      keptAt: this.keptMs === null ? null : new Date(this.keptMs),
    }
  }
}

/** What one promise may be: no longer than `limitDays` on its own clock. */
export interface PromiseTerms {
  readonly limitDays: number
  readonly basis: ClockBasis
  readonly why: string
}

/** A promise that still runs at `nowMs`, as far as its limit allows with two extensions, each asked for in time. */
export const runningPromise = (
  clock: StreetClock,
  madeMs: number,
  nowMs: number,
  { limitDays, basis, why }: PromiseTerms,
  chance: Chance,
): PromiseBook => {
  const shortest = Math.min(limitDays, clock.elapsed(madeMs, nowMs, basis) + 1)
  const book = new PromiseBook(clock, madeMs, shortest + chance.below(limitDays - shortest + 1), basis)
  while (book.dueMs <= nowMs && book.extended < 2) {
    const missing = clock.elapsed(book.dueMs - 1, nowMs, basis) + 1
    const days = Math.min(book.days, missing + chance.below(Math.max(1, Math.floor(book.days / 3))))
    // On the last day before the limit: after an earlier extension, which was before an earlier limit, and never after now.
    book.extend(days, book.dueMs - Math.floor(chance.between(8, 15) * hourMs), why)
  }
  return book
}

/** A promise that nobody has kept yet at `nowMs`: mostly with time left, some due today, a few broken. */
export const openPromise = (clock: StreetClock, madeMs: number, nowMs: number, terms: PromiseTerms, chance: Chance): PromiseBook => {
  const { limitDays, basis } = terms
  const elapsed = clock.elapsed(madeMs, nowMs, basis)
  const draw = chance.unit()
  const dueToday = Math.max(1, elapsed)
  if (draw < 0.03 && elapsed > 1) return new PromiseBook(clock, madeMs, Math.min(limitDays, 1 + chance.below(elapsed - 1)), basis)
  if (draw < 0.05 && dueToday <= limitDays) return new PromiseBook(clock, madeMs, dueToday, basis)
  return runningPromise(clock, madeMs, nowMs, terms, chance)
}

/** A promise with its question, answer and end, for a matter that was resolved. */
export interface KeptPromise {
  readonly book: PromiseBook
  readonly resolvedMs: number
  readonly question: { readonly atMs: number; readonly untilMs: number; readonly answeredMs: number } | null
}

/** A promise that was kept before `endMs`: on time with probability `onTime`, sometimes with a question or an extension on the way. */
export const keptPromise = (
  clock: StreetClock,
  { madeMs, endMs, onTime, mayAsk }: { madeMs: number; endMs: number; onTime: number; mayAsk: boolean },
  { limitDays, basis, why }: PromiseTerms,
  chance: Chance,
): KeptPromise => {
  const book = new PromiseBook(clock, madeMs, Math.max(1, Math.round(limitDays * chance.between(0.4, 1))), basis)
  const inside = (fromMs: number, toMs: number, low: number, high: number): number =>
    Math.floor(fromMs + (Math.min(toMs, endMs) - fromMs) * chance.between(low, high))
  let cursor = madeMs
  let question: KeptPromise['question'] = null
  if (mayAsk && chance.may(0.06)) {
    const atMs = inside(cursor, book.dueMs, 0.1, 0.3)
    const untilMs = book.pause(atMs)
    const answeredMs = inside(atMs, untilMs, 0.1, 0.6)
    book.resume(answeredMs)
    question = { atMs, untilMs, answeredMs }
    cursor = answeredMs
  }
  if (chance.may(0.1)) {
    cursor = inside(cursor, book.dueMs, 0.6, 0.95)
    book.extend(Math.max(1, Math.round(book.days * chance.between(0.3, 1))), cursor, why)
  }
  const inTime = chance.may(onTime)
  const plannedMs = inTime ? cursor + (book.dueMs - cursor) * chance.between(0.1, 0.95) : book.dueMs + chance.between(0.2, 9) * dayMs
  const officeMs = clock.inOffice(plannedMs)
  let resolvedMs = Math.floor(inTime && officeMs > book.dueMs ? plannedMs : officeMs)
  if (resolvedMs >= endMs) resolvedMs = inside(cursor, endMs, 0.3, 0.7)
  book.keep(resolvedMs)
  return { book, resolvedMs, question }
}
