import { describe, expect, it } from '@jest/globals'

import { chinaCalendar, makePromise, pausePromise, promiseState, type PromiseRecord } from '@commonhall/shared/time'

import { answersToAskAgain, newHandling, tellOf, watchAt, type CaseHandling } from './case-handling.js'

const MADE = new Date('2026-03-02T02:00:00Z')
const calendar = chinaCalendar()
const HOUR_MS = 3_600_000

const promised = (days: number): PromiseRecord => {
  const made = makePromise(MADE, { days, clock: 'WORKING', basis: 'x' }, calendar)
  if (!made.ok) throw new Error(made.code)
  return made.promise
}

const accepted = (promise: PromiseRecord, facts: Partial<CaseHandling> = {}): CaseHandling => ({
  ...newHandling({
    id: 'csh_1',
    ownerPartyId: 'dep_1',
    suggestionId: 'sug',
    communityId: 'com',
    inboxItemId: 'inb',
    triageId: 'trg',
    verdict: 'ACCEPTED',
    reason: null,
    explanation: null,
    suggestedOwnerId: null,
    promise,
    at: MADE,
  }),
  ...facts,
})

describe('what the clock has to tell of a promise', () => {
  const paused = pausePromise(promised(5), new Date(MADE.getTime() + 24 * HOUR_MS), calendar)
  if (!paused.ok) throw new Error(paused.code)

  it.each([
    ['a short one', accepted(promised(1))],
    ['a long one', accepted(promised(37))],
    ['one with an open question', accepted(paused.promise)],
  ])('%s is told once near its limit and once after it, and a look at any other hour tells nothing', (_, start) => {
    let handling = start
    const told: string[] = []
    for (let hour = 0; hour < 60 * 24; hour++) {
      const now = new Date(MADE.getTime() + hour * HOUR_MS)
      const telling = tellOf(handling, now)
      const next = watchAt(handling)
      // The row is looked at exactly when there is something to tell; else a watcher would miss it, or look at it for ever.
      expect(telling !== null).toBe(next !== null && next < now)
      if (telling === null) continue
      told.push(`${telling.what} ${promiseState(handling.promise!, now)}`)
      handling = telling.marked
    }
    expect(told).toEqual(['due DUE_SOON', 'broken BROKEN'])
    expect(watchAt(handling)).toBeNull()
  })

  it('of one that nobody saw in time is only that it broke', () => {
    const handling = accepted(promised(5))
    expect(tellOf(handling, new Date('2026-06-01T00:00:00Z'))).toMatchObject({ what: 'broken' })
  })

  it.each([
    ['resolved', { resolvedAt: MADE }],
    ['withdrawn', { lapsedAt: MADE }],
    ['declined', { promise: null }],
  ])('is nothing when it is %s', (_, facts) => {
    const handling = accepted(promised(5), facts)
    expect(watchAt(handling)).toBeNull()
    expect(tellOf(handling, new Date('2026-06-01T00:00:00Z'))).toBeNull()
  })
})

describe('who is asked again after a reopening', () => {
  const resolved = { resolvedAt: MADE }
  const no = (id: string, ownerPartyId: string, reason: CaseHandling['reason'], triageId = 'trg'): CaseHandling =>
    accepted(promised(1), { id, ownerPartyId, verdict: 'DECLINED', promise: null, reason, triageId })
  const ids = (handlings: readonly CaseHandling[], triage = 'trg'): string[] => answersToAskAgain(handlings, triage).map(({ id }) => id)

  it('is everybody who resolved it, once, by the latest answer', () => {
    const one = accepted(promised(1), { ...resolved, id: 'a' })
    const again = accepted(promised(1), { ...resolved, id: 'b' })
    const other = accepted(promised(1), { ...resolved, id: 'c', ownerPartyId: 'dep_2' })
    expect(ids([one, again, other])).toEqual(['b', 'c'])
  })

  it('is not who still works on it, nor who said no while others accepted', () => {
    expect(ids([accepted(promised(1), { id: 'a' }), no('b', 'dep_2', 'NO_FUNDING')])).toEqual([])
  })

  it('is who explained a no to the triage in force, when nobody accepted it', () => {
    const answers = [no('a', 'dep_1', 'NO_FUNDING', 'old'), no('b', 'dep_2', 'NOT_MY_FUNCTION'), no('c', 'dep_3', 'OTHER')]
    expect(ids(answers)).toEqual(['c'])
  })
})
