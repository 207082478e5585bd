import { describe, expect, it } from '@jest/globals'

import { chinaCalendar, promiseState, type PromiseRecord } from '@commonhall/shared/time'

import { accept, decline, deliver, engagementsToAskAgain, isOwed, tellOf, type Acceptance, type Engagement } from './engagement.js'

const AT = new Date('2026-03-02T02:00:00Z')
const asked = (id: string, ownerPartyId: string, triageId = 'trg_1') => ({
  ...{ id, ownerPartyId, triageId, referralId: `ref_${id}`, suggestionId: 'sug_1', communityId: 'com_1' },
  at: AT,
})
const acceptance = (id: string, owner: string): Acceptance => {
  const made = accept(asked(id, owner), { days: 10, clock: 'WORKING', basis: 'agreement' }, chinaCalendar())
  if (!made.ok) throw new Error(made.code)
  return made.engagement
}
const delivered = (engagement: Acceptance): Engagement => {
  const given = deliver(engagement, 'done', AT)
  if (!given.ok) throw new Error(given.code)
  return given.engagement
}

describe('what the clock tells of a promise', () => {
  const { promise } = acceptance('eng_1', 'npo_1')
  const at = (ms: number): Date => new Date(ms)

  it('agrees with the state of the promise at every instant around its two turns', () => {
    const dueMs = promise.dueAt.getTime()
    const soonMs = dueMs - (dueMs - AT.getTime()) / 5
    for (const base of [AT.getTime(), Math.floor(soonMs), dueMs])
      for (let shift = -2; shift <= 2; shift++) {
        const now = at(base + shift)
        const expected = { OPEN: null, DUE_SOON: 'due', BROKEN: 'broken' }[promiseState(promise, now) as 'OPEN' | 'DUE_SOON' | 'BROKEN']
        expect(tellOf(promise, now).tell).toBe(expected)
      }
  })

  it('looks again exactly when there is something more to tell, and never after it is broken', () => {
    const first = tellOf(promise, AT).nextLookAt
    expect(tellOf(promise, first ?? AT).tell).toBe('due')
    const second = tellOf(promise, first ?? AT).nextLookAt
    expect(tellOf(promise, at((second?.getTime() ?? 0) - 1)).tell).toBe('due')
    expect(tellOf(promise, second ?? AT)).toEqual({ tell: 'broken', nextLookAt: null })
  })

  it('follows the limit in force', () => {
    const extended: PromiseRecord = { ...promise, dueAt: at(promise.dueAt.getTime() + 86_400_000) }
    expect(tellOf(extended, at(promise.dueAt.getTime() + 1)).tell).toBe('due')
  })
})

describe('who is asked again when a matter is reopened', () => {
  const idsOf = (engagements: readonly Engagement[], triage: string | null = 'trg_1') =>
    engagementsToAskAgain(engagements, triage).map(({ id }) => id)

  it('is whoever delivered, once, by the latest answer', () => {
    const first = delivered(acceptance('eng_1', 'npo_1'))
    const second = delivered(acceptance('eng_2', 'npo_1'))
    expect(idsOf([first, second, decline(asked('eng_3', 'npo_2'), 'OTHER', 'no')])).toEqual(['eng_2'])
  })

  it('is not whoever still owes a delivery', () => {
    const owed = acceptance('eng_1', 'npo_1')
    expect(isOwed(owed)).toBe(true)
    expect(idsOf([owed, decline(asked('eng_2', 'npo_2'), 'OTHER', 'no')])).toEqual([])
  })

  it('is whoever explained a no to the triage in force, when nobody accepted', () => {
    const no = decline(asked('eng_1', 'npo_1'), 'OUT_OF_SCOPE', 'no')
    const notMine = decline(asked('eng_2', 'npo_2'), 'NOT_MY_FUNCTION', 'no')
    const earlier = decline(asked('eng_3', 'npo_3', 'trg_0'), 'OUT_OF_SCOPE', 'no')
    expect(idsOf([no, notMine, earlier])).toEqual(['eng_1'])
    expect(idsOf([no], null)).toEqual([])
  })
})
