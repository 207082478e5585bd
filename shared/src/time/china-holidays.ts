import type { LocalDate } from './zone.js'
import { dateOfDayNumber, requireDayNumber } from './zone.js'

/** Days off on weekdays and working days on weekends, as a calendar feed gives them. */
export interface DayTable {
  holidays: readonly LocalDate[]
  workdays: readonly LocalDate[]
}

/** Years whose days the State Council had announced when this table was written. */
export const CHINA_ANNOUNCED_YEARS: readonly number[] = [2023, 2024, 2025, 2026]

// Ranges of days off "from/to", both included. Source: yearly notices of the General Office of the State Council (public facts).
const HOLIDAY_RANGES: readonly string[] = [
  '2022-12-31/2023-01-02',
  '2023-01-21/2023-01-27',
  '2023-04-05/2023-04-05',
  '2023-04-29/2023-05-03',
  '2023-06-22/2023-06-24',
  '2023-09-29/2023-10-06',
  '2023-12-30/2024-01-01',
  '2024-02-10/2024-02-17',
  '2024-04-04/2024-04-06',
  '2024-05-01/2024-05-05',
  '2024-06-08/2024-06-10',
  '2024-09-15/2024-09-17',
  '2024-10-01/2024-10-07',
  '2025-01-01/2025-01-01',
  '2025-01-28/2025-02-04',
  '2025-04-04/2025-04-06',
  '2025-05-01/2025-05-05',
  '2025-05-31/2025-06-02',
  '2025-10-01/2025-10-08',
  '2026-01-01/2026-01-03',
  '2026-02-15/2026-02-23',
  '2026-04-04/2026-04-06',
  '2026-05-01/2026-05-05',
  '2026-06-19/2026-06-21',
  '2026-09-25/2026-09-27',
  '2026-10-01/2026-10-07',
  // 2027: not announced when this was written. Statutory days of the 2025 regulation, a day on a weekend given back on the next weekday.
  '2027-01-01/2027-01-01',
  '2027-02-05/2027-02-10',
  '2027-04-05/2027-04-05',
  '2027-05-01/2027-05-04',
  '2027-06-09/2027-06-09',
  '2027-09-15/2027-09-15',
  '2027-10-01/2027-10-05',
]

const MAKE_UP_WORKDAYS: readonly LocalDate[] = [
  '2023-01-28',
  '2023-01-29',
  '2023-04-23',
  '2023-05-06',
  '2023-06-25',
  '2023-10-07',
  '2023-10-08',
  '2024-02-04',
  '2024-02-18',
  '2024-04-07',
  '2024-04-28',
  '2024-05-11',
  '2024-09-14',
  '2024-09-29',
  '2024-10-12',
  '2025-01-26',
  '2025-02-08',
  '2025-04-27',
  '2025-09-28',
  '2025-10-11',
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
]

// Outside the table only the statutory days with a fixed solar date are known; lunar ones need the year's notice.
const SOLAR_DAYS = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']
const SOLAR_YEARS = [2020, 2021, 2022, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035, 2036, 2037]

const daysOf = (range: string): LocalDate[] => {
  const [from = '', to = ''] = range.split('/')
  const first = requireDayNumber(from)
  return Array.from({ length: requireDayNumber(to) - first + 1 }, (_, i) => dateOfDayNumber(first + i))
}

/**
 * Public holidays and make-up workdays of mainland China.
 *
 * 2023 to 2026 as announced; 2027 by statute (lunar dates included, no make-up days known); 2020 to 2022 and 2028 to 2037 only the
 * statutory days with a fixed solar date. A community overrides it with its own feed; limits already given do not move.
 */
export const chinaDayTable: DayTable = {
  holidays: [...HOLIDAY_RANGES.flatMap(daysOf), ...SOLAR_YEARS.flatMap((year) => SOLAR_DAYS.map((day) => `${year}-${day}`))],
  workdays: MAKE_UP_WORKDAYS,
}
