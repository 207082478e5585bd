/** A calendar date `YYYY-MM-DD`; in which time zone is said by whoever holds it. Two of them compare as strings. */
export type LocalDate = string

/** Date and time as a clock on the wall shows them. */
export interface WallTime {
  date: LocalDate
  /** Whole minutes since 00:00. */
  minute: number
}

const DAY_MS = 86_400_000
const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

// Making a formatter costs about 50 µs, using one about 1 µs; the number of time zones bounds the map.
const formatters = new Map<string, Intl.DateTimeFormat>()

const formatter = (zone: string): Intl.DateTimeFormat => {
  let made = formatters.get(zone)
  if (!made) {
    const two = '2-digit'
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    })
    formatters.set(zone, made)
  }
  return made
}

/** True for a time zone name that this platform knows (IANA, such as Asia/Shanghai). */
export const isTimeZone = (zone: string): boolean => {
  try {
    return formatter(zone) !== undefined
  } catch {
    return false
  }
}

/** Wall clock of an instant read as if it were UTC, in whole seconds: the one place where a zone's offset is found. */
const wallMs = (ms: number, zone: string): number => {
  const parts = formatter(zone).formatToParts(ms)
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
}

/** The date and minute a wall clock of the zone shows at an instant. An unknown zone or invalid instant throws RangeError. */
export const wallTime = (instant: Date, zone: string): WallTime => {
  const ms = wallMs(instant.getTime(), zone)
  return { date: dateOfDayNumber(Math.floor(ms / DAY_MS)), minute: Math.floor((ms - Math.floor(ms / DAY_MS) * DAY_MS) / 60_000) }
}

/** The calendar date of an instant in a time zone. */
export const localDate = (instant: Date, zone: string): LocalDate => wallTime(instant, zone).date

/** Days since 1970-01-01 of a date, or null when the text is no date that exists (2026-02-29, 2026-13-01). Years 1000 to 9999. */
export const dayNumber = (date: LocalDate): number | null => {
  const match = LOCAL_DATE.exec(date)
  if (!match || date < '1000') return null
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return new Date(ms).toISOString().slice(0, 10) === date ? ms / DAY_MS : null
}

/** The date of a day number; the reverse of `dayNumber`. */
export const dateOfDayNumber = (day: number): LocalDate => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Like `dayNumber` for a date that the caller vouches for: throws RangeError on a malformed one. */
export const requireDayNumber = (date: LocalDate): number => {
  const day = dayNumber(date)
  if (day === null) throw new RangeError(`not a date: ${date.slice(0, 20)}`)
  return day
}

/**
 * The first instant of a local day, for periods and limits.
 *
 * Not always 00:00: where summer time begins at midnight the day starts at 01:00. Where a whole day is left out (Pacific/Apia 2011-12-30) the
 * first instant of the next day is given. No offset is assumed: about four calls of Intl.
 */
export const startOfLocalDay = (date: LocalDate, zone: string): Date => {
  const midnight = requireDayNumber(date) * DAY_MS
  // Two rounds settle on the right offset unless midnight falls into a gap or an overlap.
  let guess = midnight - (wallMs(midnight, zone) - midnight)
  guess = midnight - (wallMs(guess, zone) - guess)
  if (wallMs(guess, zone) === midnight && wallMs(guess - 1000, zone) < midnight) return new Date(guess)
  let before = midnight - 36 * 3_600_000
  let after = midnight + 36 * 3_600_000
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000
    if (wallMs(middle, zone) >= midnight) after = middle
    else before = middle
  }
  return new Date(after)
}

/** 24:00 of a local day: the same instant as the start of the next day, so a limit includes it and `instant < end` is "on that day". */
export const endOfLocalDay = (date: LocalDate, zone: string): Date => startOfLocalDay(dateOfDayNumber(requireDayNumber(date) + 1), zone)

const WALL_CLOCK = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/

/**
 * The instant at which a wall clock of a zone shows `YYYY-MM-DDTHH:MM[:SS]`, or null when that is no date or time; for tables whose times name no
 * zone.
 *
 * A time that summer time skips gives the instant as far after the gap; one that comes twice gives the first. Fractions of a second are dropped.
 */
export const instantOfWallTime = (wall: string, zone: string): Date | null => {
  const match = WALL_CLOCK.exec(wall)
  const day = dayNumber(match?.[1] ?? '')
  const [hour, minute, second] = [Number(match?.[2]), Number(match?.[3]), Number(match?.[4] ?? 0)]
  if (match === null || day === null || hour > 23 || minute > 59 || second > 59) return null
  const wanted = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000
  const offsetAt = (ms: number): number => wallMs(ms, zone) - ms
  // The larger offset is the earlier instant; both sides of a change lie within a day.
  const [before, after] = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)]
  if (before === after) return new Date(wanted - before)
  const fits = [before, after].map((offset) => wanted - offset).filter((ms) => wallMs(ms, zone) === wanted)
  return new Date(fits.length === 0 ? wanted - before : Math.min(...fits))
}

/** Midnights passed between two instants in a zone: 0 on the same day, negative when reversed. This is `ageDays` everywhere. */
export const wholeDaysBetween = (from: Date, to: Date, zone: string): number =>
  requireDayNumber(localDate(to, zone)) - requireDayNumber(localDate(from, zone))
