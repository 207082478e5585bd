import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, REFUSED, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, inNorth, north, south, startResidents, statementsOf, story } from './residents.data.js'

const RATE = `mutation ($input: RateOutcomeInput!) { rateOutcome(input: $input) { ${REFUSED} ... on Suggestion { id } } }`
const RATES = `{ value numerator denominator suppressed formula }`
const DASHBOARD = `query ($r: [_Any!]!, $period: PeriodInput!) { _entities(representations: $r) {
  ... on Community { id satisfaction(period: $period) { asked answered resolved ${RATES} satisfied ${RATES} reopened ${RATES} }
    suggestionFunnel(period: $period) { stage count } open: openSuggestions { stage age count } residentCount { value suppressed } }
  ... on Cell { id inCell: openSuggestions } } }`
const march = { from: '2026-03-01', to: '2026-03-31' }

describe('indicators of a community', () => {
  let party: TestParty
  const resolved: string[] = []

  const dashboard = async (representations: object[], period: object = march) =>
    party.run(actors.anonymous(), DASHBOARD, { r: representations, period })
  const of = (id: string) => ({ __typename: 'Community', id })

  beforeAll(async () => {
    party = await startResidents(new Date('2026-03-02T02:00:00Z'))
    const { actor } = await aResident(party, 'author')
    for (let i = 0; i < 12; i++) {
      const id = await aSuggestion(party, actor)
      const handling = newTypeId('hdl')
      await story(party, id).accepted(handling)
      party.clock.advanceMs(1_000)
      await story(party, id).resolved(handling)
      resolved.push(id)
    }
    party.clock.advanceMs(1_000)
    for (const [i, id] of resolved.entries())
      expectDone(await party.run(actor, RATE, { input: { suggestion: id, resolved: i < 6, score: i < 6 ? 5 : 2 } }))
    // Open ones of three ages, seen from 20 March.
    await aSuggestion(party, actor, { place: inNorth })
    party.clock.set(new Date('2026-03-15T02:00:00Z'))
    await aSuggestion(party, actor, { place: inNorth })
    party.clock.set(new Date('2026-03-20T02:00:00Z'))
    await aSuggestion(party, actor, { place: inNorth })
  })
  afterAll(() => party.stop())

  it('counts what residents said, for anybody to read, with the formula that counted it', async () => {
    const answer = await dashboard([of(north.id)])
    expectNoErrors(answer)
    const [community] = answer.data._entities
    expect(community.satisfaction).toEqual({
      ...{ asked: 12, answered: 12 },
      resolved: { value: 0.5, numerator: 6, denominator: 12, suppressed: false, formula: 'I5.satisfaction.resolved/1' },
      satisfied: { value: 0.5, numerator: 6, denominator: 12, suppressed: false, formula: 'I5.satisfaction.satisfied/1' },
      reopened: { value: 0, numerator: 0, denominator: 12, suppressed: false, formula: 'I5.satisfaction.reopened/1' },
    })
    expect(community.suggestionFunnel).toEqual([
      { stage: 'SUBMITTED', count: 3 },
      { stage: 'RESOLVED', count: 6 },
      { stage: 'SATISFIED', count: 6 },
    ])
    expect(community.open).toEqual([
      { stage: 'SUBMITTED', age: 'D0_2', count: 1 },
      { stage: 'SUBMITTED', age: 'D3_7', count: 1 },
      { stage: 'SUBMITTED', age: 'D8_30', count: 1 },
    ])
    // One registered resident would be told by a one.
    expect(community.residentCount).toEqual({ value: null, suppressed: true })
  })

  it('hides groups below five with their parts, and shows nothing as nothing', async () => {
    const [community] = (await dashboard([of(north.id)], { from: '2026-03-15', to: '2026-03-31' })).data._entities
    expect(community.satisfaction).toMatchObject({ asked: 0, answered: 0, resolved: { value: null, denominator: 0, suppressed: false } })
    await party.sql(`begin; alter table outcomes no force row level security; delete from outcomes where suggestion_id <> all($q$${`{${resolved.slice(0, 3).join(',')}}`}$q$::text[]);
      alter table outcomes force row level security; commit`)
    const [few] = (await dashboard([of(north.id)])).data._entities
    expect(few.satisfaction).toMatchObject({
      answered: null,
      resolved: { value: null, numerator: null, denominator: null, suppressed: true },
    })
  })

  it('counts days in the zone of the community', async () => {
    const count = async (day: string): Promise<number> =>
      (await dashboard([of(north.id)], { from: day, to: day })).data._entities[0].suggestionFunnel.length
    party.clock.set(new Date('2026-03-20T16:30:00Z'))
    await aSuggestion(party, actors.resident('author'))
    expect([await count('2026-03-21'), await count('2026-03-22')]).toEqual([1, 0])
    party.clock.set(new Date('2026-03-20T02:00:00Z'))
  })

  it('costs one statement per indicator, whatever the number of communities and cells', async () => {
    const representations = [
      ...Array.from({ length: 60 }, (_, i) => of(i % 2 === 0 ? north.id : south.id)),
      ...Array.from({ length: 40 }, (_, i) => ({ __typename: 'Cell', id: i % 2 === 0 ? north.cell : north.otherCell })),
    ]
    const names = await statementsOf(party, async () => {
      const answer = await dashboard(representations)
      expectNoErrors(answer)
      expect(answer.data._entities.at(-2)).toEqual({ id: north.cell, inCell: 4 })
      expect(answer.data._entities.at(-1)).toEqual({ id: north.otherCell, inCell: 0 })
    })
    expect(names.sort()).toEqual(
      ['communities.by_ids', 'indicators.funnel', 'indicators.open_by_age', 'indicators.open_in_cells', 'indicators.satisfaction'].sort(),
    )
  })

  it('gives nothing for an unknown community, and refuses a period that is none', async () => {
    for (const id of [newTypeId('com'), 'nonsense']) {
      const answer = await dashboard([of(id)])
      expectNoErrors(answer)
      expect(answer.data._entities[0]).toEqual({ id, satisfaction: null, suggestionFunnel: null, open: null, residentCount: null })
    }
    for (const period of [
      { from: '2026-03-31', to: '2026-03-01' },
      { from: '2010-01-01', to: '2026-01-01' },
    ]) {
      const answer = await dashboard([of(north.id)], period)
      expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
      expect(answer.data._entities[0].residentCount).not.toBeNull()
    }
  })
})
