import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors, type TestActor, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, helpers, inNorth, north, social, south, startResidents, story, urban } from './residents.data.js'

const withPurpose = (actor: TestActor, purpose: string): TestActor => ({ ...actor, purpose })

describe('who may read what', () => {
  let party: TestParty
  let author: Awaited<ReturnType<typeof aResident>>
  let neighbour: Awaited<ReturnType<typeof aResident>>
  let id: string

  beforeAll(async () => {
    party = await startResidents()
    author = await aResident(party, 'author')
    neighbour = await aResident(party, 'neighbour')
    id = await aSuggestion(party, author.actor)
    await story(party, id).toUrban()
  })
  afterAll(() => party.stop())

  const readers: readonly (readonly [string, () => TestActor, 'ALL' | 'PURPOSE' | 'SCOPE'])[] = [
    ['the author', () => author.actor, 'ALL'],
    ['a neighbour', () => neighbour.actor, 'SCOPE'],
    ['a neighbour who declares a purpose', () => withPurpose(neighbour.actor, 'CASE_HANDLING'), 'SCOPE'],
    ['a stranger', () => actors.anonymous(), 'SCOPE'],
    ['an auditor', () => withPurpose(actors.auditor(), 'OVERSIGHT'), 'SCOPE'],
    ['the cadre of the community', () => withPurpose(actors.cadre(north.committee), 'CASE_HANDLING'), 'ALL'],
    ['the clerk of the community', () => withPurpose(actors.clerk(north.committee), 'CASE_HANDLING'), 'ALL'],
    ['the cadre without a purpose', () => actors.cadre(north.committee), 'PURPOSE'],
    ['the cadre with a purpose that is not allowed', () => withPurpose(actors.cadre(north.committee), 'OVERSIGHT'), 'PURPOSE'],
    ["the cadre with the subject's own purpose", () => withPurpose(actors.cadre(north.committee), 'SUBJECT'), 'PURPOSE'],
    ['the cadre of another community', () => withPurpose(actors.cadre(south.committee), 'CASE_HANDLING'), 'SCOPE'],
    ['an officer of the department it went to', () => withPurpose(actors.officer(urban), 'CASE_HANDLING'), 'ALL'],
    ['an officer of another department', () => withPurpose(actors.officer(social), 'CASE_HANDLING'), 'SCOPE'],
    ['a nonprofit to which it did not go', () => withPurpose(actors.worker(helpers), 'CASE_HANDLING'), 'SCOPE'],
  ]

  it.each(readers)('an entry: %s', async (_, actorOf, outcome) => {
    const answer = await party.run(actorOf(), `query ($id: ID) { suggestion(id: $id) { number text place address author { id } } }`, { id })
    const { suggestion } = answer.data
    expect(suggestion.number).toMatch(/^TS-/)
    if (outcome === 'ALL') {
      expectNoErrors(answer)
      expect(suggestion).toMatchObject({ text: expect.any(String), place: inNorth, author: { id: author.id } })
    } else {
      expect(suggestion).toMatchObject({ text: null, place: null, address: null, author: null })
      expect(answer.errors.map((error) => [error.extensions?.['code'], error.extensions?.['reason']])).toEqual(
        Array.from({ length: 3 }, () => ['FORBIDDEN', outcome]),
      )
    }
  })

  it.each(readers)('a person: %s', async (_, actorOf, outcome) => {
    const representation = { __typename: 'Resident', id: author.id }
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { id verification community { id } name contact cell { id } suggestions { nodes { id } } } } }`
    const answer = await party.run(actorOf(), query, { r: [representation] })
    const [person] = answer.data._entities
    expect(person).toMatchObject({ id: author.id, verification: 'CONTACT', community: { id: north.id } })
    if (outcome === 'ALL') {
      expectNoErrors(answer)
      expect(person).toMatchObject({
        name: 'Name of author',
        contact: '13800000000',
        cell: { id: north.cell },
        suggestions: { nodes: [{ id }] },
      })
    } else {
      expect(person).toMatchObject({ name: null, contact: null, cell: null, suggestions: null })
      expect(answer.errors.every((error) => error.extensions?.['code'] === 'FORBIDDEN')).toBe(true)
    }
  })

  it('keeps the age band from those who only handle the case', async () => {
    const query = `query ($id: ID!) { resident(id: $id) { ageBand } }`
    const forCase = await party.run(withPurpose(actors.cadre(north.committee), 'CASE_HANDLING'), query, { id: author.id })
    const forCare = await party.run(withPurpose(actors.cadre(north.committee), 'CARE'), query, { id: author.id })
    expect([forCase.data.resident.ageBand, forCare.data.resident.ageBand]).toEqual([null, 'A60_74'])
  })

  it('lists what a person wrote anonymously with nobody, not even that person', async () => {
    const secret = await aSuggestion(party, neighbour.actor, { anonymous: true })
    const named = await aSuggestion(party, neighbour.actor)
    const query = `query ($id: ID!) { resident(id: $id) { suggestions { nodes { id } } } }`
    const own = await party.run(neighbour.actor, query, { id: neighbour.id })
    const cadre = await party.run(withPurpose(actors.cadre(north.committee), 'CASE_HANDLING'), query, { id: neighbour.id })
    const ids = (answer: typeof own): string[] => answer.data.resident.suggestions.nodes.map((node: { id: string }) => node.id)
    expect(ids(own)).toEqual([named])
    expect(ids(cadre)).toEqual([named])
    const read = await party.run(neighbour.actor, `query ($id: ID) { suggestion(id: $id) { anonymous author { id } } }`, { id: secret })
    expect(read.data.suggestion).toEqual({ anonymous: true, author: null })
  })

  it('offers entries that are like a text only when their authors cleared them', async () => {
    const open = await aSuggestion(party, author.actor, { text: '东门垃圾箱满了没人清理', shareText: true })
    await aSuggestion(party, author.actor, { text: '东门垃圾箱满了很臭' })
    const query = `query ($text: String!, $place: GeoJSON) { similarSuggestions(text: $text, place: $place) { id text } }`
    const found = await party.run(neighbour.actor, query, { text: '垃圾箱满了', place: inNorth })
    expectNoErrors(found)
    expect(found.data.similarSuggestions.map((one: { id: string }) => one.id)).toEqual([open])
    expect((await party.run(neighbour.actor, query, { text: '电梯' })).data.similarSuggestions).toEqual([])
    expect((await party.run(neighbour.actor, query, { text: 'x'.repeat(4_001) })).errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })

  it('needs a sign-in for profiles, and gives nothing for an unknown one', async () => {
    const code = async (query: string) => (await party.run(actors.anonymous(), query)).errors[0]?.extensions?.['code']
    expect(await code(`{ me { id } }`)).toBe('UNAUTHENTICATED')
    expect(await code(`{ resident(id: "${author.id}") { id } }`)).toBe('UNAUTHENTICATED')
    for (const unknown of [newTypeId('res'), 'x\\u0000', "res_' or 1=1"]) {
      const answer = await party.run(author.actor, `{ resident(id: "${unknown}") { id } suggestion(id: "${unknown}") { id } }`)
      expectNoErrors(answer)
      expect(answer.data).toEqual({ resident: null, suggestion: null })
    }
    expect((await party.run(actors.resident('without profile'), `{ me { id } }`)).data.me).toBeNull()
  })
})
