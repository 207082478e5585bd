import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  type PromiseRecord,
  type PromiseResult,
  chinaCalendar,
  extendPromise,
  keepPromise,
  makePromise,
  pausePromise,
  promiseFromJson,
  promiseLastDay,
  promiseState,
  promiseToJson,
  resumePromise,
} from './index.js'

const china = chinaCalendar()
const local = (text: string): Date => new Date(`${text}+08:00`)
const done = (result: PromiseResult): PromiseRecord => {
  if (!result.ok) throw new Error(`refused: ${result.code}`)
  return result.promise
}
const code = (result: PromiseResult): string => (result.ok ? 'ok' : result.code)
const promised = (at: string, days: number, clock: 'CALENDAR' | 'WORKING' = 'WORKING'): PromiseRecord =>
  done(makePromise(local(at), { days, clock, basis: 'FN-12', plan: 'repair the lamp' }, china))
const last = (promise: PromiseRecord): string => promiseLastDay(promise, china.zone)

// Monday 2026-11-23; five working days end on Monday 2026-11-30 at 24:00.
const five = promised('2026-11-23T10:00', 5)
const later = (promise: PromiseRecord, days: number, at: string, why = 'the part is not there', maxExtensions?: number): PromiseResult =>
  extendPromise(promise, { days, why, at: local(at), maxExtensions }, china)

describe('making a promise', () => {
  it('sets the first limit and the limit in force', () => {
    expect(five).toMatchObject({ days: 5, plan: 'repair the lamp', extensions: [], pauses: [], keptAt: null })
    expect([five.firstDueAt, five.dueAt]).toEqual([local('2026-12-01T00:00'), local('2026-12-01T00:00')])
  })
  it.each([0, -3, 1.5, Number.NaN, 3651])('refuses %s days', (days) =>
    expect(code(makePromise(local('2026-11-23T10:00'), { days, clock: 'WORKING', basis: 'x' }, china))).toBe('INVALID_INPUT'),
  )
  it.each([
    [10, 'CALENDAR', 10, 'CALENDAR', 'ok'],
    [11, 'CALENDAR', 10, 'CALENDAR', 'PROMISE_TOO_LONG'],
    [10, 'WORKING', 10, 'CALENDAR', 'PROMISE_TOO_LONG'],
    [10, 'CALENDAR', 10, 'WORKING', 'ok'],
  ] as const)('of %i %s days under a limit of %i %s: %s', (days, clock, limitDays, limitClock, outcome) =>
    expect(
      code(makePromise(local('2026-11-23T10:00'), { days, clock, basis: 'x', limit: { days: limitDays, clock: limitClock } }, china)),
    ).toBe(outcome),
  )
})

describe('extending', () => {
  it('counts from the last day of the limit in force, however early it is asked', () => {
    const extended = done(later(five, 2, '2026-11-24T09:00'))
    expect([last(extended), extended.firstDueAt]).toEqual(['2026-12-02', five.firstDueAt])
    expect(extended.extensions).toEqual([{ dueAt: local('2026-12-03T00:00'), why: 'the part is not there', at: local('2026-11-24T09:00') }])
  })
  it('is in time at the very last instant and too late a millisecond after', () => {
    expect(code(later(five, 1, '2026-12-01T00:00:00.000'))).toBe('ok')
    expect(code(later(five, 1, '2026-12-01T00:00:00.001'))).toBe('EXTENSION_LIMIT')
  })
  it('is refused a third time, longer than the first promise, without reason, for no days, or after the promise was kept', () => {
    const twice = done(later(done(later(five, 5, '2026-11-24T09:00')), 5, '2026-12-02T09:00'))
    expect(code(later(twice, 1, '2026-12-03T09:00'))).toBe('EXTENSION_LIMIT')
    expect(code(later(twice, 1, '2026-12-03T09:00', 'why', 3))).toBe('ok')
    expect(code(later(five, 6, '2026-11-24T09:00'))).toBe('EXTENSION_LIMIT')
    expect(code(later(five, 1, '2026-11-24T09:00', '  '))).toBe('REASON_MISSING')
    expect(code(later(five, 0, '2026-11-24T09:00'))).toBe('INVALID_INPUT')
    expect(code(later(five, 1, '2026-11-22T09:00'))).toBe('INVALID_INPUT')
    expect(code(later(done(keepPromise(five, local('2026-11-24T09:00'))), 1, '2026-11-24T10:00'))).toBe('WRONG_STAGE')
  })
  it('leaves the record it was given untouched', () => {
    const before = JSON.stringify(promiseToJson(five))
    later(five, 2, '2026-11-24T09:00')
    pausePromise(five, local('2026-11-24T09:00'), china)
    keepPromise(five, local('2026-11-24T09:00'))
    expect(JSON.stringify(promiseToJson(five))).toBe(before)
  })
})

describe('pausing', () => {
  const asked = done(pausePromise(five, local('2026-11-25T15:00'), china)) // Wednesday; Thursday, Friday, Monday are left

  it('keeps the days left and stands for ten calendar days at most, without rolling', () => {
    expect(asked.pauses).toEqual([{ from: local('2026-11-25T15:00'), to: null, until: local('2026-12-06T00:00'), daysLeft: 3 }])
    expect(promiseState(asked, local('2026-12-05T23:59'))).toBe('PAUSED')
  })
  it.each([
    ['2026-11-25T16:00', '2026-11-30', 'answered the same day nothing moves'],
    ['2026-11-27T09:00', '2026-12-02', 'Friday is day 0'],
    ['2026-11-28T09:00', '2026-12-02', 'Saturday is day 0'],
    ['2026-12-05T23:59', '2026-12-09', 'the last minute of the pause'],
    ['2026-12-06T00:00', '2026-12-09', 'run out: the tenth day is day 0'],
    ['2026-12-08T09:00', '2026-12-09', 'an answer after that changes nothing'],
  ])('an answer at %s gives a limit of %s (%s)', (at, limit) => {
    const answered = done(resumePromise(asked, local(at), china))
    expect([last(answered), answered.firstDueAt]).toEqual([limit, five.firstDueAt])
    expect(promiseState(answered, local(at))).not.toBe('PAUSED')
  })
  it('resumes by itself after ten days without an answer, and then breaks', () => {
    expect(promiseState(asked, local('2026-12-06T00:00'))).toBe('OPEN')
    expect(promiseState(asked, local('2026-12-10T00:00'))).toBe('DUE_SOON')
    expect(promiseState(asked, local('2026-12-10T00:00:00.001'))).toBe('BROKEN')
  })
  it('that ran out makes its tenth day day 0, though it ends when the eleventh begins', () => {
    const paused = done(pausePromise(five, local('2026-11-26T10:00'), china)) // ends with Sunday 6th; Friday and Monday were left
    expect(last(done(resumePromise(paused, local('2026-12-06T23:59'), china)))).toBe('2026-12-08')
    expect(last(done(resumePromise(paused, local('2026-12-07T00:00'), china)))).toBe('2026-12-08')
    expect(last(done(resumePromise(paused, local('2026-12-07T09:00'), china)))).toBe('2026-12-08')
  })
  it('is no part of the time of which a fifth makes a promise due soon', () => {
    const answered = done(resumePromise(asked, local('2026-11-27T09:00'), china)) // 188 hours without the 42 of the pause
    expect([promiseState(answered, local('2026-12-01T08:00')), promiseState(answered, local('2026-12-01T11:00'))]).toEqual([
      'OPEN',
      'DUE_SOON',
    ])
  })
  it('over a holiday counts the working days left after it', () => {
    const before = promised('2026-02-12T10:00', 3) // 13, make-up 14, 24
    const paused = done(pausePromise(before, local('2026-02-13T10:00'), china))
    expect([last(before), paused.pauses[0]?.daysLeft]).toEqual(['2026-02-24', 2])
    expect(last(done(resumePromise(paused, local('2026-02-18T10:00'), china)))).toBe('2026-02-25')
  })
  it('on the last day leaves the day of the answer', () => {
    const paused = done(pausePromise(five, local('2026-11-30T18:00'), china))
    expect(paused.pauses[0]?.daysLeft).toBe(0)
    expect(last(done(resumePromise(paused, local('2026-12-02T23:50'), china)))).toBe('2026-12-02')
  })
  it('of a calendar promise counts calendar days to the limit in force', () => {
    const paused = done(pausePromise(promised('2026-11-23T10:00', 10, 'CALENDAR'), local('2026-11-27T10:00'), china))
    expect(paused.pauses[0]?.daysLeft).toBe(6)
    expect(last(done(resumePromise(paused, local('2026-11-29T10:00'), china)))).toBe('2026-12-07') // 5th is a Saturday
  })
  it('is allowed twice, one at a time, before the limit passes', () => {
    expect(code(pausePromise(asked, local('2026-11-26T10:00'), china))).toBe('WRONG_STAGE')
    const second = done(pausePromise(done(resumePromise(asked, local('2026-11-26T10:00'), china)), local('2026-11-26T11:00'), china))
    expect(code(pausePromise(done(resumePromise(second, local('2026-11-27T10:00'), china)), local('2026-11-27T11:00'), china))).toBe(
      'EXTENSION_LIMIT',
    )
    expect(code(pausePromise(five, local('2026-12-01T00:00:00.001'), china))).toBe('EXTENSION_LIMIT')
    expect(code(pausePromise(five, local('2026-11-22T00:00'), china))).toBe('INVALID_INPUT')
    expect(code(pausePromise(done(keepPromise(five, local('2026-11-24T09:00'))), local('2026-11-24T10:00'), china))).toBe('WRONG_STAGE')
  })
  it('may be asked again after the first pause ran out unanswered', () => {
    expect(code(pausePromise(asked, local('2026-12-07T10:00'), china))).toBe('ok')
  })
  it('cannot be resumed when nothing was asked, when it was answered, or before the question', () => {
    expect(code(resumePromise(five, local('2026-11-24T10:00'), china))).toBe('WRONG_STAGE')
    expect(code(resumePromise(done(resumePromise(asked, local('2026-11-26T10:00'), china)), local('2026-11-26T11:00'), china))).toBe(
      'WRONG_STAGE',
    )
    expect(code(resumePromise(asked, local('2026-11-25T14:59'), china))).toBe('INVALID_INPUT')
  })
  it('takes an extension in, which survives the answer', () => {
    const extended = done(later(asked, 2, '2026-11-26T09:00'))
    expect(last(done(resumePromise(extended, local('2026-11-27T09:00'), china)))).toBe('2026-12-04')
  })
})

describe('the state of a promise', () => {
  it.each([
    ['2026-11-23T10:00', 'OPEN'],
    ['2026-11-29T10:00', 'OPEN'],
    ['2026-11-29T12:00', 'DUE_SOON'],
    ['2026-12-01T00:00', 'DUE_SOON'],
    ['2026-12-01T00:00:00.001', 'BROKEN'],
  ])('at %s is %s', (now, state) => expect(promiseState(five, local(now))).toBe(state))

  it.each([
    ['2026-11-24T10:00', 'KEPT'],
    ['2026-12-01T00:00', 'KEPT'],
    ['2026-12-01T00:00:00.001', 'KEPT_EXTENDED'],
    ['2026-12-03T00:00', 'KEPT_EXTENDED'],
    ['2026-12-03T00:00:00.001', 'KEPT_LATE'],
  ])('kept at %s after an extension to the end of 2026-12-02 is %s, at any later time', (at, state) => {
    const kept = done(keepPromise(done(later(five, 2, '2026-11-24T09:00')), local(at)))
    expect([promiseState(kept, local(at)), promiseState(kept, local('2030-01-01T00:00'))]).toEqual([state, state])
  })
  it('is settled once: a promise cannot be kept twice, nor before it was made', () => {
    expect(code(keepPromise(done(keepPromise(five, local('2026-11-24T09:00'))), local('2026-11-25T09:00')))).toBe('WRONG_STAGE')
    expect(code(keepPromise(five, local('2026-11-23T09:59')))).toBe('INVALID_INPUT')
  })
  it('ends an open pause when the promise is kept', () => {
    const kept = done(keepPromise(done(pausePromise(five, local('2026-11-25T15:00'), china)), local('2026-11-26T10:00')))
    expect([kept.pauses[0]?.to, promiseState(kept, local('2026-11-26T11:00'))]).toEqual([local('2026-11-26T10:00'), 'KEPT'])
  })
})

describe('any history of a promise', () => {
  const step = fc.record({
    act: fc.constantFrom('extend', 'pause', 'resume', 'keep'),
    afterHours: fc.integer({ min: 0, max: 200 }),
    days: fc.integer({ min: 1, max: 12 }),
  })
  const start = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })

  it('never moves the first limit, never shortens the limit in force, and survives storage as JSON', () => {
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('CALENDAR' as const, 'WORKING' as const),
        fc.array(step, { maxLength: 8 }),
        (madeAt, days, clock, steps) => {
          let now = madeAt
          let promise = done(makePromise(madeAt, { days, clock, basis: 'x' }, china))
          const first = promise.firstDueAt
          for (const { act, afterHours, days: more } of steps) {
            now = new Date(now.getTime() + afterHours * 3_600_000)
            const acts = {
              extend: () => extendPromise(promise, { days: more, why: 'w', at: now }, china),
              pause: () => pausePromise(promise, now, china),
              resume: () => resumePromise(promise, now, china),
              keep: () => keepPromise(promise, now),
            }
            const before = promise
            const result = acts[act]()
            if (!result.ok) continue
            promise = result.promise
            expect(promise.firstDueAt).toEqual(first)
            // An early answer gives back days that the pause had set aside; nothing else brings a limit nearer.
            if (act === 'resume') expect(promise.dueAt.getTime()).toBeGreaterThanOrEqual(first.getTime())
            else expect(promise.dueAt.getTime()).toBeGreaterThanOrEqual(before.dueAt.getTime())
            expect(promise.pauses.length).toBeLessThanOrEqual(2)
            expect(promise.extensions.length).toBeLessThanOrEqual(2)
            expect(promiseFromJson(JSON.parse(JSON.stringify(promiseToJson(promise))))).toEqual(promise)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
  it('is refused when the stored row is damaged', () => {
    const json = promiseToJson(five)
    for (const damage of [{ madeAt: 'x' }, { days: 1.5 }, { clock: 'MOON' as 'WORKING' }, { dueAt: '' }, { keptAt: 'never' }]) {
      expect(() => promiseFromJson({ ...json, ...damage })).toThrow(TypeError)
    }
  })
})
