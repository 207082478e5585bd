import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { CHINA_ANNOUNCED_YEARS, chinaDayTable } from './china-holidays.js'
import { addDays, chinaCalendar, lastDayShown, workingCalendar, workingMinutesBetween } from './index.js'

const china = chinaCalendar()
const local = (text: string): Date => new Date(`${text}+08:00`)
const limit = (event: string, days: number, basis: 'CALENDAR' | 'WORKING'): string =>
  lastDayShown(addDays(local(event), days, basis, china), china.zone)

describe('the working calendar of China', () => {
  it.each([
    ['2026-02-14', true, 'make-up Saturday'],
    ['2026-02-16', false, 'eve of the Spring Festival'],
    ['2026-02-24', true, 'first day after the Spring Festival'],
    ['2026-10-10', true, 'make-up Saturday'],
    ['2026-11-21', false, 'ordinary Saturday'],
    ['2026-11-23', true, 'ordinary Monday'],
    ['2027-02-08', false, 'Spring Festival by statute'],
    ['2030-10-01', false, 'National Day of a year without a notice'],
    ['2024-02-29', true, 'leap day'],
  ])('%s works: %s (%s)', (date, works) => expect(china.isWorkingDay(date)).toBe(works))

  it('has make-up days only on weekends, and no date both off and on', () => {
    const off = new Set(chinaDayTable.holidays)
    for (const date of chinaDayTable.workdays) {
      expect([0, 6]).toContain(new Date(date).getUTCDay())
      expect(off.has(date)).toBe(false)
    }
  })

  it('gives back in an announced year no fewer days off than the statute has on weekdays', () => {
    for (const year of CHINA_ANNOUNCED_YEARS) {
      const weekdaysOff = chinaDayTable.holidays.filter(
        (date) => date.startsWith(`${year}`) && ![0, 6].includes(new Date(date).getUTCDay()),
      ).length
      const weekendsWorked = chinaDayTable.workdays.filter((date) => date.startsWith(`${year}`)).length
      expect(weekdaysOff - weekendsWorked).toBeGreaterThanOrEqual(10)
      expect(weekdaysOff - weekendsWorked).toBeLessThanOrEqual(13)
    }
  })

  it('refuses a zone, a date or a week that cannot be', () => {
    expect(() => workingCalendar({ zone: 'Nowhere/City' })).toThrow(RangeError)
    expect(() => workingCalendar({ zone: 'UTC', holidays: ['2026-02-30'] })).toThrow(RangeError)
    expect(() => workingCalendar({ zone: 'UTC', weekend: [0, 1, 2, 3, 4, 5, 6] })).toThrow(RangeError)
  })
})

describe('limits', () => {
  it.each([
    // event, days, basis, last day
    ['2026-11-23T09:00', 1, 'WORKING', '2026-11-24'],
    ['2026-11-23T23:59', 1, 'WORKING', '2026-11-24'],
    ['2026-11-20T10:00', 1, 'WORKING', '2026-11-23'],
    ['2026-11-21T10:00', 1, 'WORKING', '2026-11-23'],
    ['2026-11-20T10:00', 5, 'WORKING', '2026-11-27'],
    ['2026-11-20T10:00', 1, 'CALENDAR', '2026-11-23'],
    ['2026-11-20T10:00', 3, 'CALENDAR', '2026-11-23'],
    ['2026-11-20T10:00', 4, 'CALENDAR', '2026-11-24'],
    // Over the Spring Festival with its make-up Saturdays.
    ['2026-02-13T10:00', 1, 'WORKING', '2026-02-14'],
    ['2026-02-13T10:00', 2, 'WORKING', '2026-02-24'],
    ['2026-02-13T10:00', 6, 'WORKING', '2026-02-28'],
    ['2026-02-13T10:00', 3, 'CALENDAR', '2026-02-24'],
    // A calendar limit on a make-up Saturday does not roll.
    ['2026-02-13T10:00', 1, 'CALENDAR', '2026-02-14'],
    // Year boundary and leap day.
    ['2025-12-31T10:00', 1, 'WORKING', '2026-01-04'],
    ['2025-12-31T10:00', 1, 'CALENDAR', '2026-01-04'],
    ['2024-02-28T10:00', 1, 'WORKING', '2024-02-29'],
    ['2024-02-28T10:00', 2, 'WORKING', '2024-03-01'],
    // Same day; on a day off the next working day.
    ['2026-11-23T10:00', 0, 'CALENDAR', '2026-11-23'],
    ['2026-11-22T10:00', 0, 'WORKING', '2026-11-23'],
  ] as const)('%s + %i %s ends with %s', (event, days, basis, last) => expect(limit(event, days, basis)).toBe(last))

  it('end at 24:00 local, whatever the hour of the event', () => {
    expect(addDays(local('2026-11-23T00:00'), 1, 'WORKING', china)).toEqual(local('2026-11-25T00:00'))
    expect(addDays(local('2026-11-23T23:59:59'), 1, 'WORKING', china)).toEqual(local('2026-11-25T00:00'))
  })

  it('follow summer time', () => {
    const berlin = workingCalendar({ zone: 'Europe/Berlin' })
    expect(addDays(new Date('2026-03-27T12:00:00Z'), 1, 'WORKING', berlin).toISOString()).toBe('2026-03-30T22:00:00.000Z')
    expect(addDays(new Date('2026-10-23T12:00:00Z'), 1, 'WORKING', berlin).toISOString()).toBe('2026-10-26T23:00:00.000Z')
    const saoPaulo = workingCalendar({ zone: 'America/Sao_Paulo', weekend: [1] })
    expect(addDays(new Date('2018-11-02T12:00:00Z'), 1, 'CALENDAR', saoPaulo).toISOString()).toBe('2018-11-04T03:00:00.000Z')
  })

  it.each([-1, 1.5, Number.NaN, 3651])('refuse %s days', (days) =>
    expect(() => addDays(local('2026-11-23T10:00'), days, 'WORKING', china)).toThrow(RangeError),
  )

  it('always end on a working day, after the event, later for more days, and never earlier when counted in working days', () => {
    const event = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-06-01'), noInvalidDate: true })
    fc.assert(
      fc.property(event, fc.integer({ min: 0, max: 60 }), (at, days) => {
        const calendar = addDays(at, days, 'CALENDAR', china)
        const working = addDays(at, days, 'WORKING', china)
        expect(china.isWorkingDay(lastDayShown(calendar, china.zone))).toBe(true)
        expect(china.isWorkingDay(lastDayShown(working, china.zone))).toBe(true)
        expect(calendar.getTime()).toBeGreaterThan(at.getTime())
        expect(working.getTime()).toBeGreaterThanOrEqual(calendar.getTime())
        expect(addDays(at, days + 1, 'WORKING', china).getTime()).toBeGreaterThanOrEqual(working.getTime())
      }),
      { numRuns: 200 },
    )
  })
})

describe('working minutes', () => {
  it.each([
    ['2026-11-23T09:00', '2026-11-23T09:45', 45],
    ['2026-11-23T08:00', '2026-11-23T20:00', 510],
    ['2026-11-23T17:00', '2026-11-24T09:30', 60],
    ['2026-11-20T17:00', '2026-11-23T09:10', 40],
    ['2026-11-21T10:00', '2026-11-22T10:00', 0],
    ['2026-02-13T17:00', '2026-02-24T10:00', 30 + 510 + 60],
    ['2026-11-23T18:00', '2026-11-23T23:00', 0],
    ['2026-11-23T10:00', '2026-11-23T09:00', 0],
    ['2025-12-31T17:29', '2026-01-04T09:01', 2],
  ])('from %s to %s are %i', (from, to, minutes) => expect(workingMinutesBetween(local(from), local(to), china)).toBe(minutes))

  it('are not changed by a night that is an hour shorter', () => {
    const berlin = workingCalendar({ zone: 'Europe/Berlin' })
    expect(workingMinutesBetween(new Date('2026-03-27T16:00:00Z'), new Date('2026-03-30T07:30:00Z'), berlin)).toBe(60)
  })
})
