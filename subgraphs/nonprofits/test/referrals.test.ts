import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { acceptOne, askAbout, DECLINE, DELIVER, deskOf, registerNonprofits, triage } from './street.data.js'

describe('the desk of an organization', () => {
  let nonprofits: TestParty
  const [own, other, third] = [newTypeId('npo', 1), newTypeId('npo', 2), newTypeId('npo', 3)] as const
  const placeOf = async (nonprofit: string, suggestion: string, more = '') =>
    (await deskOf(nonprofits, nonprofit, more)).filter((one) => (one['suggestion'] as { id: string }).id === suggestion)
  const reopen = (suggestion: string, facts: { count?: number; toDesk?: boolean; at?: string } = {}) =>
    nonprofits.tell({
      type: 'resident.suggestion.reopened',
      source: 'residents',
      subject: suggestion,
      data: { suggestion, count: facts.count ?? 1, toDesk: facts.toDesk ?? false, at: facts.at ?? nonprofits.clock.now().toISOString() },
    })
  const deliver = async (nonprofit: string, engagement: string) =>
    expectDone(await nonprofits.run(actors.worker(nonprofit), DELIVER, { input: { engagement, delivery: '已上门' } }))

  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph })
    await registerNonprofits(nonprofits, [own, other, third])
  })
  afterAll(() => nonprofits.stop())

  it('gets a place for each organization that a triage addresses, by either route', async () => {
    for (const route of ['NONPROFIT', 'MEDIATION']) {
      const suggestion = newTypeId('sug')
      await triage(nonprofits, { suggestion, to: [own, other], route })
      expect(await placeOf(own, suggestion)).toMatchObject([{ answerBy: '2026-03-09T16:00:00.000Z', overdue: false, engagement: null }])
      expect(await placeOf(other, suggestion)).toHaveLength(1)
      expect(await placeOf(third, suggestion)).toEqual([])
    }
  })

  it('gets none for an invitation to a conference or for what departments are asked', async () => {
    for (const route of ['JOINT_CONFERENCE', 'GOVERNMENT', 'SELF']) {
      const suggestion = newTypeId('sug')
      await triage(nonprofits, { suggestion, to: route === 'GOVERNMENT' ? [newTypeId('dep')] : [own], route })
      expect(await placeOf(own, suggestion)).toEqual([])
    }
  })

  it('holds one place when the same triage is told twice under two ids', async () => {
    const suggestion = newTypeId('sug')
    const id = await triage(nonprofits, { suggestion, to: [own] })
    await triage(nonprofits, { suggestion, to: [own], triage: id })
    expect(await placeOf(own, suggestion)).toHaveLength(1)
  })

  it('loses what nobody answered when the matter is sent elsewhere, and keeps what was accepted', async () => {
    const { suggestion } = await acceptOne(nonprofits, other, { to: [own, other] })
    nonprofits.clock.advanceMs(60_000)
    await triage(nonprofits, { suggestion, to: [third] })
    expect(await placeOf(own, suggestion)).toEqual([])
    expect(await placeOf(other, suggestion)).toMatchObject([{ engagement: { verdict: 'ACCEPTED' } }])
    expect(await placeOf(third, suggestion)).toHaveLength(1)
  })

  it('keeps the later triage when an earlier one arrives after it', async () => {
    const suggestion = newTypeId('sug')
    await triage(nonprofits, { suggestion, to: [other], at: '2026-03-01T02:00:00.000Z' })
    await triage(nonprofits, { suggestion, to: [own], at: '2026-02-27T02:00:00.000Z' })
    expect(await placeOf(other, suggestion)).toHaveLength(1)
    expect(await placeOf(own, suggestion)).toEqual([])
    await nonprofits.sql('alter table referrals no force row level security')
    const rows = await nonprofits.sql('select closed_why from referrals where suggestion_id = $1 and owner_party_id = $2', [
      suggestion,
      own,
    ])
    expect(rows).toEqual([{ closed_why: 'SUPERSEDED' }])
  })

  it.each(['withdrawn', 'merged'] as const)('is cleared when the matter is %s, also when that is told before the triage', async (end) => {
    const [known, unknown] = [newTypeId('sug'), newTypeId('sug')]
    await triage(nonprofits, { suggestion: known, to: [own] })
    for (const suggestion of [known, unknown]) {
      const at = nonprofits.clock.now().toISOString()
      const event = { source: 'residents' as const, subject: suggestion }
      if (end === 'withdrawn') await nonprofits.tell({ ...event, type: 'resident.suggestion.withdrawn', data: { suggestion, at } })
      else await nonprofits.tell({ ...event, type: 'resident.suggestion.merged', data: { suggestion, into: newTypeId('sug'), at } })
    }
    await triage(nonprofits, { suggestion: unknown, to: [own] })
    expect(await placeOf(own, known)).toEqual([])
    expect(await placeOf(own, unknown)).toEqual([])
  })

  it('asks the organization that delivered again when the author reopens, with 5 working days to answer', async () => {
    const { suggestion, engagement } = await acceptOne(nonprofits, own, { to: [own, other] })
    expectDone(
      await nonprofits.run(actors.worker(other), DECLINE, {
        input: { referral: (await placeOf(other, suggestion))[0]?.['id'], reason: 'NO_CAPACITY', note: '人手不足' },
      }),
    )
    await deliver(own, engagement)
    expect(await placeOf(own, suggestion)).toEqual([])
    await reopen(suggestion, { at: '2026-03-05T03:00:00.000Z' })
    await reopen(suggestion, { at: '2026-03-05T03:00:00.000Z' })
    // Thursday, and five working days later the next Thursday at 24:00 in Chongqing.
    expect(await placeOf(own, suggestion)).toMatchObject([{ answerBy: '2026-03-12T16:00:00.000Z', engagement: null }])
    expect(await placeOf(other, suggestion)).toEqual([])
    const again = expectDone(
      await nonprofits.run(
        actors.worker(own),
        `mutation ($input: AcceptReferralInput!) { acceptReferral(input: $input) { __typename ... on Engagement { id } } }`,
        {
          input: { referral: (await placeOf(own, suggestion))[0]?.['id'], promise: { days: 3, clock: 'WORKING' } },
        },
      ),
    )
    expect(again['id']).not.toBe(engagement)
  })

  it('asks whoever explained a no again, when nobody had accepted', async () => {
    const { suggestion, referral } = await askAbout(nonprofits, own)
    expectDone(await nonprofits.run(actors.worker(own), DECLINE, { input: { referral, reason: 'OUT_OF_SCOPE', note: '不在服务范围' } }))
    nonprofits.clock.advanceMs(60_000)
    await reopen(suggestion)
    expect(await placeOf(own, suggestion)).toHaveLength(1)
  })

  it('is not asked by a second reopening, nor by one that a later triage has met', async () => {
    const second = await acceptOne(nonprofits, own)
    await deliver(own, second.engagement)
    await reopen(second.suggestion, { count: 2, toDesk: true })
    expect(await placeOf(own, second.suggestion)).toEqual([])
    const met = await acceptOne(nonprofits, own)
    await deliver(own, met.engagement)
    const reopenedAt = new Date(nonprofits.clock.now().getTime() + 1_000).toISOString()
    nonprofits.clock.advanceMs(60_000)
    await triage(nonprofits, { suggestion: met.suggestion, to: [other] })
    await reopen(met.suggestion, { at: reopenedAt })
    expect(await placeOf(own, met.suggestion)).toEqual([])
  })

  it('tells what is overdue and what waits, by the clock', async () => {
    const { suggestion } = await askAbout(nonprofits, third, { answerBy: '2026-03-03T16:00:00.000Z' })
    expect(await placeOf(third, suggestion, ', overdue: true')).toEqual([])
    nonprofits.clock.set('2026-03-03T16:00:00.000Z')
    expect(await placeOf(third, suggestion, ', overdue: true')).toEqual([])
    nonprofits.clock.advanceMs(1)
    expect(await placeOf(third, suggestion, ', overdue: true')).toMatchObject([{ overdue: true }])
    expect(await placeOf(third, suggestion, ', overdue: false')).toEqual([])
    const accepted = await acceptOne(nonprofits, third)
    expect(await placeOf(third, accepted.suggestion, ', answered: true')).toHaveLength(1)
    expect(await placeOf(third, accepted.suggestion, ', answered: false')).toEqual([])
  })

  it('is read by its own workers only', async () => {
    const read = (actor: Parameters<TestParty['run']>[0], nonprofit: string) =>
      nonprofits.run(actor, `query ($nonprofit: ID!) { referrals(nonprofit: $nonprofit) { nodes { id } } }`, { nonprofit })
    const strangers = [
      actors.resident('r'),
      actors.clerk(newTypeId('cmt')),
      actors.cadre(newTypeId('cmt')),
      actors.officer(newTypeId('dep')),
    ]
    for (const actor of [...strangers, actors.worker(other), actors.auditor()])
      expect((await read(actor, own)).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'SCOPE' })
    expect((await read(actors.anonymous(), own)).errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
    for (const id of ['', 'npo_\u0000', newTypeId('dep'), 'x'.repeat(10_000)])
      expect((await read(actors.worker(own), id)).errors[0]?.extensions?.['code']).toBe('FORBIDDEN')
    expectNoErrors(await read(actors.worker(own), own))
  })

  it('gives a referral by id to its own worker, and null to everybody else, in one statement for 100', async () => {
    const { referral } = await askAbout(nonprofits, own)
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Referral { id } } }`
    const r = Array.from({ length: 100 }, () => ({ __typename: 'Referral', id: referral }))
    const names = await nonprofits.statements(async () => {
      const answer = await nonprofits.run(actors.worker(own), query, { r })
      expect(answer.data._entities[99]).toEqual({ id: referral })
    })
    expect(names.filter((name) => !name.startsWith('relay.'))).toEqual(['referrals.by_ids'])
    for (const actor of [actors.worker(other), actors.anonymous(), actors.officer(newTypeId('dep'))])
      expect((await nonprofits.run(actor, query, { r: r.slice(0, 1) })).data._entities).toEqual([null])
  })

  it('is paged completely by limit, each place once, while others arrive', async () => {
    const busy = newTypeId('npo', 9)
    await registerNonprofits(nonprofits, [busy])
    const first = Array.from({ length: 7 }, () => newTypeId('sug'))
    for (const suggestion of first) await triage(nonprofits, { suggestion, to: [busy], answerBy: '2026-03-20T16:00:00.000Z' })
    const seen: string[] = []
    let after: string | null = null
    for (let round = 0; round < 10; round++) {
      const answer = await nonprofits.run(
        actors.worker(busy),
        `query ($after: String) { referrals(nonprofit: "${busy}", first: 2, after: $after) { nodes { suggestion { id } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      )
      expectNoErrors(answer)
      const page = answer.data.referrals as {
        nodes: { suggestion: { id: string } }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
      seen.push(...page.nodes.map(({ suggestion }) => suggestion.id))
      for (const answerBy of round === 0 ? ['2026-03-10T16:00:00.000Z', '2026-03-25T16:00:00.000Z'] : [])
        await triage(nonprofits, { suggestion: newTypeId('sug'), to: [busy], answerBy })
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(first))
    expect(seen).toHaveLength(8)
    for (const forged of ['zzz', Buffer.from('["a","b"]').toString('base64url'), Buffer.from('[1e300,"b"]').toString('base64url')]) {
      const answer = await nonprofits.run(
        actors.worker(busy),
        `query ($after: String) { referrals(nonprofit: "${busy}", after: $after) { nodes { id } } }`,
        { after: forged },
      )
      expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
    }
  })
})
