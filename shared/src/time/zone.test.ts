import { describe, expect, it } from '@jest/globals'

import { dayNumber } from './zone.js'
import {
  TestClock,
  endOfLocalDay,
  fixedClock,
  instantOfWallTime,
  isTimeZone,
  localDate,
  parsePeriod,
  startOfLocalDay,
  wholeDaysBetween,
} from './index.js'

describe('clocks', () => {
  it('stand still, move and jump only when told', () => {
    const clock = new TestClock('2026-01-01T00:00:00Z')
    clock.advanceMs(60_000)
    expect(clock.now().toISOString()).toBe('2026-01-01T00:01:00.000Z')
    clock.set('2026-02-01T00:00:00Z')
    clock.now().setFullYear(1999)
    expect(clock.now().toISOString()).toBe('2026-02-01T00:00:00.000Z')
    expect(fixedClock(clock.now()).now()).toEqual(clock.now())
  })
  it('refuse a date that is none', () => expect(() => fixedClock('yesterday')).toThrow(RangeError))
})

describe('days of a time zone', () => {
  it.each([
    ['2026-01-01T15:59:59.999Z', 'Asia/Shanghai', '2026-01-01'],
    ['2026-01-01T16:00:00Z', 'Asia/Shanghai', '2026-01-02'],
    ['2025-12-31T23:30:00Z', 'Europe/Berlin', '2026-01-01'],
    ['2026-03-01T04:59:59Z', 'America/New_York', '2026-02-28'],
    ['2024-02-29T12:00:00Z', 'UTC', '2024-02-29'],
  ])('%s in %s is %s', (instant, zone, date) => expect(localDate(new Date(instant), zone)).toBe(date))

  it.each([
    ['2026-05-09', 'Asia/Shanghai', '2026-05-08T16:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    // Summer time begins at midnight: the day has no 00:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // Midnight comes twice: the later one belongs to the new day, the earlier is 23:00 of the old.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['2026-07-01', 'Asia/Kathmandu', '2026-06-30T18:15:00.000Z'],
    ['2026-07-01', 'Pacific/Kiritimati', '2026-06-30T10:00:00.000Z'],
    // A day that Samoa left out.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s begins at %s', (date, zone, instant) => expect(startOfLocalDay(date, zone).toISOString()).toBe(instant))

  it('have 23 and 25 hours when the clocks change', () => {
    const hours = (date: string): number =>
      (endOfLocalDay(date, 'Europe/Berlin').getTime() - startOfLocalDay(date, 'Europe/Berlin').getTime()) / 3_600_000
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24])
  })

  it('start on their own date, and one millisecond earlier it is the day before, all through four years of several zones', () => {
    for (const zone of ['Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Santiago']) {
      for (let day = Date.UTC(2023, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
        const date = new Date(day).toISOString().slice(0, 10)
        const start = startOfLocalDay(date, zone)
        expect([localDate(start, zone), localDate(new Date(start.getTime() - 1), zone) < date]).toEqual([date, true])
      }
    }
  })

  it('are counted by midnights, not by 24 hours', () => {
    const days = (from: string, to: string): number => wholeDaysBetween(new Date(from), new Date(to), 'Asia/Shanghai')
    expect(days('2026-01-01T15:59:00Z', '2026-01-01T16:01:00Z')).toBe(1)
    expect(days('2026-01-01T16:00:00Z', '2026-01-02T15:59:00Z')).toBe(0)
    expect(days('2024-02-27T16:00:00Z', '2024-02-29T16:00:00Z')).toBe(2)
    expect(days('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(-1)
  })

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '0999-01-01', '', 'x', '2026-01-01T00:00:00Z', '９９９９-01-01'])(
    'do not include %s',
    (date) => {
      expect(dayNumber(date)).toBeNull()
      expect(() => startOfLocalDay(date, 'UTC')).toThrow(RangeError)
    },
  )

  it('belong to a zone that exists', () =>
    expect([isTimeZone('Asia/Shanghai'), isTimeZone('Mars/Olympus'), isTimeZone('')]).toEqual([true, false, false]))
})

describe('periods', () => {
  it('take both days in, from local midnight to local midnight', () => {
    expect(parsePeriod({ from: '2026-01-01', to: '2026-01-31' }, 'Asia/Shanghai')).toEqual({
      ok: true,
      period: {
        ...{ from: '2026-01-01', to: '2026-01-31', days: 31 },
        ...{ start: new Date('2025-12-31T16:00:00Z'), end: new Date('2026-01-31T16:00:00Z') },
      },
    })
  })
  it.each([
    ['2020-01-01', '2024-12-31', 'ok'],
    ['2020-01-01', '2025-01-01', 'to TOO_LONG'],
    ['2024-02-29', '2029-02-28', 'ok'],
    ['2024-02-29', '2029-03-01', 'to TOO_LONG'],
    ['2026-01-02', '2026-01-01', 'to REVERSED'],
    ['2026-02-29', '2026-03-01', 'from MALFORMED'],
    ['2026-02-01', 'tomorrow', 'to MALFORMED'],
    ['1899-12-31', '1900-01-01', 'from MALFORMED'],
    [20260101, '2026-01-01', 'from MALFORMED'],
    ['2026-01-01', null, 'to MALFORMED'],
    ['2026-01-01', '2026-01-01', 'ok'],
  ])('from %s to %s: %s', (from, to, outcome) => {
    const read = parsePeriod({ from, to }, 'Asia/Shanghai')
    expect(read.ok ? 'ok' : `${read.field} ${read.reason}`).toBe(outcome)
  })
})

describe('a time without a zone', () => {
  it.each([
    ['2025-03-01T08:05', 'Asia/Shanghai', '2025-03-01T00:05:00.000Z'],
    ['2025-03-01T08:05:09.5', 'Asia/Shanghai', '2025-03-01T00:05:09.000Z'],
    ['2026-07-01T00:00:00', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    // The day on which summer time begins: 02:30 does not exist, 03:30 does.
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    // The day on which it ends: 02:30 comes twice, the first one counts.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
  ])('%s in %s is %s', (wall, zone, instant) => expect(instantOfWallTime(wall, zone)?.toISOString()).toBe(instant))

  it.each(['2026-02-29T10:00', '2026-01-01T24:00', '2026-01-01T10:60', '2026-01-01T10:00:60', '2026-01-01', '2026-01-01T10:00Z', ''])(
    '%s is none',
    (wall) => expect(instantOfWallTime(wall, 'Asia/Shanghai')).toBeNull(),
  )
})
