import { describe, expect, it } from '@jest/globals'

import type { Actor, Role } from '@commonhall/shared/identity'
import { chinaCalendar } from '@commonhall/shared/time'

import type { Referral } from '../referrals/index.js'
import { accept, decline, deliver, type Acceptance, type Engagement } from './engagement.js'
import { mayAnswerReferral, mayExtendEngagement, mayReportDelivery } from './engagement.policy.js'

const OWN = 'npo_own'
const OTHER = 'npo_other'
const AT = new Date('2026-03-02T02:00:00Z')

const actor = (kind: 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT' | null, role: Role, partyId = OWN): Actor => ({
  subject: 's',
  roles: [role],
  actingFor: kind === null ? null : { kind, partyId, role },
  client: 'test',
  purpose: null,
  language: 'en',
})

const referral: Referral = {
  id: 'ref_1',
  ownerPartyId: OWN,
  suggestionId: 'sug_1',
  communityId: 'com_1',
  triageId: 'trg_1',
  round: 0,
  arrivedAt: AT,
  answerBy: AT,
  engagementId: null,
  answeredAt: null,
  closedAt: null,
  closedWhy: null,
}
const asked = {
  id: 'eng_1',
  ownerPartyId: OWN,
  referralId: 'ref_1',
  suggestionId: 'sug_1',
  communityId: 'com_1',
  triageId: 'trg_1',
  at: AT,
}
const made = accept(asked, { days: 5, clock: 'WORKING', basis: 'agreement' }, chinaCalendar())
if (!made.ok) throw new Error(made.code)
const accepted: Acceptance = made.engagement
const given = deliver(accepted, 'done', AT)
if (!given.ok) throw new Error(given.code)
const states = {
  accepted,
  declined: decline(asked, 'OTHER', 'no'),
  delivered: given.engagement,
  withdrawn: { ...accepted, lapsedAt: AT, lapsedWhy: 'WITHDRAWN' },
  merged: { ...accepted, lapsedAt: AT, lapsedWhy: 'MERGED' },
} as const satisfies Record<string, Engagement>

const codeOf = (decision: { readonly refused: boolean; readonly code?: string }): string =>
  decision.refused ? String(decision.code) : 'allowed'

describe('who may do what with a referral and its engagement', () => {
  const roles: Array<[string, Actor, string, string]> = [
    ['a worker of the organization', actor('NONPROFIT', 'worker'), 'allowed', 'allowed'],
    ['a worker of another organization', actor('NONPROFIT', 'worker', OTHER), 'NOT_FOUND', 'NOT_YOUR_RECORD'],
    ['somebody else at the organization', actor('NONPROFIT', 'auditor'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
    ['an officer', actor('GOVERNMENT', 'officer'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
    ['a cadre', actor('COMMITTEE', 'cadre'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
    ['a clerk', actor('COMMITTEE', 'clerk'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
    ['a resident', actor(null, 'resident'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
    ['an auditor', actor(null, 'auditor'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
    ['nobody signed in', actor(null, 'anonymous'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
  ]
  it.each(roles)('%s', (_name, who, onDesk, onRecord) => {
    expect(codeOf(mayAnswerReferral(who, referral))).toBe(onDesk)
    expect(codeOf(mayExtendEngagement(who, accepted))).toBe(onRecord)
    expect(codeOf(mayReportDelivery(who, accepted))).toBe(onRecord)
  })

  const worker = actor('NONPROFIT', 'worker')
  it.each([
    ['accepted', 'allowed', 'allowed'],
    ['declined', 'WRONG_STAGE', 'WRONG_STAGE'],
    ['delivered', 'WRONG_STAGE', 'ALREADY_DONE'],
    ['withdrawn', 'WRONG_STAGE', 'allowed'],
    ['merged', 'WRONG_STAGE', 'allowed'],
  ] as const)('%s: extending is %s, reporting a delivery is %s', (state, extending, delivering) => {
    expect(codeOf(mayExtendEngagement(worker, states[state]))).toBe(extending)
    expect(codeOf(mayReportDelivery(worker, states[state]))).toBe(delivering)
  })

  it.each(['SUPERSEDED', 'WITHDRAWN', 'MERGED'] as const)(
    'a referral that left the desk as %s is answered no more, and says why',
    (closedWhy) => {
      const decision = mayAnswerReferral(worker, { ...referral, closedAt: AT, closedWhy })
      expect(decision).toMatchObject({ refused: true, code: 'WRONG_STAGE', message: { en: expect.any(String), zh: expect.any(String) } })
    },
  )

  it('an answered referral is decided, and none is not found', () => {
    expect(codeOf(mayAnswerReferral(worker, { ...referral, engagementId: 'eng_1', answeredAt: AT }))).toBe('ALREADY_DECIDED')
    expect(codeOf(mayAnswerReferral(worker, null))).toBe('NOT_FOUND')
    expect(codeOf(mayExtendEngagement(worker, null))).toBe('NOT_FOUND')
    expect(codeOf(mayReportDelivery(worker, null))).toBe('NOT_FOUND')
  })
})
