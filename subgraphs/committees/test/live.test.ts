import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, REFUSED } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { cadreOf, startSmallStreet, submit, type SmallStreet } from './street.data.js'

const TRIAGE = `mutation ($input: TriageSuggestionInput!) { triageSuggestion(input: $input) { ${REFUSED} ... on Triage { id } } }`
const DESK = `subscription ($of: ID!) { triageDeskChanged(committee: $of) { id state suggestion { id } } }`
const INDICATORS = `subscription ($of: ID!) { indicatorsChanged(community: $of) { id name } }`

describe('a live desk of a committee', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  it('tells its own people of what comes and what is routed, and nobody of another desk', async () => {
    const own = street.party.subscribe(cadreOf(street), DESK, { of: street.committee })
    const other = street.party.subscribe(actors.cadre(street.otherCommittee), DESK, { of: street.otherCommittee })
    expect([await own.isQuiet(), await other.isQuiet()]).toEqual([true, true])
    const suggestion = await submit(street)
    const came = (await own.next())?.data.triageDeskChanged
    expect(came).toEqual({ id: expect.stringMatching(/^tri_/), state: 'WAITING', suggestion: { id: suggestion } })
    expectDone(await street.party.run(cadreOf(street), TRIAGE, { input: { suggestion, route: 'GOVERNMENT', to: [street.urban] } }))
    expect((await own.next())?.data.triageDeskChanged).toEqual({ ...came, state: 'ROUTED' })
    expect(await other.isQuiet()).toBe(true)
    own.leave()
    other.leave()
  })

  it.each([
    ['the cadre of another committee', () => actors.cadre(street.otherCommittee), 'NOT_YOUR_RECORD'],
    ['an officer', () => actors.officer(street.urban), 'NOT_YOUR_FUNCTION'],
    ['a resident', () => actors.resident('somebody'), 'NOT_YOUR_FUNCTION'],
    ['nobody in particular', () => actors.anonymous(), 'NOT_YOUR_FUNCTION'],
  ])('refuses %s', async (_, actor, reason) => {
    const live = street.party.subscribe(actor(), DESK, { of: street.committee })
    expect((await live.next())?.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason })
    await live.ended()
  })

  it('reads once for each desk that is watched, however many watch it and whatever else happens', async () => {
    const readers = Array.from({ length: 5 }, () => street.party.subscribe(cadreOf(street), DESK, { of: street.committee }))
    for (const reader of readers) expect(await reader.isQuiet()).toBe(true)
    const statements = await street.party.statements(async () => {
      await submit(street)
      for (const reader of readers) await reader.next()
    })
    expect(statements.filter((name) => name === 'triage_items.of_suggestions')).toHaveLength(1)
    for (const reader of readers) reader.leave()
  })

  it('tells anybody that the indicators of a community changed, and of no other', async () => {
    const own = street.party.subscribe(actors.anonymous(), INDICATORS, { of: street.community })
    const other = street.party.subscribe(actors.anonymous(), INDICATORS, { of: street.otherCommunity })
    expect([await own.isQuiet(), await other.isQuiet()]).toEqual([true, true])
    await submit(street)
    expect((await own.next())?.data.indicatorsChanged).toEqual({ id: street.community, name: expect.any(String) })
    expect(await other.isQuiet()).toBe(true)
    own.leave()
    other.leave()
    const unknown = street.party.subscribe(actors.anonymous(), INDICATORS, { of: newTypeId('com') })
    expect((await unknown.next())?.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
  })
})
