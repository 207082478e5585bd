import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  type AnswerFact,
  type MatterFacts,
  type TriageFact,
  DECLINE_REASONS,
  ROUTE_KINDS,
  SUGGESTION_STAGES,
  VERDICTS,
  ageBucket,
  bounceCount,
  isOpen,
  noFacts,
  stageOf,
} from './index.js'

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000)
const now = day(50)
const triage = (triageId: string, at: number, to: string[], route: TriageFact['route'] = 'GOVERNMENT'): TriageFact => ({
  triageId,
  at: day(at),
  to,
  route,
})
const answer = (partyId: string, triageId: string, at: number, more: Partial<AnswerFact> = {}): AnswerFact => ({
  partyKind: 'GOVERNMENT',
  ...{ partyId, triageId, at: day(at), recordId: `${partyId}-${at}` },
  ...{ verdict: 'ACCEPTED', reason: null, hasProgress: false, openQuestionUntil: null, resolvedAt: null },
  ...more,
})
const decline = (partyId: string, triageId: string, at: number, reason: AnswerFact['reason']): AnswerFact =>
  answer(partyId, triageId, at, { verdict: 'DECLINED', reason })
const stage = (facts: Partial<MatterFacts>): string => stageOf({ ...noFacts, ...facts }, now)

const t1 = triage('t1', 1, ['dep1'])
const both = triage('t1', 1, ['dep1', 'dep2'])
const resolved = answer('dep1', 't1', 2, { resolvedAt: day(5) })

describe('the stage of a suggestion', () => {
  const table: [string, Partial<MatterFacts>, string][] = [
    ['nobody has written yet', {}, 'SUBMITTED'],
    ['routed, no answer', { triage: t1 }, 'TRIAGED'],
    ['found a duplicate, contest time running', { triage: triage('t1', 1, [], 'DUPLICATE') }, 'TRIAGED'],
    ['merged', { triage: triage('t1', 1, [], 'DUPLICATE'), mergedInto: 'sug_x' }, 'MERGED'],
    ['answered at the desk', { triage: triage('t1', 1, [], 'ANSWERED') }, 'EXPLAINED'],
    ['sent to mediation', { triage: triage('t1', 1, [], 'MEDIATION') }, 'TRIAGED'],
    ['accepted', { triage: t1, answers: [answer('dep1', 't1', 2)] }, 'PROMISED'],
    ['accepted, a note written', { triage: t1, answers: [answer('dep1', 't1', 2, { hasProgress: true })] }, 'IN_PROGRESS'],
    [
      'a question open',
      { triage: t1, answers: [answer('dep1', 't1', 2, { hasProgress: true, openQuestionUntil: day(51) })] },
      'WAITING_FOR_RESIDENT',
    ],
    ['a question run out', { triage: t1, answers: [answer('dep1', 't1', 2, { openQuestionUntil: now })] }, 'PROMISED'],
    ['resolved', { triage: t1, answers: [resolved] }, 'RESOLVED'],
    ['resolved with a question left open', { triage: t1, answers: [{ ...resolved, openQuestionUntil: day(51) }] }, 'RESOLVED'],
    ['resolved, resident says done', { triage: t1, answers: [resolved], outcome: { resolved: true, at: day(6) } }, 'SATISFIED'],
    ['resolved, resident says not done', { triage: t1, answers: [resolved], outcome: { resolved: false, at: day(6) } }, 'RESOLVED'],
    [
      'rated before anything was resolved',
      { triage: t1, answers: [answer('dep1', 't1', 2)], outcome: { resolved: true, at: day(6) } },
      'PROMISED',
    ],
    [
      'withdrawn, though satisfied',
      { triage: t1, answers: [resolved], outcome: { resolved: true, at: day(6) }, withdrawnAt: day(7) },
      'WITHDRAWN',
    ],
    ['withdrawn and merged', { mergedInto: 'sug_x', withdrawnAt: day(7) }, 'WITHDRAWN'],
    // Several handlings
    ['one of two resolved', { triage: both, answers: [resolved, answer('dep2', 't1', 2)] }, 'IN_PROGRESS'],
    [
      'two accepted, one asks',
      { triage: both, answers: [answer('dep1', 't1', 2), answer('dep2', 't1', 2, { openQuestionUntil: day(60) })] },
      'WAITING_FOR_RESIDENT',
    ],
    ['both resolved', { triage: both, answers: [resolved, answer('dep2', 't1', 2, { resolvedAt: day(8) })] }, 'RESOLVED'],
    [
      'one accepted, one declined',
      { triage: both, answers: [answer('dep1', 't1', 2), decline('dep2', 't1', 3, 'NOT_MY_FUNCTION')] },
      'PROMISED',
    ],
    [
      'a committee and a nonprofit share it',
      {
        triage: both,
        answers: [
          { ...resolved, partyKind: 'COMMITTEE' },
          { ...answer('n', 't1', 3), partyKind: 'NONPROFIT' },
        ],
      },
      'IN_PROGRESS',
    ],
    // Declines
    ['declined, not mine', { triage: t1, answers: [decline('dep1', 't1', 2, 'NOT_MY_FUNCTION')] }, 'REFERRED_BACK'],
    ['declined with a reason', { triage: t1, answers: [decline('dep1', 't1', 2, 'NO_CAPACITY')] }, 'EXPLAINED'],
    [
      'both decline, one of them "not mine"',
      { triage: both, answers: [decline('dep1', 't1', 2, 'UNLAWFUL'), decline('dep2', 't1', 2, 'NOT_MY_FUNCTION')] },
      'REFERRED_BACK',
    ],
    ['one declined with a reason, one silent', { triage: both, answers: [decline('dep1', 't1', 2, 'UNLAWFUL')] }, 'TRIAGED'],
    ['one says "not mine", one silent', { triage: both, answers: [decline('dep1', 't1', 2, 'NOT_MY_FUNCTION')] }, 'REFERRED_BACK'],
    ['a counter-offer is no decline', { triage: t1, answers: [answer('dep1', 't1', 2, { verdict: 'COUNTERED' })] }, 'TRIAGED'],
    [
      'triaged anew after a decline',
      { triage: triage('t2', 3, ['dep2']), answers: [decline('dep1', 't1', 2, 'NOT_MY_FUNCTION')] },
      'TRIAGED',
    ],
    [
      'the same department asked again',
      { triage: triage('t2', 3, ['dep1']), answers: [decline('dep1', 't1', 2, 'NO_CAPACITY')] },
      'TRIAGED',
    ],
    [
      'an old decline without triage id',
      { triage: triage('t2', 3, ['dep2']), answers: [{ ...decline('dep1', 't1', 2, 'OTHER'), triageId: null }] },
      'TRIAGED',
    ],
    ['a promise stands after a new triage', { triage: triage('t2', 3, ['dep2']), answers: [answer('dep1', 't1', 2)] }, 'PROMISED'],
    [
      'declined twice in a row',
      { triage: triage('t2', 3, ['dep2']), answers: [decline('dep1', 't1', 2, 'NOT_MY_FUNCTION'), decline('dep2', 't2', 4, 'OTHER')] },
      'EXPLAINED',
    ],
    // Conference
    ['routed to a conference', { triage: triage('t3', 5, [], 'JOINT_CONFERENCE') }, 'IN_CONFERENCE'],
    [
      'called by the bounce rule',
      { triage: t1, answers: [decline('dep1', 't1', 2, 'NOT_MY_FUNCTION')], conferenceCalledAt: day(3) },
      'IN_CONFERENCE',
    ],
    ['routed on after the conference', { triage: triage('t4', 9, ['dep2']), conferenceCalledAt: day(3) }, 'TRIAGED'],
    [
      'accepted while the conference is called',
      { triage: triage('t3', 5, [], 'JOINT_CONFERENCE'), answers: [answer('dep2', 't3', 6)] },
      'PROMISED',
    ],
    // Reopening
    ['reopened', { triage: t1, answers: [resolved], reopenedAt: [day(6)] }, 'REOPENED'],
    [
      'reopened after "satisfied"',
      { triage: t1, answers: [resolved], outcome: { resolved: true, at: day(6) }, reopenedAt: [day(7)] },
      'REOPENED',
    ],
    ['reopened, accepted anew', { triage: t1, answers: [resolved, answer('dep1', 't1', 8)], reopenedAt: [day(7)] }, 'REOPENED'],
    [
      'reopened, resolved anew, old rating',
      {
        triage: t1,
        answers: [resolved, answer('dep1', 't1', 8, { resolvedAt: day(9) })],
        outcome: { resolved: true, at: day(6) },
        reopenedAt: [day(7)],
      },
      'RESOLVED',
    ],
    [
      'reopened, resolved and rated anew',
      {
        triage: t1,
        answers: [resolved, answer('dep1', 't1', 8, { resolvedAt: day(9) })],
        outcome: { resolved: true, at: day(10) },
        reopenedAt: [day(7)],
      },
      'SATISFIED',
    ],
    [
      'reopened a second time',
      { triage: t1, answers: [resolved, answer('dep1', 't1', 8, { resolvedAt: day(9) })], reopenedAt: [day(10), day(7)] },
      'REOPENED',
    ],
    [
      'reopened, then explained',
      { triage: t1, answers: [resolved, decline('dep1', 't1', 8, 'NO_FUNDING')], reopenedAt: [day(7)] },
      'EXPLAINED',
    ],
    [
      'reopened, then "not mine"',
      { triage: t1, answers: [resolved, decline('dep1', 't1', 8, 'NOT_MY_FUNCTION')], reopenedAt: [day(7)] },
      'REOPENED',
    ],
    ['an answer at the desk reopened', { triage: triage('t1', 1, [], 'ANSWERED'), reopenedAt: [day(7)] }, 'REOPENED'],
    [
      'answered at the desk after reopening',
      { triage: triage('t2', 8, [], 'ANSWERED'), answers: [resolved], reopenedAt: [day(7)] },
      'EXPLAINED',
    ],
    ['an explanation reopened', { triage: t1, answers: [decline('dep1', 't1', 2, 'OTHER')], reopenedAt: [day(3)] }, 'REOPENED'],
    ['reopened, then withdrawn', { triage: t1, answers: [resolved], reopenedAt: [day(6)], withdrawnAt: day(7) }, 'WITHDRAWN'],
  ]
  it.each(table)('%s', (_, facts, expected) => expect(stage(facts)).toBe(expected))

  it('has every stage of the schema among these examples', () => {
    expect(new Set(table.map(([, facts]) => stage(facts)))).toEqual(new Set(SUGGESTION_STAGES))
  })
})

describe('any set of facts', () => {
  const date = fc.integer({ min: 0, max: 40 }).map(day)
  const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 2 })
  const party = fc.constantFrom('a', 'b', 'c')
  const triageId = fc.constantFrom('t1', 't2')
  const anyAnswer: fc.Arbitrary<AnswerFact> = fc.record({
    partyKind: fc.constantFrom('GOVERNMENT', 'COMMITTEE', 'NONPROFIT'),
    ...{ partyId: party, recordId: fc.string(), triageId: maybe(triageId), verdict: fc.constantFrom(...VERDICTS) },
    ...{ reason: maybe(fc.constantFrom(...DECLINE_REASONS)), at: date, hasProgress: fc.boolean() },
    ...{ openQuestionUntil: maybe(date), resolvedAt: maybe(date) },
  })
  const facts: fc.Arbitrary<MatterFacts> = fc.record({
    ...{ withdrawnAt: fc.option(date, { nil: null, freq: 9 }), mergedInto: fc.option(fc.string(), { nil: null, freq: 9 }) },
    triage: maybe(fc.record({ triageId, route: fc.constantFrom(...ROUTE_KINDS), at: date, to: fc.array(party) })),
    ...{ conferenceCalledAt: maybe(date), answers: fc.array(anyAnswer, { maxLength: 4 }), reopenedAt: fc.array(date, { maxLength: 2 }) },
    outcome: maybe(fc.record({ resolved: fc.boolean(), at: date })),
  })
  const holds = (check: (facts: MatterFacts) => void): void => fc.assert(fc.property(facts, check), { numRuns: 1000 })

  it('has exactly one stage, which does not depend on the order of the answers', () =>
    holds((one) => {
      expect(SUGGESTION_STAGES).toContain(stageOf(one, now))
      expect(stageOf({ ...one, answers: [...one.answers].reverse(), reopenedAt: [...one.reopenedAt].reverse() }, now)).toBe(
        stageOf(one, now),
      )
    }))
  it('is withdrawn if and only if the author withdrew', () =>
    holds((one) => expect(stageOf(one, now) === 'WITHDRAWN').toBe(one.withdrawnAt !== null)))
  it('is satisfied only if the resident said so, and never by silence', () =>
    holds((one) => {
      expect(stageOf({ ...one, outcome: null }, now)).not.toBe('SATISFIED')
      if (stageOf(one, now) === 'SATISFIED') expect(one.outcome?.resolved).toBe(true)
    }))
  it('is not closed while an accepted handling of it is unresolved, unless the author withdrew or it was merged', () =>
    holds((one) => {
      const isRunning = one.answers.some(({ verdict, resolvedAt }) => verdict === 'ACCEPTED' && resolvedAt === null)
      if (isRunning && !one.withdrawnAt && one.mergedInto === null) expect(isOpen(stageOf(one, now))).toBe(true)
    }))
  it('is reopened by a reopening later than everything else', () =>
    holds((one) => {
      if (one.withdrawnAt || one.mergedInto !== null) return
      expect(stageOf({ ...one, reopenedAt: [...one.reopenedAt, day(41)] }, now)).toBe('REOPENED')
    }))
})

describe('open matters', () => {
  it('are those that Open311 calls open', () => {
    expect(SUGGESTION_STAGES.filter((one) => !isOpen(one))).toEqual(['EXPLAINED', 'RESOLVED', 'SATISFIED', 'MERGED', 'WITHDRAWN'])
  })
  it.each([
    [-1, 'D0_2'],
    [0, 'D0_2'],
    [2, 'D0_2'],
    [3, 'D3_7'],
    [7, 'D3_7'],
    [8, 'D8_30'],
    [30, 'D8_30'],
    [31, 'D31_90'],
    [90, 'D31_90'],
    [91, 'OVER_90'],
  ])('of %i days are in %s', (days, bucket) => expect(ageBucket(days)).toBe(bucket))
  it('bounce once for each decline "not my function", over all triages', () => {
    const answers = [
      decline('a', 't1', 1, 'NOT_MY_FUNCTION'),
      decline('b', 't2', 2, 'NOT_MY_FUNCTION'),
      decline('c', 't3', 3, 'OTHER'),
      answer('d', 't4', 4),
    ]
    expect([bounceCount(answers), bounceCount([])]).toEqual([2, 0])
  })
})
