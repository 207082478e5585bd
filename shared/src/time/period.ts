import { type LocalDate, dayNumber, endOfLocalDay, startOfLocalDay } from './zone.js'

/** A period of whole days as instants: `start` included, `end` excluded. */
export interface Period {
  from: LocalDate
  to: LocalDate
  start: Date
  end: Date
  days: number
}

/** The period, or why the input is none; `field` is the coordinate for a Refusal with INVALID_INPUT. */
export type PeriodResult =
  { ok: true; period: Period } | { ok: false; code: 'INVALID_INPUT'; field: 'from' | 'to'; reason: 'MALFORMED' | 'REVERSED' | 'TOO_LONG' }

/** The longest period an indicator is computed over. */
const MAX_PERIOD_YEARS = 5

/**
 * Reads a `PeriodInput` (both days included) in the community's zone; refuses as a value, never throws on what a client sends.
 *
 * At most five years: from 2020-01-01 the last day allowed is 2024-12-31. Years 1900 to 2199.
 */
export const parsePeriod = (input: { from: unknown; to: unknown }, zone: string): PeriodResult => {
  const { from, to } = input
  const no = (field: 'from' | 'to', reason: 'MALFORMED' | 'REVERSED' | 'TOO_LONG'): PeriodResult => ({
    ok: false,
    code: 'INVALID_INPUT',
    field,
    reason,
  })
  const first = readDay(from)
  const last = readDay(to)
  if (typeof from !== 'string' || first === null) return no('from', 'MALFORMED')
  if (typeof to !== 'string' || last === null) return no('to', 'MALFORMED')
  if (last < first) return no('to', 'REVERSED')
  if (to >= `${Number(from.slice(0, 4)) + MAX_PERIOD_YEARS}${from.slice(4)}`) return no('to', 'TOO_LONG')
  return { ok: true, period: { from, to, start: startOfLocalDay(from, zone), end: endOfLocalDay(to, zone), days: last - first + 1 } }
}

const readDay = (value: unknown): number | null =>
  typeof value === 'string' && value >= '1900' && value < '2200' ? dayNumber(value) : null
