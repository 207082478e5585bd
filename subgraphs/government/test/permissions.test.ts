import { describe, expect, it } from '@jest/globals'

import type { Actor } from '@commonhall/shared/identity'
import { actorOf } from '@commonhall/shared/identity'
import { actors, claimsOf, type TestActor } from '@commonhall/harness'
import { chinaCalendar, makePromise, pausePromise, resumePromise, type PromiseRecord } from '@commonhall/shared/time'

import type { InboxItem } from '../src/capabilities/inbox/index.js'
import { mayReadInbox } from '../src/capabilities/inbox/inbox-item.policy.js'
import { mayAskRequester } from '../src/capabilities/questions/case-question.policy.js'
import { newHandling, type CaseHandling } from '../src/capabilities/cases/case-handling.js'
import { mayAnswerCase, mayFollowUp } from '../src/capabilities/cases/case-handling.policy.js'

const OWN = 'dep_own'
const OTHER = 'dep_other'
const NOW = new Date('2026-03-02T02:00:00Z')
const calendar = chinaCalendar()
const actor = (test: TestActor): Actor => actorOf(claimsOf(test, 'government', NOW))

const ITEM: InboxItem = {
  id: 'inb',
  ownerPartyId: OWN,
  suggestionId: 'sug',
  communityId: 'com',
  triageId: 'trg',
  round: 0,
  functionItemId: null,
  arrivedAt: NOW,
  answerBy: NOW,
  handlingId: null,
  answeredAt: null,
  closedAt: null,
  closedWhy: null,
}

const promise = (): PromiseRecord => {
  const made = makePromise(NOW, { days: 5, clock: 'WORKING', basis: 'x' }, calendar)
  if (!made.ok) throw new Error(made.code)
  return made.promise
}

const RUNNING: CaseHandling = newHandling({
  id: 'csh',
  ownerPartyId: OWN,
  suggestionId: 'sug',
  communityId: 'com',
  inboxItemId: 'inb',
  triageId: 'trg',
  verdict: 'ACCEPTED',
  reason: null,
  explanation: null,
  suggestedOwnerId: null,
  promise: promise(),
  at: NOW,
})

const asked = (times: number): CaseHandling => {
  let record = promise()
  for (let i = 0; i < times; i++) {
    const at = new Date(NOW.getTime() + i * 3_600_000)
    for (const step of [pausePromise, resumePromise]) {
      const next = step(record, at, calendar)
      if (next.ok) record = next.promise
    }
  }
  return { ...RUNNING, promise: record }
}

const outcome = (decision: { refused: boolean; code?: string }): string => (decision.refused ? (decision.code ?? '') : 'allowed')

const PERSONS: ReadonlyArray<[string, TestActor]> = [
  ['anonymous', actors.anonymous()],
  ['resident', actors.resident('r')],
  ['clerk', actors.clerk('cmt')],
  ['cadre', actors.cadre('cmt')],
  ['worker', actors.worker('npo')],
  ['auditor', actors.auditor()],
  // A post at a department that is no officer's, and an officer's post of another kind of party, open nothing.
  ['clerk of the department', { subject: 'c', roles: ['clerk'], posts: [{ kind: 'GOVERNMENT', partyId: OWN, role: 'clerk' }] }],
  ['officer of a committee', { subject: 'c', roles: ['officer'], posts: [{ kind: 'COMMITTEE', partyId: OWN, role: 'officer' }] }],
]

describe('who may act on a case', () => {
  it.each(PERSONS)('%s may not answer, work on, ask about or read the desk of a department', (_, person) => {
    const who = actor(person)
    for (const decision of [
      mayAnswerCase(who, ITEM),
      mayAnswerCase(who, null),
      mayFollowUp(who, RUNNING),
      mayFollowUp(who, null),
      mayAskRequester(who, RUNNING),
      mayReadInbox(who, OWN),
    ])
      expect(decision).toMatchObject({ code: 'NOT_YOUR_FUNCTION', party: { kind: 'GOVERNMENT' } })
  })

  it.each([
    ['own', OWN, ['allowed', 'allowed', 'allowed', 'allowed']],
    ['other', OTHER, ['NOT_FOUND', 'NOT_YOUR_RECORD', 'NOT_YOUR_RECORD', 'NOT_YOUR_RECORD']],
  ])('an officer of the %s department', (_, department, expected) => {
    const who = actor(actors.officer(department))
    const decisions = [mayAnswerCase(who, ITEM), mayFollowUp(who, RUNNING), mayAskRequester(who, RUNNING), mayReadInbox(who, OWN)]
    expect(decisions.map(outcome)).toEqual(expected)
  })

  it.each([
    ['waits', ITEM, 'allowed'],
    ['was never routed here', null, 'NOT_FOUND'],
    ['is answered', { ...ITEM, handlingId: 'csh', answeredAt: NOW }, 'ALREADY_DECIDED'],
    ['was routed elsewhere', { ...ITEM, closedAt: NOW, closedWhy: 'SUPERSEDED' as const }, 'WRONG_STAGE'],
    ['was withdrawn', { ...ITEM, closedAt: NOW, closedWhy: 'WITHDRAWN' as const }, 'WRONG_STAGE'],
    ['was merged', { ...ITEM, closedAt: NOW, closedWhy: 'MERGED' as const }, 'WRONG_STAGE'],
  ])('answers what %s: %3$s', (_, item, expected) => {
    expect(outcome(mayAnswerCase(actor(actors.officer(OWN)), item))).toBe(expected)
  })

  it.each([
    ['runs', RUNNING, 'allowed'],
    ['is unknown', null, 'NOT_FOUND'],
    ['was declined', { ...RUNNING, verdict: 'DECLINED' as const, promise: null }, 'WRONG_STAGE'],
    ['is resolved', { ...RUNNING, resolvedAt: NOW }, 'WRONG_STAGE'],
    ['was withdrawn', { ...RUNNING, lapsedAt: NOW, lapsedWhy: 'WITHDRAWN' as const }, 'WRONG_STAGE'],
    ['was merged', { ...RUNNING, lapsedAt: NOW, lapsedWhy: 'MERGED' as const }, 'WRONG_STAGE'],
  ])('works on what %s: %3$s', (_, handling, expected) => {
    expect(outcome(mayFollowUp(actor(actors.officer(OWN)), handling))).toBe(expected)
  })

  it.each([
    [0, 'allowed'],
    [1, 'allowed'],
    [2, 'EXTENSION_LIMIT'],
  ])('asks after %d questions: %s', (times, expected) => {
    expect(outcome(mayAskRequester(actor(actors.officer(OWN)), asked(times)))).toBe(expected)
  })
})
