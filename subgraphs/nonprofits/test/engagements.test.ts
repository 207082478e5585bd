import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, startTestParty, type TestActor, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createNonprofitsSubgraph, migrateNonprofits } from '../src/subgraph.js'
import { ACCEPT, acceptOne, askAbout, DECLINE, DELIVER, deskOf, EXTEND, PROMISE, registerNonprofits } from './street.data.js'

describe('what an organization answers', () => {
  let nonprofits: TestParty
  const [own, other] = [newTypeId('npo', 1), newTypeId('npo', 2)] as const
  const worker = actors.worker(own)
  const send = (actor: TestActor, mutation: string, input: object) => nonprofits.run(actor, mutation, { input })
  const told = async (suggestion: string) => (await nonprofits.published()).filter((event) => event.data['suggestion'] === suggestion)
  const withdraw = (suggestion: string) =>
    nonprofits.tell({
      type: 'resident.suggestion.withdrawn',
      source: 'residents',
      subject: suggestion,
      data: { suggestion, at: nonprofits.clock.now().toISOString() },
    })

  beforeAll(async () => {
    nonprofits = await startTestParty({ name: 'nonprofits', migrate: migrateNonprofits, create: createNonprofitsSubgraph })
    await registerNonprofits(nonprofits, [own, other])
  })
  afterAll(() => nonprofits.stop())

  describe('a yes', () => {
    it('carries a promise counted on its clock, and tells the others with keys only', async () => {
      const { suggestion, referral } = await askAbout(nonprofits, own)
      const done = expectDone(await send(worker, ACCEPT, { referral, promise: PROMISE }))
      expect(done).toMatchObject({
        verdict: 'ACCEPTED',
        by: { id: own },
        suggestion: { id: suggestion },
        // Monday 2 March, ten working days later Monday 16 March at 24:00.
        promise: { firstDueAt: '2026-03-16T16:00:00.000Z', dueAt: '2026-03-16T16:00:00.000Z', plan: '上门看望', state: 'OPEN' },
      })
      const keys = { suggestion, handling: done['id'], nonprofit: own, referral }
      const dates = { firstDueAt: '2026-03-16T16:00:00.000Z', dueAt: '2026-03-16T16:00:00.000Z', at: '2026-03-02T02:00:00.000Z' }
      expect(await told(suggestion)).toEqual([{ type: 'nonprofit.referral.accepted', subject: suggestion, data: { ...keys, ...dates } }])
    })

    it.each([
      ['PROMISE_MISSING', { promise: null }, 'promise'],
      ['PROMISE_MISSING', {}, 'promise'],
      ['PROMISE_TOO_LONG', { promise: { days: 70, clock: 'CALENDAR' } }, 'promise.days'],
      ['PROMISE_TOO_LONG', { promise: { days: 60, clock: 'WORKING' } }, 'promise.days'],
      ['INVALID_INPUT', { promise: { days: 0, clock: 'WORKING' } }, 'promise.days'],
      ['INVALID_INPUT', { promise: { days: -3, clock: 'CALENDAR' } }, 'promise.days'],
      ['INVALID_INPUT', { promise: { ...PROMISE, plan: 'x'.repeat(2_001) } }, 'promise.plan'],
      ['INVALID_INPUT', { promise: { ...PROMISE, plan: 'a\u0000b' } }, 'promise.plan'],
      ['FORBIDDEN_DATA', { promise: { ...PROMISE, plan: '身份证 11010519491231002X' } }, 'promise.plan'],
    ])('is refused with %s, case %#', async (code, input, field) => {
      const { referral } = await askAbout(nonprofits, own)
      expect(expectRefusal(await send(worker, ACCEPT, { referral, ...input }), code)).toMatchObject({ field })
      expectDone(await send(worker, ACCEPT, { referral, promise: { days: 60, clock: 'CALENDAR' } }))
    })

    it('is still taken when it comes late', async () => {
      const { referral } = await askAbout(nonprofits, own, { answerBy: '2026-03-01T16:00:00.000Z' })
      expectDone(await send(worker, ACCEPT, { referral, promise: PROMISE }))
    })
  })

  describe('a no', () => {
    it('carries reason and note, and leaves the desk', async () => {
      const { suggestion, referral } = await askAbout(nonprofits, own)
      const done = expectDone(await send(worker, DECLINE, { referral, reason: 'NO_CAPACITY', note: ' 人手不足 ' }))
      expect(done).toMatchObject({ verdict: 'DECLINED', reason: 'NO_CAPACITY', note: '人手不足', promise: null })
      expect(await told(suggestion)).toMatchObject([{ type: 'nonprofit.referral.declined', data: { reason: 'NO_CAPACITY', referral } }])
      expect((await deskOf(nonprofits, own)).map(({ id }) => id)).not.toContain(referral)
    })

    it.each([
      ['REASON_MISSING', '  '],
      ['INVALID_INPUT', 'x'.repeat(2_001)],
      ['INVALID_INPUT', 'a\u0000'],
      ['FORBIDDEN_DATA', '身份证 11010519491231002X'],
    ])('is refused with %s, note %#', async (code, note) => {
      const { referral } = await askAbout(nonprofits, own)
      expect(expectRefusal(await send(worker, DECLINE, { referral, reason: 'OTHER', note }), code)).toMatchObject({ field: 'note' })
    })
  })

  describe('an extension', () => {
    it('moves the limit and never the first one, twice at most, each no longer than the first promise', async () => {
      const { suggestion, engagement } = await acceptOne(nonprofits, own)
      expectRefusal(await send(worker, EXTEND, { engagement, days: 11, why: '等材料' }), 'EXTENSION_LIMIT')
      expectRefusal(await send(worker, EXTEND, { engagement, days: 0, why: '等材料' }), 'INVALID_INPUT')
      expectRefusal(await send(worker, EXTEND, { engagement, days: 2, why: ' ' }), 'REASON_MISSING')
      const done = expectDone(await send(worker, EXTEND, { engagement, days: 2, why: '等材料' }))
      expect(done).toMatchObject({ promise: { firstDueAt: '2026-03-16T16:00:00.000Z', dueAt: '2026-03-18T16:00:00.000Z' } })
      expectDone(await send(worker, EXTEND, { engagement, days: 10, why: '等天气' }))
      expectRefusal(await send(worker, EXTEND, { engagement, days: 1, why: '再等等' }), 'EXTENSION_LIMIT')
      expect((await told(suggestion)).map(({ type }) => type)).toEqual([
        'nonprofit.referral.accepted',
        'nonprofit.referral.extended',
        'nonprofit.referral.extended',
      ])
    })

    it('follows the rules of a community that has published its own', async () => {
      const community = newTypeId('com', 7)
      const rules = { reopenWithinDays: 30, maxExtensions: 0, bouncesToConference: 2, smallestGroup: 5 }
      const names = { name: { zh: '北', en: 'North' }, committeeName: { zh: '北居委会', en: 'North Committee' } }
      await nonprofits.tell({
        type: 'committee.community.published',
        source: 'committees',
        subject: community,
        data: { community, number: 7, committee: newTypeId('cmt'), timeZone: 'Asia/Shanghai', ...names, rules },
      })
      const { engagement } = await acceptOne(nonprofits, own, { community })
      expectRefusal(await send(worker, EXTEND, { engagement, days: 1, why: '等材料' }), 'EXTENSION_LIMIT')
    })

    it('is refused after the limit, after a delivery, of a no and after a withdrawal', async () => {
      const start = nonprofits.clock.now()
      const late = await acceptOne(nonprofits, own, { promise: { ...PROMISE, days: 1 } })
      const withdrawn = await acceptOne(nonprofits, own)
      await withdraw(withdrawn.suggestion)
      const delivered = await acceptOne(nonprofits, own)
      expectDone(await send(worker, DELIVER, { engagement: delivered.engagement, delivery: '已送达' }))
      const { referral } = await askAbout(nonprofits, own)
      const declined = expectDone(await send(worker, DECLINE, { referral, reason: 'OTHER', note: '不便' }))
      for (const engagement of [withdrawn.engagement, delivered.engagement, declined['id']])
        expectRefusal(await send(worker, EXTEND, { engagement, days: 1, why: '等' }), 'WRONG_STAGE')
      nonprofits.clock.set('2026-03-03T16:00:00.001Z')
      expectRefusal(await send(worker, EXTEND, { engagement: late.engagement, days: 1, why: '等' }), 'EXTENSION_LIMIT')
      nonprofits.clock.set(start)
    })
  })

  describe('a delivery', () => {
    it('keeps the promise, once', async () => {
      const { suggestion, referral, engagement } = await acceptOne(nonprofits, own)
      const done = expectDone(await send(worker, DELIVER, { engagement, delivery: '已送米面' }))
      expect(done).toMatchObject({ delivery: '已送米面', promise: { state: 'KEPT', keptAt: done['deliveredAt'] } })
      expectRefusal(await send(worker, DELIVER, { engagement, delivery: '再送' }), 'ALREADY_DONE')
      expect((await told(suggestion)).map(({ type }) => type)).toEqual(['nonprofit.referral.accepted', 'nonprofit.referral.delivered'])
      expect((await deskOf(nonprofits, own)).map(({ id }) => id)).not.toContain(referral)
    })

    it('may be reported late, and after the author withdrew: help that was given is a fact', async () => {
      const start = nonprofits.clock.now()
      const late = await acceptOne(nonprofits, own, { promise: { ...PROMISE, days: 1 } })
      const withdrawn = await acceptOne(nonprofits, own)
      await withdraw(withdrawn.suggestion)
      nonprofits.clock.set('2026-03-05T02:00:00.000Z')
      expect(expectDone(await send(worker, DELIVER, { engagement: late.engagement, delivery: '已修' }))).toMatchObject({
        promise: { state: 'KEPT_LATE' },
      })
      nonprofits.clock.set('2027-03-05T02:00:00.000Z')
      const read = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Engagement { lapsedAt promise { state } } } }`
      const later = await nonprofits.run(worker, read, { r: [{ __typename: 'Engagement', id: withdrawn.engagement }] })
      expect(later.data._entities).toEqual([{ lapsedAt: expect.any(String), promise: { state: 'OPEN' } }])
      expectDone(await send(worker, DELIVER, { engagement: withdrawn.engagement, delivery: '已修' }))
      nonprofits.clock.set(start)
    })

    it.each([
      ['INVALID_INPUT', ' '],
      ['INVALID_INPUT', 'x'.repeat(4_001)],
      ['INVALID_INPUT', '\u0000'],
      ['FORBIDDEN_DATA', '身份证 11010519491231002X'],
    ])('is refused with %s, text %#', async (code, delivery) => {
      const { engagement } = await acceptOne(nonprofits, own)
      expect(expectRefusal(await send(worker, DELIVER, { engagement, delivery }), code)).toMatchObject({ field: 'delivery' })
    })
  })

  describe('is given once', () => {
    it('the second answer to a referral is refused, whatever it says', async () => {
      const { referral } = await acceptOne(nonprofits, own)
      expectRefusal(await send(worker, ACCEPT, { referral, promise: PROMISE }), 'ALREADY_DECIDED')
      expectRefusal(await send(worker, DECLINE, { referral, reason: 'OTHER', note: '不便' }), 'ALREADY_DECIDED')
    })

    it('of many answers at the same moment one is taken', async () => {
      const { suggestion, referral } = await askAbout(nonprofits, own)
      const answers = await Promise.all([
        ...Array.from({ length: 3 }, () => send(worker, ACCEPT, { referral, promise: PROMISE })),
        ...Array.from({ length: 3 }, () => send(worker, DECLINE, { referral, reason: 'OTHER', note: '不便' })),
      ])
      const results = answers.map(({ data }) => Object.values(data as object)[0] as { __typename: string; code?: string })
      expect(results.filter(({ __typename }) => __typename === 'Engagement')).toHaveLength(1)
      expect(results.filter(({ code }) => code === 'ALREADY_DECIDED')).toHaveLength(5)
      expect(await told(suggestion)).toHaveLength(1)
    })

    it('the same key gives the first result again, and is refused with another input', async () => {
      const { suggestion, referral } = await askAbout(nonprofits, own)
      const input = { referral, promise: PROMISE, clientKey: 'accept-1' }
      const first = expectDone(await send(worker, ACCEPT, input))
      expect(expectDone(await send(worker, ACCEPT, input))['id']).toBe(first['id'])
      expectRefusal(await send(worker, ACCEPT, { ...input, promise: { ...PROMISE, days: 3 } }), 'KEY_REUSED')
      const delivery = { engagement: first['id'], delivery: '已送达', clientKey: 'deliver-1' }
      for (let i = 0; i < 2; i++) expectDone(await send(worker, DELIVER, delivery))
      expect(await told(suggestion)).toHaveLength(2)
    })
  })

  describe('is given by the workers of the organization alone', () => {
    const strangers: Array<[string, TestActor, string, string]> = [
      ['nobody signed in', actors.anonymous(), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
      ['a resident', actors.resident('r'), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
      ['a clerk', actors.clerk(newTypeId('cmt')), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
      ['a cadre', actors.cadre(newTypeId('cmt')), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
      ['an officer', actors.officer(newTypeId('dep')), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
      ['an auditor', actors.auditor(), 'NOT_YOUR_FUNCTION', 'NOT_YOUR_FUNCTION'],
      ['a worker of another organization', actors.worker(other), 'NOT_FOUND', 'NOT_YOUR_RECORD'],
    ]
    it.each(strangers)('%s is refused every act', async (_name, actor, onDesk, onRecord) => {
      const { referral } = await askAbout(nonprofits, own)
      const { engagement } = await acceptOne(nonprofits, own)
      expectRefusal(await send(actor, ACCEPT, { referral, promise: PROMISE }), onDesk)
      expectRefusal(await send(actor, DECLINE, { referral, reason: 'OTHER', note: '不便' }), onDesk)
      expectRefusal(await send(actor, EXTEND, { engagement, days: 1, why: '等' }), onRecord)
      const refusal = expectRefusal(await send(actor, DELIVER, { engagement, delivery: '已送达' }), onRecord)
      expect(refusal['party']).toMatchObject({ kind: 'NONPROFIT', id: own })
    })

    it('an id that is none, or of something else, is not found', async () => {
      for (const id of ['', 'ref_', '\u0000', newTypeId('ref'), newTypeId('eng'), newTypeId('npo'), 'x'.repeat(10_000)]) {
        expectRefusal(await send(worker, ACCEPT, { referral: id, promise: PROMISE }), 'NOT_FOUND')
        expectRefusal(await send(worker, DECLINE, { referral: id, reason: 'OTHER', note: '不便' }), 'NOT_FOUND')
        expectRefusal(await send(worker, EXTEND, { engagement: id, days: 1, why: '等' }), 'NOT_FOUND')
        expectRefusal(await send(worker, DELIVER, { engagement: id, delivery: '已送达' }), 'NOT_FOUND')
      }
    })

    it('SQL itself refuses to write the row of another organization, and hides its desk', async () => {
      const { referral } = await askAbout(nonprofits, own)
      const { engagement } = await acceptOne(nonprofits, own)
      const { database } = nonprofits.party
      const statement = (name: string, text: string) => ({ name, text })
      await database.transaction(other, async (tx) => {
        const changed = await tx.rows(statement('test.steal', `update engagements set delivery = 'x' where id = $1 returning id`), [
          engagement,
        ])
        const seen = await tx.rows(statement('test.look', `select id from referrals where id = $1`), [referral])
        expect([changed, seen]).toEqual([[], []])
      })
      const forge = database.transaction(other, (tx) =>
        tx.rows(
          statement(
            'test.forge',
            `insert into answer_records (referral_id, owner_party_id, community_id, answer_by) values ('r', $1, 'c', now())`,
          ),
          [own],
        ),
      )
      await expect(forge).rejects.toThrow(/row-level security/)
      const unnamed = database.transaction('', (tx) => tx.rows(statement('test.unnamed', `select id from referrals`)))
      expect(await unnamed).toEqual([])
    })
  })

  it('is shown to everybody on the suggestion, oldest first, in one statement for 100 of them', async () => {
    const { suggestion, engagement } = await acceptOne(nonprofits, own, { to: [own, other] })
    nonprofits.clock.advanceMs(1_000)
    const referral = (await deskOf(nonprofits, other)).find((one) => (one['suggestion'] as { id: string }).id === suggestion)?.['id']
    expectDone(await send(actors.worker(other), DECLINE, { referral, reason: 'NO_FUNDING', note: '没有经费' }))
    const ids = [suggestion, ...Array.from({ length: 98 }, () => newTypeId('sug')), 'sug_none']
    const names = await nonprofits.statements(async () => {
      const answer = await nonprofits.run(
        actors.anonymous(),
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { engagements { id verdict note by { name } promise { state } } } } }`,
        { r: ids.map((id) => ({ __typename: 'Suggestion', id })) },
      )
      expectNoErrors(answer)
      expect(answer.data._entities[0].engagements).toMatchObject([
        { id: engagement, verdict: 'ACCEPTED', by: { name: 'Volunteers 0' }, promise: { state: 'OPEN' } },
        { verdict: 'DECLINED', note: '没有经费', promise: null },
      ])
      expect(answer.data._entities[1]).toEqual({ engagements: [] })
      expect(answer.data._entities[99]).toBeNull()
    })
    // The relay may be at work on what was accepted just now.
    expect(names.filter((name) => !name.startsWith('relay.'))).toEqual(['engagements.of_suggestions', 'nonprofits.by_ids'])
  })
})
