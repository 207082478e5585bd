import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { expectDone, REFUSED } from '@commonhall/harness'

import { cadreOf, MONDAY, startSmallStreet, submit, type SmallStreet } from './street.data.js'

const TRIAGE = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED} ... on Triage { id } } }`
const TAKE = `mutation ($input: TakeCaseInput!) { takeCase(input: $input) { ${REFUSED} ... on CommitteeHandling { id } } }`
const EXTEND = `mutation ($input: ExtendCaseInput!) { extendCase(input: $input) { ${REFUSED} ... on CommitteeHandling { id } } }`
const MS_PER_DAY = 86_400_000

describe('the watcher', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const act = (mutation: string, input: Record<string, unknown>) => street.party.run(cadreOf(street), mutation, { input })
  const takenCase = async (): Promise<{ suggestion: string; handling: unknown }> => {
    const suggestion = await submit(street)
    expectDone(await act(TRIAGE, { suggestion, route: 'SELF' }))
    const { id } = expectDone(await act(TAKE, { suggestion, promise: { days: 5, clock: 'WORKING' } }))
    return { suggestion, handling: id }
  }
  const told = async (suggestion: string) =>
    (await street.party.published())
      .filter((event) => event.subject === suggestion && /overdue|promise/.test(event.type))
      .map(({ type }) => type)
  const at = (days: number) => street.party.clock.set(new Date(MONDAY.getTime() + days * MS_PER_DAY))

  it('tells once that a triage is overdue, to whatever committee', async () => {
    at(0)
    const [own, other] = [await submit(street), await submit(street, { community: street.otherCommunity })]
    expect(await told(own)).toEqual([])
    at(1.7)
    for (let look = 0; look < 3; look++) {
      expect(await told(own)).toEqual(['committee.suggestion.triage_overdue'])
      expect(await told(other)).toEqual(['committee.suggestion.triage_overdue'])
    }
  })

  it('tells once per limit that a promise is due and that it is broken', async () => {
    at(0)
    const { suggestion, handling } = await takenCase()
    at(5)
    expect(await told(suggestion)).toEqual([])
    at(6.5)
    expect(await told(suggestion)).toEqual(['committee.case.promise_due'])
    expectDone(await act(EXTEND, { handling, days: 5, why: '配件未到' }))
    expect(await told(suggestion)).toEqual(['committee.case.promise_due'])
    at(13.5)
    expect(await told(suggestion)).toEqual(['committee.case.promise_due', 'committee.case.promise_due'])
    at(20)
    for (let look = 0; look < 3; look++) expect((await told(suggestion)).slice(2)).toEqual(['committee.case.promise_broken'])
  })

  it('is silent about what was withdrawn', async () => {
    at(0)
    const { suggestion } = await takenCase()
    const data = { suggestion, at: MONDAY.toISOString() }
    await street.party.tell({ type: 'resident.suggestion.withdrawn', subject: suggestion, source: 'residents', data })
    at(40)
    expect(await told(suggestion)).toEqual([])
  })

  it('tells everything once when another process takes over after a time in which nobody looked', async () => {
    at(0)
    const { suggestion } = await takenCase()
    at(60)
    const [second, third] = await Promise.all([street.startAgain(), street.startAgain()])
    await Promise.all([second.settle(), third.settle(), street.party.settle()])
    await second.stop()
    await third.stop()
    expect(await told(suggestion)).toEqual(['committee.case.promise_broken'])
  })
})
