import type { PromiseExtension, PromisePause, PromiseRecord } from './promise.js'
import { type ClockBasis, CLOCK_BASES } from './working-calendar.js'

/** A type with every Date as an ISO string. */
type Iso<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }

/** A promise as it lies in a jsonb column and in events. */
export type PromiseJson = Omit<Iso<PromiseRecord>, 'extensions' | 'pauses'> & {
  extensions: Iso<PromiseExtension>[]
  pauses: Iso<PromisePause>[]
}

/** The stored form of a promise; `promiseFromJson` gives the same record back. */
export const promiseToJson = (promise: PromiseRecord): PromiseJson => ({
  madeAt: promise.madeAt.toISOString(),
  days: promise.days,
  clock: promise.clock,
  basis: promise.basis,
  plan: promise.plan,
  firstDueAt: promise.firstDueAt.toISOString(),
  dueAt: promise.dueAt.toISOString(),
  keptAt: promise.keptAt?.toISOString() ?? null,
  extensions: promise.extensions.map(({ dueAt, why, at }) => ({ dueAt: dueAt.toISOString(), why, at: at.toISOString() })),
  pauses: promise.pauses.map(({ from, to, until, daysLeft }) => ({
    from: from.toISOString(),
    to: to?.toISOString() ?? null,
    until: until.toISOString(),
    daysLeft,
  })),
})

/** Reads a stored promise. A row that is none is a bug of ours: TypeError with the field, never a half-read promise. */
export const promiseFromJson = (json: PromiseJson): PromiseRecord => {
  if (!Number.isInteger(json.days)) throw new TypeError('stored promise: days')
  return {
    madeAt: instant(json.madeAt, 'madeAt'),
    days: json.days,
    clock: basisOf(json.clock),
    basis: json.basis,
    plan: json.plan ?? null,
    firstDueAt: instant(json.firstDueAt, 'firstDueAt'),
    dueAt: instant(json.dueAt, 'dueAt'),
    keptAt: json.keptAt === null ? null : instant(json.keptAt, 'keptAt'),
    extensions: json.extensions.map(({ dueAt, why, at }) => ({ dueAt: instant(dueAt, 'extension'), why, at: instant(at, 'extension') })),
    pauses: json.pauses.map(({ from, to, until, daysLeft }) => ({
      from: instant(from, 'pause'),
      to: to === null ? null : instant(to, 'pause'),
      until: instant(until, 'pause'),
      daysLeft,
    })),
  }
}

const instant = (value: string, field: string): Date => {
  const date = new Date(value)
  if (typeof value !== 'string' || Number.isNaN(date.getTime())) throw new TypeError(`stored promise: ${field}`)
  return date
}

const basisOf = (value: string): ClockBasis => {
  const basis = CLOCK_BASES.find((one) => one === value)
  if (!basis) throw new TypeError('stored promise: clock')
  return basis
}
