import { promiseState, type PromiseRecord } from '@commonhall/shared/time'
import { describe, expect, it } from '@jest/globals'

import { noticesOf } from './told-promise.js'

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n))
const promise = (change: Partial<PromiseRecord> = {}): PromiseRecord => ({
  ...{ madeAt: day(0), days: 10, clock: 'CALENDAR', basis: '', plan: '' },
  ...{ firstDueAt: day(10), dueAt: day(10), extensions: [], pauses: [], keptAt: null },
  ...change,
})
const told = (one: PromiseRecord, end: Date): string[] => noticesOf(one, end).map(({ what, dueAt }) => `${what} ${dueAt.toISOString()}`)
const on = (n: number): string => day(n).toISOString()

describe('what a watcher would have told of a promise', () => {
  it('is nothing when the promise was kept early', () => expect(told(promise(), day(7))).toEqual([]))

  it('is that the limit is near, at the very instant at which the state turns', () => {
    const [near] = noticesOf(promise(), day(9))
    expect(promiseState(promise(), near!.at)).toBe('DUE_SOON')
    expect(promiseState(promise(), new Date(near!.at.getTime() - 1))).toBe('OPEN')
  })

  it('is also that it was broken, after the limit passed', () => {
    const [, broken] = noticesOf(promise(), day(12))
    expect(broken?.what).toBe('broken')
    expect(promiseState(promise(), broken!.at)).toBe('BROKEN')
  })

  it('is told for every limit in force, and never of one that was extended in time as broken', () => {
    const extended = promise({ dueAt: day(15), extensions: [{ dueAt: day(15), why: '', at: day(9) }] })
    expect(told(extended, day(13))).toEqual([`due ${on(10)}`, `due ${on(15)}`])
    expect(told(extended, day(16))).toEqual([`due ${on(10)}`, `due ${on(15)}`, `broken ${on(15)}`])
  })

  it('waits while a question stops the clock', () => {
    const pauses = [{ from: day(4), to: null, until: day(15), daysLeft: 6 }]
    const paused = promise({ dueAt: day(21), pauses })
    expect(told(paused, day(14))).toEqual([])
    expect(told(paused, day(22))).toEqual([`due ${on(21)}`, `broken ${on(21)}`])
  })
})
