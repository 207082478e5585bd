import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectRefusal, REFUSED } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, MONDAY, startSmallStreet, submit, type SmallStreet } from './street.data.js'

const TRIAGE = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED} ... on Triage { id } } }`
const HANDLING = `... on CommitteeHandling { id resolution resolvedAt by { id } suggestion { id }
  promise { state days clock basis firstDueAt dueAt extensions { why } keptAt } }`
const TAKE = `mutation ($input: TakeCaseInput!) { takeCase(input: $input) { ${REFUSED} ${HANDLING} } }`
const EXTEND = `mutation ($input: ExtendCaseInput!) { extendCase(input: $input) { ${REFUSED} ${HANDLING} } }`
const FINISH = `mutation ($input: FinishCaseInput!) { finishCase(input: $input) { ${REFUSED} ${HANDLING} } }`
const MS_PER_DAY = 86_400_000

describe("the committee's own handling", () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const act = (mutation: string, input: Record<string, unknown>) => street.party.run(cadreOf(street), mutation, { input })
  const routed = async (details: Record<string, unknown> = {}): Promise<string> => {
    const suggestion = await submit(street)
    expectDone(await act(TRIAGE, { suggestion, route: 'SELF', ...details }))
    return suggestion
  }
  const promise = (days: number, clock = 'WORKING') => ({ days, clock, plan: '本周内处理' })
  const take = async (suggestion: string, days = 5) => expectDone(await act(TAKE, { suggestion, promise: promise(days) }))
  const told = async (suggestion: string) =>
    (await street.party.published())
      .filter(({ subject, type }) => subject === suggestion && type.startsWith('committee.case'))
      .map(({ type }) => type)

  it('is taken with a promise, extended with a reason and finished; the others hear of each step', async () => {
    const suggestion = await routed()
    const taken = await take(suggestion)
    expect(taken).toMatchObject({
      by: { id: street.committee },
      suggestion: { id: suggestion },
      promise: { state: 'OPEN', days: 5, firstDueAt: '2026-03-09T16:00:00.000Z' },
    })
    const extended = expectDone(await act(EXTEND, { handling: taken['id'], days: 2, why: '等待配件' }))
    expect(extended['promise']).toMatchObject({
      firstDueAt: '2026-03-09T16:00:00.000Z',
      dueAt: '2026-03-11T16:00:00.000Z',
      extensions: [{ why: '等待配件' }],
    })
    const finished = expectDone(await act(FINISH, { handling: taken['id'], resolution: '已修好' }))
    expect(finished).toMatchObject({ resolution: '已修好', resolvedAt: MONDAY.toISOString(), promise: { state: 'KEPT' } })
    expect(await told(suggestion)).toEqual(['committee.case.taken', 'committee.case.extended', 'committee.case.finished'])
    expectRefusal(await act(FINISH, { handling: taken['id'], resolution: '再次' }), 'WRONG_STAGE')
    expectRefusal(await act(EXTEND, { handling: taken['id'], days: 1, why: 'x' }), 'WRONG_STAGE')
  })

  it('needs a promise within the limit of the function item, or 30 working days', async () => {
    const suggestion = await routed()
    expect(expectRefusal(await act(TAKE, { suggestion }), 'PROMISE_MISSING')).toMatchObject({ field: 'promise' })
    expectRefusal(await act(TAKE, { suggestion, promise: promise(31) }), 'PROMISE_TOO_LONG')
    expectRefusal(await act(TAKE, { suggestion, promise: promise(0) }), 'INVALID_INPUT')
    expectRefusal(await act(TAKE, { suggestion, promise: { ...promise(5), plan: 'x'.repeat(2_001) } }), 'INVALID_INPUT')
    expect(await take(suggestion, 30)).toMatchObject({ promise: { days: 30 } })
    const byItem = await routed({ functionItem: street.lamps })
    expectRefusal(await act(TAKE, { suggestion: byItem, promise: promise(11) }), 'PROMISE_TOO_LONG')
    expect(await take(byItem, 10)).toMatchObject({ promise: { basis: 'URB-014' } })
  })

  it('is only of what was routed to the committee itself, once', async () => {
    const fresh = await submit(street)
    expectRefusal(await act(TAKE, { suggestion: fresh, promise: promise(5) }), 'WRONG_STAGE')
    const suggestion = await routed()
    await take(suggestion)
    expectRefusal(await act(TAKE, { suggestion, promise: promise(5) }), 'ALREADY_DONE')
    expectRefusal(await act(TRIAGE, { suggestion, route: 'ANSWERED', note: 'x' }), 'WRONG_STAGE')
    for (const made of ['', 'sug_', '\u0000', newTypeId('sug')])
      expectRefusal(await act(TAKE, { suggestion: made, promise: promise(5) }), 'NOT_FOUND')
    for (const made of ['', '\u0000', newTypeId('chd'), suggestion])
      expectRefusal(await act(FINISH, { handling: made, resolution: 'x' }), 'NOT_FOUND')
  })

  it('lets one of several cadres take it at once', async () => {
    const suggestion = await routed()
    const answers = await Promise.all(Array.from({ length: 4 }, () => act(TAKE, { suggestion, promise: promise(5) })))
    expect(answers.map(({ data }) => data.takeCase.code ?? 'taken').sort()).toEqual([
      'ALREADY_DONE',
      'ALREADY_DONE',
      'ALREADY_DONE',
      'taken',
    ])
  })

  it('limits extensions in number, length and time, and asks for reasons', async () => {
    const { id: handling } = await take(await routed())
    const extend = (days: number, why = '等待') => act(EXTEND, { handling, days, why })
    expectRefusal(await extend(1, ' '), 'REASON_MISSING')
    expectRefusal(await extend(1, 'x'.repeat(1_001)), 'INVALID_INPUT')
    expectRefusal(await extend(0), 'INVALID_INPUT')
    expectRefusal(await extend(6), 'EXTENSION_LIMIT')
    expectDone(await extend(1))
    expectDone(await extend(1))
    expectRefusal(await extend(1), 'EXTENSION_LIMIT')
    const { id: late } = await take(await routed())
    street.party.clock.advanceMs(30 * MS_PER_DAY)
    expectRefusal(await act(EXTEND, { handling: late, days: 1, why: '等待' }), 'EXTENSION_LIMIT')
    expect(expectDone(await act(FINISH, { handling: late, resolution: '迟到' }))).toMatchObject({ promise: { state: 'KEPT_LATE' } })
    street.party.clock.set(MONDAY)
    expectRefusal(await act(FINISH, { handling, resolution: '' }), 'REASON_MISSING')
    expectRefusal(await act(FINISH, { handling, resolution: 'x'.repeat(4_001) }), 'INVALID_INPUT')
  })

  it('is taken anew after a reopening, with a new promise beside the old one', async () => {
    const suggestion = await routed()
    const first = await take(suggestion)
    expectDone(await act(FINISH, { handling: first['id'], resolution: '好了' }))
    expectRefusal(await act(TAKE, { suggestion, promise: promise(5) }), 'WRONG_STAGE')
    street.party.clock.advanceMs(MS_PER_DAY)
    const data = { suggestion, count: 1, toDesk: false, at: street.party.clock.now().toISOString() }
    await street.party.tell({ type: 'resident.suggestion.reopened', subject: suggestion, source: 'residents', data })
    const second = await take(suggestion)
    street.party.clock.set(MONDAY)
    expect(second['id']).not.toBe(first['id'])
    const r = [suggestion, newTypeId('sug')].map((id) => ({ __typename: 'Suggestion', id }))
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { committeeHandling { id } } } }`
    const answer = await street.party.run(actors.anonymous(), query, { r })
    expect(answer.data._entities).toEqual([{ committeeHandling: { id: second['id'] } }, { committeeHandling: null }])
  })

  it('ends with a withdrawal', async () => {
    const suggestion = await routed()
    const { id: handling } = await take(suggestion)
    const data = { suggestion, at: MONDAY.toISOString() }
    await street.party.tell({ type: 'resident.suggestion.withdrawn', subject: suggestion, source: 'residents', data })
    expectRefusal(await act(FINISH, { handling, resolution: '好了' }), 'WRONG_STAGE')
    street.party.clock.advanceMs(400 * 86_400_000)
    const read = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on CommitteeHandling { lapsedAt promise { state } } } }`
    const late = await street.party.run(cadreOf(street), read, { r: [{ __typename: 'CommitteeHandling', id: handling }] })
    expect(late.data._entities).toEqual([{ lapsedAt: MONDAY.toISOString(), promise: { state: 'OPEN' } }])
    street.party.clock.set(MONDAY)
  })
})
