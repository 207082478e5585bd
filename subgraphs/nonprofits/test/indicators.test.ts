import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { acceptOne, askAbout, DECLINE, DELIVER, EXTEND, PROMISE, registerNonprofits } from './street.data.js'

const WORK = `query ($r: [_Any!]!, $period: PeriodInput!) { _entities(representations: $r) { ... on Community { nonprofitWork(period: $period) {
  registered handled received overdueNow responded { ...r } active { ...r } onTime { ...r } keptPromise { ...r } extended { ...r } } } } }
  fragment r on Rate { numerator denominator formula suppressed }`
const MARCH = { from: '2026-03-01', to: '2026-03-31' }

describe('the work of nonprofits in a community', () => {
  let nonprofits: TestParty
  const ids = [newTypeId('npo', 1), newTypeId('npo', 2), newTypeId('npo', 3), newTypeId('npo', 4)] as const
  const [first, second, idle] = ids
  const [north, south, quiet] = [newTypeId('com', 1), newTypeId('com', 2), newTypeId('com', 3)] as const
  const work = async (communities: readonly string[], period: { from: string; to: string }) => {
    const answer = await nonprofits.run(actors.anonymous(), WORK, { r: communities.map((id) => ({ __typename: 'Community', id })), period })
    expectNoErrors(answer)
    return (answer.data._entities as Array<{ nonprofitWork: Record<string, unknown> }>).map(({ nonprofitWork }) => nonprofitWork)
  }
  const deliver = async (nonprofit: string, engagement: string) =>
    expectDone(await nonprofits.run(actors.worker(nonprofit), DELIVER, { input: { engagement, delivery: '已送达' } }))

  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph })
    await registerNonprofits(nonprofits, ids)
    // Monday 2 March: four promises until the 16th in the north, one in the south.
    const kept = await acceptOne(nonprofits, first, { community: north })
    const late = await acceptOne(nonprofits, first, { community: north })
    const extended = await acceptOne(nonprofits, second, { community: north })
    const withdrawn = await acceptOne(nonprofits, second, { community: north })
    await acceptOne(nonprofits, first, { community: south })
    const declined = await askAbout(nonprofits, idle, { community: north })
    expectDone(
      await nonprofits.run(actors.worker(idle), DECLINE, {
        input: { referral: declined.referral, reason: 'NO_CAPACITY', note: '人手不足' },
      }),
    )
    await askAbout(nonprofits, idle, { community: north, answerBy: '2026-03-05T16:00:00.000Z' })
    const { suggestion } = withdrawn
    const at = '2026-03-03T02:00:00.000Z'
    await nonprofits.tell({ type: 'resident.suggestion.withdrawn', source: 'residents', subject: suggestion, data: { suggestion, at } })
    await deliver(first, kept.engagement)
    expectDone(await nonprofits.run(actors.worker(second), EXTEND, { input: { engagement: extended.engagement, days: 2, why: '等材料' } }))
    nonprofits.clock.set('2026-03-17T08:00:00.000Z')
    await deliver(second, extended.engagement)
    nonprofits.clock.set('2026-04-02T02:00:00.000Z')
    await deliver(first, late.engagement)
    nonprofits.clock.set('2026-04-03T02:00:00.000Z')
    await acceptOne(nonprofits, second, { community: north, promise: { ...PROMISE, days: 1 }, answerBy: '2026-04-10T16:00:00.000Z' })
    nonprofits.clock.set('2026-04-20T02:00:00.000Z')
  })
  afterAll(() => nonprofits.stop())

  it('counts promises by the day on which they end, and nothing that was owed to nobody', async () => {
    const [inMarch] = await work([north], MARCH)
    expect(inMarch).toMatchObject({
      registered: 4,
      handled: 2,
      received: 6,
      responded: { numerator: 5, denominator: 6, formula: 'I5.responded/1' },
      active: { numerator: 2, denominator: 4, formula: 'I6.active/1' },
      onTime: { numerator: 2, denominator: 3, formula: 'I5.onTime/1' },
      keptPromise: { numerator: 1, denominator: 3 },
      extended: { numerator: 1, denominator: 4 },
      overdueNow: 1,
    })
  })

  it('gives a limit at 24:00 to the day that it ends, not to the next one', async () => {
    const [lastDay] = await work([north], { from: '2026-03-16', to: '2026-03-16' })
    const [nextDay] = await work([north], { from: '2026-03-17', to: '2026-03-17' })
    expect(lastDay).toMatchObject({ keptPromise: { denominator: 3 }, onTime: { denominator: 2 }, handled: 0 })
    expect(nextDay).toMatchObject({ keptPromise: { denominator: 0 }, onTime: { denominator: 0 }, handled: 1 })
  })

  it('counts a delivery in its own month', async () => {
    const [april] = await work([north], { from: '2026-04-01', to: '2026-04-30' })
    expect(april).toMatchObject({ handled: 1, active: { numerator: 2 }, onTime: { numerator: 0, denominator: 1 } })
  })

  it('answers for many communities in one statement, zero where nothing was asked', async () => {
    const many = [north, south, quiet, ...Array.from({ length: 6 }, () => newTypeId('com'))]
    let answers: Array<Record<string, unknown>> = []
    const names = await nonprofits.statements(async () => {
      answers = await work(many, MARCH)
    })
    expect(names.filter((name) => !name.startsWith('relay.'))).toEqual(['indicators.nonprofit_work'])
    expect(answers).toHaveLength(9)
    expect(answers[1]).toMatchObject({ handled: 0, overdueNow: 1, active: { numerator: 1, denominator: 4 } })
    expect(answers[2]).toMatchObject({ registered: 4, handled: 0, received: 0, onTime: { numerator: 0, denominator: 0 } })
  })

  it('refuses a period that is none, and gives nothing for an id that is none', async () => {
    for (const period of [
      { from: '2026-03-31', to: '2026-03-01' },
      { from: '2010-01-01', to: '2026-01-01' },
    ]) {
      const answer = await nonprofits.run(actors.anonymous(), WORK, { r: [{ __typename: 'Community', id: north }], period })
      expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
    }
    const answer = await nonprofits.run(actors.anonymous(), WORK, { r: [{ __typename: 'Community', id: 'com_\u0000' }], period: MARCH })
    expectNoErrors(answer)
    expect(answer.data._entities).toEqual([null])
  })
})
