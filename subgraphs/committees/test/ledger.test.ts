import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, REFUSED } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, MONDAY, startSmallStreet, submit, type SmallStreet } from './street.data.js'

const ENTRY = `${REFUSED} ... on LedgerEntry { id title light openedAt closedAt feedbackEveryDays promise { state dueAt } suggestion { id } community { id }
  schedule { id dueOn what doneAt } feedback { channel text } }`
const OPEN = `mutation ($input: OpenLedgerEntryInput!) { openLedgerEntry(input: $input) { ${ENTRY} } }`
const SCHEDULE = `mutation ($input: ScheduleStepInput!) { scheduleStep(input: $input) { ${ENTRY} } }`
const COMPLETE = `mutation ($input: CompleteStepInput!) { completeStep(input: $input) { ${ENTRY} } }`
const FEED_BACK = `mutation ($input: ReportFeedbackInput!) { reportFeedback(input: $input) { ${ENTRY} } }`
const CLOSE = `mutation ($input: CloseLedgerEntryInput!) { closeLedgerEntry(input: $input) { ${ENTRY} } }`
const LIST = `query ($id: ID!, $open: Boolean, $first: Int, $after: String) { community(id: $id) { ledger(open: $open, first: $first, after: $after) {
  nodes { id light } pageInfo { hasNextPage endCursor } } } }`
const MS_PER_DAY = 86_400_000

interface Step {
  id: string
}

describe('the ledger', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const act = (mutation: string, input: Record<string, unknown>) => street.party.run(cadreOf(street), mutation, { input })
  const open = async (details: Record<string, unknown> = {}) =>
    expectDone(await act(OPEN, { community: street.community, title: '积水', feedbackEveryDays: 14, ...details }))
  const feedBack = (entry: unknown, text = '已告知') => act(FEED_BACK, { entry, channel: 'FACE_TO_FACE', text })

  it('is kept from the first step to the last report, and told to the others', async () => {
    const suggestion = await submit(street)
    const entry = await open({ suggestion, promise: { days: 20, clock: 'WORKING' } })
    expect(entry).toMatchObject({ light: 'GREEN', suggestion: { id: suggestion }, promise: { state: 'OPEN' }, closedAt: null })
    expectRefusal(await act(CLOSE, { entry: entry['id'] }), 'WRONG_STAGE')
    const scheduled = expectDone(await act(SCHEDULE, { entry: entry['id'], dueOn: '2026-03-10', what: '查勘' }))
    const [step] = scheduled['schedule'] as Step[]
    expectDone(await feedBack(entry['id']))
    expectRefusal(await act(CLOSE, { entry: entry['id'] }), 'WRONG_STAGE')
    street.party.clock.advanceMs(MS_PER_DAY)
    expectDone(await act(COMPLETE, { entry: entry['id'], step: step?.id }))
    expectRefusal(await act(COMPLETE, { entry: entry['id'], step: step?.id }), 'ALREADY_DONE')
    expectRefusal(await act(CLOSE, { entry: entry['id'] }), 'WRONG_STAGE')
    expectDone(await feedBack(entry['id'], '已修好'))
    expect(expectDone(await act(CLOSE, { entry: entry['id'] }))).toMatchObject({ promise: { state: 'KEPT' }, closedAt: expect.any(String) })
    expectRefusal(await feedBack(entry['id']), 'WRONG_STAGE')
    street.party.clock.set(MONDAY)
    const told = (await street.party.published()).filter(({ data }) => data['entry'] === entry['id'])
    expect(told.map(({ type }) => type.split('.').at(-1))).toEqual([
      'opened',
      'scheduled',
      'fed_back',
      'step_completed',
      'fed_back',
      'closed',
    ])
    expect(told.every(({ subject }) => subject === suggestion)).toBe(true)
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Suggestion { ledgerEntry { id } } } }`
    const answer = await street.party.run(actors.anonymous(), query, { r: [{ __typename: 'Suggestion', id: suggestion }] })
    expect(answer.data._entities).toEqual([{ ledgerEntry: { id: entry['id'] } }])
  })

  it('turns amber when one thing is late and red when more are', async () => {
    const { id } = await open({ feedbackEveryDays: 10 })
    const light = async (days: number): Promise<string> => {
      street.party.clock.set(new Date(MONDAY.getTime() + days * MS_PER_DAY))
      const answer = await street.party.run(actors.anonymous(), LIST, { id: street.community })
      street.party.clock.set(MONDAY)
      return answer.data.community.ledger.nodes.find((node: Step) => node.id === id).light
    }
    expectDone(await act(SCHEDULE, { entry: id, dueOn: '2026-03-05', what: '查勘' }))
    expect([await light(3), await light(4), await light(10), await light(11)]).toEqual(['GREEN', 'AMBER', 'AMBER', 'RED'])
  })

  it('refuses what does not fit, by field', async () => {
    const put = (details: Record<string, unknown>) =>
      act(OPEN, { community: street.community, title: '积水', feedbackEveryDays: 14, ...details })
    expectRefusal(await put({ feedbackEveryDays: 31 }), 'INVALID_INPUT')
    expectRefusal(await put({ feedbackEveryDays: 0 }), 'INVALID_INPUT')
    expectRefusal(await put({ title: '' }), 'INVALID_INPUT')
    expectRefusal(await put({ title: 'x'.repeat(201) }), 'INVALID_INPUT')
    expectRefusal(await put({ title: 'a\u0000' }), 'INVALID_INPUT')
    expectRefusal(await put({ promise: { days: 0, clock: 'WORKING' } }), 'INVALID_INPUT')
    expectRefusal(await put({ community: 'x' }), 'NOT_FOUND')
    expectRefusal(await put({ community: street.otherCommunity }), 'NOT_YOUR_RECORD')
    expectRefusal(await put({ suggestion: newTypeId('sug') }), 'NOT_FOUND')
    expectRefusal(await put({ suggestion: await submit(street, { community: street.otherCommunity }) }), 'NOT_ELIGIBLE')
    const suggestion = await submit(street)
    await open({ suggestion })
    expectRefusal(await put({ suggestion }), 'ALREADY_DONE')
    const { id: entry } = await open()
    expectRefusal(await act(SCHEDULE, { entry, dueOn: '2026-03-01', what: 'x' }), 'INVALID_INPUT')
    expectRefusal(await act(SCHEDULE, { entry, dueOn: '2036-03-01', what: 'x' }), 'INVALID_INPUT')
    expectRefusal(await act(SCHEDULE, { entry, dueOn: '2026-03-05', what: '' }), 'INVALID_INPUT')
    expectRefusal(await act(COMPLETE, { entry, step: newTypeId('stp') }), 'NOT_FOUND')
    expectRefusal(await feedBack(entry, 'x'.repeat(4_001)), 'INVALID_INPUT')
    expectRefusal(await feedBack(entry, '他是个钉子户'), 'FORBIDDEN_DATA')
    for (const made of ['', '\u0000', newTypeId('led'), street.community]) expectRefusal(await act(CLOSE, { entry: made }), 'NOT_FOUND')
  })

  it('bounds the steps of an entry, however many write at once', async () => {
    const { id: entry } = await open()
    const answers = await Promise.all(Array.from({ length: 63 }, () => act(SCHEDULE, { entry, dueOn: '2026-03-05', what: '一步' })))
    answers.forEach(expectNoErrors)
    expect(answers.filter(({ data }) => data.scheduleStep.__typename === 'Refusal')).toHaveLength(3)
  })

  it('is listed newest first, complete over its pages, open or closed', async () => {
    const pages = async (filter: boolean | null): Promise<string[]> => {
      const seen: string[] = []
      for (let after: string | null = null, hasNext = true; hasNext;) {
        const answer = await street.party.run(actors.anonymous(), LIST, { id: street.community, open: filter, first: 2, after })
        expectNoErrors(answer)
        const { nodes, pageInfo } = answer.data.community.ledger
        seen.push(...nodes.map((node: Step) => node.id))
        ;({ endCursor: after, hasNextPage: hasNext } = pageInfo)
      }
      return seen
    }
    const [all, openOnes, closed] = [await pages(null), await pages(true), await pages(false)]
    expect(all).toHaveLength(new Set(all).size)
    expect([...openOnes, ...closed].sort()).toEqual([...all].sort())
    expect(closed).toHaveLength(1)
  })
})
