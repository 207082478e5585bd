import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { expectDone, expectRefusal, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import {
  ACCEPT,
  after,
  ASK,
  DECLINE,
  deskOf,
  ELDERS,
  EXTEND,
  handlingsOf,
  LAMPS,
  MONDAY,
  officer,
  otherOfficer,
  REPORT,
  resident,
  RESOLVE,
  route,
  SOCIAL,
  startGovernment,
  URBAN,
  COMMUNITY,
} from './case-party.data.js'

const PROMISE = { days: 5, clock: 'WORKING', plan: '更换灯具' }

describe('a case', () => {
  let government: TestParty
  beforeAll(async () => {
    government = await startGovernment()
  })
  afterAll(() => government.stop())

  const accept = async (suggestion: string, promise: object = PROMISE, actor = officer): Promise<string> =>
    expectDone(await government.run(actor, ACCEPT, { input: { suggestion, promise } }))['id'] as string
  const lastEvent = async () => (await government.published()).at(-1)
  const startAt = (date: Date): void => government.clock.set(date)

  describe('answered', () => {
    it('is taken on with a promise on the own clock, and told to the others by keys', async () => {
      startAt(MONDAY)
      const suggestion = await route(government)
      const done = expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: PROMISE, note: '已派工' } }))
      expect(done).toMatchObject({
        verdict: 'ACCEPTED',
        explanation: '已派工',
        department: { id: URBAN },
        suggestion: { id: suggestion },
        promise: {
          days: 5,
          clock: 'WORKING',
          plan: '更换灯具',
          state: 'OPEN',
          firstDueAt: '2026-03-09T16:00:00.000Z',
          dueAt: '2026-03-09T16:00:00.000Z',
        },
      })
      expect(await lastEvent()).toEqual({
        type: 'government.case.accepted',
        subject: suggestion,
        data: {
          suggestion,
          handling: done['id'],
          department: URBAN,
          firstDueAt: '2026-03-09T16:00:00.000Z',
          dueAt: '2026-03-09T16:00:00.000Z',
          at: MONDAY.toISOString(),
        },
      })
    })

    it('is not found by a department to which it was never routed, nor by an id that is none', async () => {
      const suggestion = await route(government)
      expectRefusal(await government.run(otherOfficer, ACCEPT, { input: { suggestion, promise: PROMISE } }), 'NOT_FOUND')
      for (const id of ['', 'x', 'sug_', `${suggestion}\u0000`, newTypeId('sug'), LAMPS])
        expectRefusal(await government.run(officer, ACCEPT, { input: { suggestion: id, promise: PROMISE } }), 'NOT_FOUND')
    })

    it('is decided once, also when two officers answer in the same moment', async () => {
      const suggestion = await route(government)
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => government.run(officer, ACCEPT, { input: { suggestion, promise: PROMISE } })),
      )
      expect(answers.map(({ data }) => data.acceptCase.code ?? 'DONE').sort()).toEqual([
        'ALREADY_DECIDED',
        'ALREADY_DECIDED',
        'ALREADY_DECIDED',
        'DONE',
      ])
      expectRefusal(
        await government.run(officer, DECLINE, { input: { suggestion, reason: 'OTHER', explanation: '另有安排' } }),
        'ALREADY_DECIDED',
      )
    })

    it('needs days, and no more of them than the function item allows', async () => {
      startAt(MONDAY)
      const suggestion = await route(government)
      const refused = async (promise: object, code: string) =>
        expectRefusal(await government.run(officer, ACCEPT, { input: { suggestion, promise } }), code)
      for (const days of [0, -1]) expect(await refused({ ...PROMISE, days }, 'PROMISE_MISSING')).toMatchObject({ field: 'promise.days' })
      expect((await refused({ ...PROMISE, days: 11 }, 'PROMISE_TOO_LONG'))['message']).toContain('10 working days')
      await refused({ ...PROMISE, days: 4_000 }, 'INVALID_INPUT')
      expectDone(await government.run(officer, ACCEPT, { input: { suggestion, promise: { ...PROMISE, days: 10 } } }))
    })

    it('without a function item may take 60 calendar days', async () => {
      const suggestion = await route(government, { functionItem: null })
      const input = { suggestion, promise: { days: 80, clock: 'CALENDAR' } }
      expectRefusal(await government.run(officer, ACCEPT, { input }), 'PROMISE_TOO_LONG')
      expectDone(await government.run(officer, ACCEPT, { input: { ...input, promise: { days: 60, clock: 'CALENDAR' } } }))
    })

    it('is declined with a reason that people can read', async () => {
      const suggestion = await route(government)
      const input = { suggestion, reason: 'NO_FUNDING', explanation: '经费未列入本年预算' }
      expectRefusal(await government.run(officer, DECLINE, { input: { ...input, explanation: '  ' } }), 'REASON_MISSING')
      expect(expectDone(await government.run(officer, DECLINE, { input }))).toMatchObject({
        verdict: 'DECLINED',
        reason: 'NO_FUNDING',
        promise: null,
      })
      expect(await lastEvent()).toMatchObject({ type: 'government.case.declined', data: { reason: 'NO_FUNDING', suggestedOwner: null } })
    })

    it('is sent back as not my function only with the right owner, who is somebody else', async () => {
      const suggestion = await route(government)
      const input = { suggestion, reason: 'NOT_MY_FUNCTION', explanation: '属养老服务' }
      const decline = (suggestedOwner: string | null) => government.run(officer, DECLINE, { input: { ...input, suggestedOwner } })
      expectRefusal(await decline(null), 'OWNER_MISSING')
      expectRefusal(await decline('nobody'), 'NOT_FOUND')
      expectRefusal(await decline(newTypeId('fun')), 'NOT_FOUND')
      expect(expectRefusal(await decline(LAMPS), 'INVALID_INPUT')).toMatchObject({ field: 'suggestedOwner' })
      expect(expectDone(await decline(ELDERS))).toMatchObject({ reason: 'NOT_MY_FUNCTION', suggestedOwner: { code: 'SOC-001' } })
      expect(await lastEvent()).toMatchObject({ data: { reason: 'NOT_MY_FUNCTION', suggestedOwner: ELDERS } })
    })

    it('gives the first answer again for the same key', async () => {
      const suggestion = await route(government)
      const input = { suggestion, promise: PROMISE, clientKey: 'accept-1' }
      const [one, two] = await Promise.all([government.run(officer, ACCEPT, { input }), government.run(officer, ACCEPT, { input })])
      expect(expectDone(one)['id']).toBe(expectDone(two)['id'])
      expect(await handlingsOf(government, suggestion)).toHaveLength(1)
      expectRefusal(await government.run(officer, ACCEPT, { input: { ...input, note: 'x' } }), 'KEY_REUSED')
      expectRefusal(await government.run(officer, ACCEPT, { input: { ...input, clientKey: 'a\u0000b' } }), 'INVALID_INPUT')
    })
  })

  describe('on its way', () => {
    it('is reported on, oldest note first', async () => {
      const suggestion = await route(government)
      const handling = await accept(suggestion)
      await government.run(officer, REPORT, { input: { handling, text: '已派人查看' } })
      government.clock.advanceMs(1000)
      const done = expectDone(await government.run(officer, REPORT, { input: { handling, text: '配件已到' } }))
      expect(done['progress']).toMatchObject([{ text: '已派人查看' }, { text: '配件已到' }])
      expect(await lastEvent()).toMatchObject({ type: 'government.case.reported', subject: suggestion, data: { handling } })
    })

    it('refuses texts that are blank, too long, hold a NUL or what the hub never holds', async () => {
      const handling = await accept(await route(government))
      for (const text of ['', '  ', 'x'.repeat(2_001), 'a\u0000b'])
        expect(expectRefusal(await government.run(officer, REPORT, { input: { handling, text } }), 'INVALID_INPUT')).toMatchObject({
          field: 'text',
        })
      const text = '当事人身份证号 11010519491231002X'
      expectRefusal(await government.run(officer, REPORT, { input: { handling, text } }), 'FORBIDDEN_DATA')
    })

    it('is the work of its department alone', async () => {
      const handling = await accept(await route(government))
      for (const [query, input] of [
        [REPORT, { text: 'x' }],
        [ASK, { text: 'x' }],
        [EXTEND, { days: 1, why: 'x' }],
        [RESOLVE, { resolution: 'x' }],
      ] as const) {
        const refusal = expectRefusal(await government.run(otherOfficer, query, { input: { handling, ...input } }), 'NOT_YOUR_RECORD')
        expect(refusal).toMatchObject({ party: { kind: 'GOVERNMENT', id: URBAN } })
        for (const unknown of [newTypeId('csh'), 'csh_x', '\u0000'])
          expectRefusal(await government.run(officer, query, { input: { handling: unknown, ...input } }), 'NOT_FOUND')
      }
    })

    it('is extended before the limit, for a reason, twice, and never longer than first promised', async () => {
      startAt(MONDAY)
      const handling = await accept(await route(government))
      const extend = (days: number, why = '等待配件') => government.run(officer, EXTEND, { input: { handling, days, why } })
      expectRefusal(await extend(2, ' '), 'REASON_MISSING')
      expectRefusal(await extend(0), 'INVALID_INPUT')
      expectRefusal(await extend(6), 'EXTENSION_LIMIT')
      expect(expectDone(await extend(2))['promise']).toMatchObject({
        firstDueAt: '2026-03-09T16:00:00.000Z',
        dueAt: '2026-03-11T16:00:00.000Z',
        extensions: [{ why: '等待配件' }],
      })
      expect(await lastEvent()).toMatchObject({ type: 'government.case.extended', data: { handling, dueAt: '2026-03-11T16:00:00.000Z' } })
      expectDone(await extend(1))
      expectRefusal(await extend(1), 'EXTENSION_LIMIT')
    })

    it('is not extended after its limit', async () => {
      startAt(MONDAY)
      const handling = await accept(await route(government))
      startAt(after(8))
      expectRefusal(await government.run(officer, EXTEND, { input: { handling, days: 1, why: 'x' } }), 'EXTENSION_LIMIT')
    })

    it('follows the number of extensions that the community has set for itself', async () => {
      startAt(MONDAY)
      const publish = (maxExtensions: number) =>
        government.tell({
          source: 'committees',
          type: 'committee.community.published',
          subject: COMMUNITY,
          data: {
            community: COMMUNITY,
            number: 1,
            name: { zh: '一', en: '1' },
            committee: 'c',
            committeeName: { zh: '一', en: '1' },
            timeZone: 'Asia/Shanghai',
            rules: { reopenWithinDays: 30, maxExtensions, bouncesToConference: 2, smallestGroup: 5 },
          },
        })
      await publish(0)
      const handling = await accept(await route(government))
      expectRefusal(await government.run(officer, EXTEND, { input: { handling, days: 1, why: 'x' } }), 'EXTENSION_LIMIT')
      await publish(2)
      expectDone(await government.run(officer, EXTEND, { input: { handling, days: 1, why: 'x' } }))
    })

    it('stands still while the requester is asked, and goes on with the answer', async () => {
      startAt(MONDAY)
      const suggestion = await route(government)
      const handling = await accept(suggestion)
      const question = expectDone(await government.run(officer, ASK, { input: { handling, text: '哪一盏灯？' } }))
      expect(question).toMatchObject({ handling: { id: handling }, pausedUntil: '2026-03-12T16:00:00.000Z' })
      expect(await lastEvent()).toMatchObject({ type: 'government.case.asked', data: { question: question['id'] } })
      expectRefusal(await government.run(officer, ASK, { input: { handling, text: '再问' } }), 'WRONG_STAGE')
      expect((await handlingsOf(government, suggestion))[0]).toMatchObject({ promise: { state: 'PAUSED' } })
      startAt(after(2))
      await resident.answers(government, suggestion, question['id'] as string)
      await resident.answers(government, suggestion, question['id'] as string)
      const [answered] = await handlingsOf(government, suggestion)
      expect(answered).toMatchObject({
        questions: [{ text: '哪一盏灯？' }],
        promise: {
          state: 'OPEN',
          firstDueAt: '2026-03-09T16:00:00.000Z',
          dueAt: '2026-03-11T16:00:00.000Z',
          pauses: [{ to: after(2).toISOString() }],
        },
      })
      expectDone(await government.run(officer, ASK, { input: { handling, text: '几号楼？' } }))
      startAt(after(13))
      expect(
        expectRefusal(await government.run(officer, ASK, { input: { handling, text: '几单元？' } }), 'EXTENSION_LIMIT')['message'],
      ).toContain('two')
      await resident.answers(government, suggestion, newTypeId('cqu'))
    })

    it('is resolved once, with what it cost, and the promise is kept', async () => {
      startAt(MONDAY)
      const suggestion = await route(government)
      const handling = await accept(suggestion)
      const resolve = (input: object) => government.run(officer, RESOLVE, { input: { handling, resolution: '已更换', ...input } })
      for (const cost of [
        { amount: '0', currency: 'CNY' },
        { amount: '-1', currency: 'CNY' },
        { amount: '12', currency: 'yuan' },
      ])
        expectRefusal(await resolve({ cost }), 'INVALID_INPUT')
      expectRefusal(await resolve({ resolution: ' ' }), 'INVALID_INPUT')
      const done = expectDone(await resolve({ cost: { amount: '1250.50', currency: 'CNY' } }))
      expect(done).toMatchObject({
        cost: { amount: '1250.50', currency: 'CNY' },
        resolvedAt: MONDAY.toISOString(),
        promise: { state: 'KEPT' },
      })
      expect(await lastEvent()).toMatchObject({ type: 'government.case.resolved', data: { suggestion, handling } })
      expect(expectRefusal(await resolve({}), 'WRONG_STAGE')['message']).toBe('The case is resolved already.')
      expectRefusal(await government.run(officer, REPORT, { input: { handling, text: 'x' } }), 'WRONG_STAGE')
    })

    it('cannot be worked on when it was declined', async () => {
      const suggestion = await route(government)
      const declined = expectDone(
        await government.run(officer, DECLINE, { input: { suggestion, reason: 'OTHER', explanation: '另行规划' } }),
      )
      expectRefusal(await government.run(officer, REPORT, { input: { handling: declined['id'], text: 'x' } }), 'WRONG_STAGE')
    })
  })

  describe('ended or begun again by its author', () => {
    it('takes no step after a withdrawal, and says why', async () => {
      startAt(MONDAY)
      const suggestion = await route(government)
      const handling = await accept(suggestion)
      await resident.withdraws(government, suggestion)
      for (const [query, input] of [
        [REPORT, { text: 'x' }],
        [EXTEND, { days: 1, why: 'x' }],
        [ASK, { text: 'x' }],
      ] as const)
        expect(expectRefusal(await government.run(officer, query, { input: { handling, ...input } }), 'WRONG_STAGE')['message']).toBe(
          'The author has withdrawn the suggestion.',
        )
      expect(await deskOf(government, officer)).not.toContainEqual(expect.objectContaining({ suggestion: { id: suggestion } }))
      startAt(after(400))
      const read = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on CaseHandling { lapsedAt promise { state } } } }`
      const late = await government.run(officer, read, { r: [{ __typename: 'CaseHandling', id: handling }] })
      expect(late.data._entities).toEqual([{ lapsedAt: MONDAY.toISOString(), promise: { state: 'OPEN' } }])
    })

    it('comes back to the same handler with a new limit; the old promise stays as it was', async () => {
      startAt(MONDAY)
      const suggestion = await route(government)
      const first = await accept(suggestion)
      expectDone(await government.run(officer, RESOLVE, { input: { handling: first, resolution: '已更换' } }))
      const [before] = await handlingsOf(government, suggestion)
      startAt(after(3))
      await resident.reopens(government, suggestion)
      await resident.reopens(government, suggestion)
      const items = (await deskOf(government, officer, { answered: false })).filter(
        (item) => (item['suggestion'] as { id: string }).id === suggestion,
      )
      expect(items).toMatchObject([{ answerBy: '2026-03-09T16:00:00.000Z', functionItem: { code: 'URB-014' }, handling: null }])
      const second = await accept(suggestion, { days: 2, clock: 'CALENDAR' })
      const handlings = await handlingsOf(government, suggestion)
      expect(handlings.map(({ id }) => id)).toEqual([first, second])
      expect(handlings[0]).toEqual(before)
      await resident.reopens(government, suggestion, 2, true)
      expectRefusal(await government.run(officer, ACCEPT, { input: { suggestion, promise: PROMISE } }), 'ALREADY_DECIDED')
    })

    it('is handled jointly by several departments, each with its own promise, and each is asked again', async () => {
      startAt(MONDAY)
      const suggestion = await route(government, { to: [URBAN, SOCIAL] })
      const mine = await accept(suggestion)
      const theirs = await accept(suggestion, PROMISE, otherOfficer)
      for (const [actor, handling] of [
        [officer, mine],
        [otherOfficer, theirs],
      ] as const)
        expectDone(await government.run(actor, RESOLVE, { input: { handling, resolution: 'x' } }))
      await resident.reopens(government, suggestion)
      await accept(suggestion)
      await accept(suggestion, PROMISE, otherOfficer)
      expect(await handlingsOf(government, suggestion)).toHaveLength(4)
    })
  })
})
