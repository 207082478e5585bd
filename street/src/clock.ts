import type { ClockBasis } from './model.js'

export const dayMs = 86_400_000
export const hourMs = 3_600_000
/** Asia/Shanghai: UTC+8 the whole year since 1991, so local days are plain arithmetic here. */
const zoneMs = 8 * hourMs

/** Number of the local day (0 = 1 January 1970 in Shanghai) of an instant. */
export const dayOf = (ms: number): number => Math.floor((ms + zoneMs) / dayMs)

/** First instant of a local day. */
export const startOfDay = (day: number): number => day * dayMs - zoneMs

/** ISO date of a local day. */
export const isoDate = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** Local calendar year of an instant. */
export const yearOf = (ms: number): number => new Date(ms + zoneMs).getUTCFullYear()

/** The two clocks of the street (domain section 5), with the counting of days prepared for the years of the data. */
export interface StreetClock {
  isWorkingDay(day: number): boolean
  /** The end (24:00) of the N-th counted day after the day of `fromMs`; a calendar limit (and any of 0 days) on a day off rolls to the next working day. */
  limit(fromMs: number, days: number, basis: ClockBasis): number
  /** How many days of the clock lie after the day of `fromMs`, up to the day of `toMs`. */
  elapsed(fromMs: number, toMs: number, basis: ClockBasis): number
  /** The instant itself inside office hours, else a moment early in the next office hours. */
  inOffice(ms: number): number
}

/**
 * Prepares the clocks for the local days `firstDay` to `lastDay`.
 *
 * `isWorkingDay` is asked once per day, so 30,000 stories cost table look-ups only. An instant outside the range throws.
 */
export const createStreetClock = (firstDay: number, lastDay: number, isWorkingDay: (isoDate: string) => boolean): StreetClock => {
  const length = lastDay - firstDay + 1
  const working = new Uint8Array(length)
  const ordinal = new Int32Array(length) // working days up to and including this day
  const dayOfOrdinal: number[] = []
  for (let i = 0; i < length; i++) {
    working[i] = isWorkingDay(isoDate(firstDay + i)) ? 1 : 0
    if (working[i]) dayOfOrdinal.push(firstDay + i)
    ordinal[i] = dayOfOrdinal.length
  }
  const ordinalOf = (day: number): number => {
    const found = ordinal[day - firstDay]
    if (found === undefined) throw new RangeError(`day ${isoDate(day)} is outside the street's calendar`)
    return found
  }
  const nthWorking = (n: number): number => {
    const found = dayOfOrdinal[n]
    if (found === undefined) throw new RangeError("the limit is outside the street's calendar")
    return found
  }
  const isWorking = (day: number): boolean => working[day - firstDay] === 1
  const rolled = (day: number): number => (isWorking(day) ? day : nthWorking(ordinalOf(day)))
  return {
    isWorkingDay: isWorking,
    limit: (fromMs, days, basis) => {
      const day = dayOf(fromMs)
      const last = basis === 'WORKING' && days > 0 ? nthWorking(ordinalOf(day) + days - 1) : rolled(day + (basis === 'CALENDAR' ? days : 0))
      return startOfDay(last + 1)
    },
    elapsed: (fromMs, toMs, basis) =>
      basis === 'WORKING' ? ordinalOf(dayOf(toMs)) - ordinalOf(dayOf(fromMs)) : dayOf(toMs) - dayOf(fromMs),
    inOffice: (ms) => {
      const day = dayOf(ms)
      const opens = startOfDay(day) + 9 * hourMs
      const sinceOpening = ms - opens
      if (isWorking(day) && sinceOpening >= 0 && sinceOpening < 8.5 * hourMs) return ms
      const next = isWorking(day) && sinceOpening < 0 ? day : nthWorking(ordinalOf(day))
      return startOfDay(next) + 9 * hourMs + (Math.abs(sinceOpening) % (2 * hourMs))
    },
  }
}
