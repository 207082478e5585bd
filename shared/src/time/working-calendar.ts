import { type DayTable, chinaDayTable } from './china-holidays.js'
import { type LocalDate, dateOfDayNumber, endOfLocalDay, isTimeZone, localDate, requireDayNumber, wallTime } from './zone.js'

/** How days are counted; the words of the schema's ClockBasis. */
export const CLOCK_BASES = ['CALENDAR', 'WORKING'] as const
export type ClockBasis = (typeof CLOCK_BASES)[number]

/** The working days of one community, in its time zone. */
export interface WorkingCalendar {
  readonly zone: string
  isWorkingDay(date: LocalDate): boolean
}

/** What a calendar is made of. `weekend`: days of the week off, 0 = Sunday; Saturday and Sunday unless said otherwise. */
export interface WorkingCalendarInput extends Partial<DayTable> {
  zone: string
  weekend?: readonly number[]
}

/** No limit is longer; keeps a typing error from counting to the year 9999. */
export const MAX_LIMIT_DAYS = 3650

/** A working day lasts from 09:00 to 17:30 local, without a break, in `workingMinutesBetween`. */
const WORKING_DAY_MINUTES = { from: 9 * 60, to: 17 * 60 + 30 } as const

/**
 * A community's working calendar from its feed. A make-up workday wins over a weekend and over a holiday on the same date.
 *
 * Throws RangeError on an unknown zone, a date that does not exist, or a week without a working day: those are faults of configuration.
 */
export const workingCalendar = ({ zone, holidays = [], workdays = [], weekend = [0, 6] }: WorkingCalendarInput): WorkingCalendar => {
  if (!isTimeZone(zone)) throw new RangeError(`unknown time zone: ${zone}`)
  for (const date of [...holidays, ...workdays]) requireDayNumber(date)
  const off = new Set(holidays)
  const on = new Set(workdays)
  const free = new Set(weekend)
  if ([0, 1, 2, 3, 4, 5, 6].every((day) => free.has(day))) throw new RangeError('a week without a working day')
  // 1970-01-01 was a Thursday (4).
  const dayOfWeek = (date: LocalDate): number => (((requireDayNumber(date) + 4) % 7) + 7) % 7
  return { zone, isWorkingDay: (date) => on.has(date) || (!off.has(date) && !free.has(dayOfWeek(date))) }
}

/** The calendar of mainland China with the built-in table (see `chinaDayTable` for what is known of which year). */
export const chinaCalendar = (zone = 'Asia/Shanghai'): WorkingCalendar => workingCalendar({ zone, ...chinaDayTable })

/** The first working day on or after a date. */
const rollForward = (date: LocalDate, calendar: WorkingCalendar): LocalDate => {
  let day = requireDayNumber(date)
  while (!calendar.isWorkingDay(dateOfDayNumber(day))) day++
  return dateOfDayNumber(day)
}

/**
 * The last day of a limit of N days after `eventDay` (day 0).
 *
 * WORKING counts working days only. CALENDAR counts every day and rolls a limit that ends on a day off to the next working day. Zero days
 * is the event day itself, rolled in both ways of counting. Throws RangeError unless `days` is whole and from 0 to MAX_LIMIT_DAYS.
 */
const lastDayOfLimit = (eventDay: LocalDate, days: number, basis: ClockBasis, calendar: WorkingCalendar): LocalDate => {
  if (!Number.isInteger(days) || days < 0 || days > MAX_LIMIT_DAYS) throw new RangeError(`days must be whole, 0 to ${MAX_LIMIT_DAYS}`)
  let day = requireDayNumber(eventDay)
  if (basis === 'CALENDAR') day += days
  else for (let left = days; left > 0;) if (calendar.isWorkingDay(dateOfDayNumber(++day))) left--
  return rollForward(dateOfDayNumber(day), calendar)
}

/**
 * The instant at which a limit of N days ends: 24:00 of the Nth counted day in the community's zone (domain.md, section 5).
 *
 * Compare with `<=`: what is done at this instant is still in time. 24:00 is 00:00 of the following date, so show people
 * `lastDayShown(limit)` and never the date of the instant.
 */
export const addDays = (event: Date, days: number, basis: ClockBasis, calendar: WorkingCalendar): Date =>
  endOfLocalDay(lastDayOfLimit(localDate(event, calendar.zone), days, basis, calendar), calendar.zone)

/** The last day on which a limit given by `addDays` can be met: the date to show to people. */
export const lastDayShown = (limit: Date, zone: string): LocalDate => localDate(new Date(limit.getTime() - 1), zone)

/**
 * Whole working minutes between two instants: 09:00 to 17:30 local on working days, no lunch break taken off. 0 when reversed.
 *
 * Counted on the wall clock, so a change to summer time at night costs nothing. A span over MAX_LIMIT_DAYS is counted up to there.
 */
export const workingMinutesBetween = (from: Date, to: Date, calendar: WorkingCalendar): number => {
  if (to.getTime() <= from.getTime()) return 0
  const start = wallTime(from, calendar.zone)
  const end = wallTime(to, calendar.zone)
  const first = requireDayNumber(start.date)
  const last = Math.min(requireDayNumber(end.date), first + MAX_LIMIT_DAYS)
  let minutes = 0
  for (let day = first; day <= last; day++) {
    const date = dateOfDayNumber(day)
    if (!calendar.isWorkingDay(date)) continue
    const opens = date === start.date ? Math.max(start.minute, WORKING_DAY_MINUTES.from) : WORKING_DAY_MINUTES.from
    const closes = date === end.date ? Math.min(end.minute, WORKING_DAY_MINUTES.to) : WORKING_DAY_MINUTES.to
    minutes += Math.max(0, closes - opens)
  }
  return minutes
}
