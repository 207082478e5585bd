import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, north, south, startResidents, story, urban } from './residents.data.js'

const CHANGED = `subscription ($id: ID!) { suggestionChanged(suggestion: $id) { id stage text timeline { type } author { id } } }`
const LISTED = `subscription ($of: ID!, $filter: SuggestionFilter) { suggestionsChanged(community: $of, filter: $filter) { id stage kind } }`

describe('live suggestions', () => {
  let party: TestParty
  let author: Awaited<ReturnType<typeof aResident>>
  let neighbour: Awaited<ReturnType<typeof aResident>>
  beforeAll(async () => {
    party = await startResidents()
    author = await aResident(party, 'author')
    neighbour = await aResident(party, 'neighbour')
  })
  afterAll(() => party.stop())

  it('tells of every party, and only of the suggestion that was asked for', async () => {
    const id = await aSuggestion(party, author.actor)
    const other = await aSuggestion(party, author.actor)
    await party.settle()
    const live = party.subscribe(actors.anonymous(), CHANGED, { id })
    expect(await live.isQuiet()).toBe(true)
    await story(party, other).toUrban()
    expect(await live.isQuiet()).toBe(true)
    await story(party, id).toUrban()
    const routed = await live.next()
    expect(routed?.data.suggestionChanged).toMatchObject({ id, stage: 'TRIAGED' })
    expect(routed?.data.suggestionChanged.timeline.at(-1).type).toBe('committee.suggestion.triaged')
    await story(party, id).accepted(newTypeId('hdl'))
    const stages = []
    do stages.push((await live.next())?.data.suggestionChanged.stage)
    while (!(await live.isQuiet()))
    expect(stages.at(-1)).toBe('PROMISED')
    live.leave()
  })

  it('shows each reader what that reader may read, at every event anew', async () => {
    const id = await aSuggestion(party, author.actor)
    await party.settle()
    const own = party.subscribe(author.actor, CHANGED, { id })
    const others = party.subscribe(neighbour.actor, CHANGED, { id })
    const office = party.subscribe({ ...actors.officer(urban), purpose: 'CASE_HANDLING' }, CHANGED, { id })
    for (const reader of [own, others, office]) expect(await reader.isQuiet()).toBe(true)
    await party.run(neighbour.actor, `mutation ($s: ID!) { supportSuggestion(input: { suggestion: $s }) { __typename } }`, { s: id })
    const before = await office.next()
    expect(before?.data.suggestionChanged).toMatchObject({ text: null, author: null })
    expect(before?.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'SCOPE' })
    // Now the department handles it, and its officer may read what an hour ago was closed to him.
    await story(party, id).toUrban()
    expect((await office.next())?.data.suggestionChanged).toMatchObject({
      text: expect.stringContaining('路灯'),
      author: { id: author.id },
    })
    expect((await own.next())?.data.suggestionChanged.text).toContain('路灯')
    const hidden = await others.next()
    expect(hidden?.data.suggestionChanged).toMatchObject({ text: null, author: null })
    for (const reader of [own, others, office]) reader.leave()
  })

  it('refuses what does not exist, with the first and only answer', async () => {
    for (const id of [newTypeId('sug'), 'nonsense']) {
      const live = party.subscribe(author.actor, CHANGED, { id })
      expect((await live.next())?.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', remedy: expect.any(String) })
      await live.ended()
    }
  })

  it('tells of a community what the filter lets through', async () => {
    const ofNorth = party.subscribe(actors.anonymous(), LISTED, { of: north.id, filter: { kinds: ['COMPLAINT'] } })
    const ofSouth = party.subscribe(actors.anonymous(), LISTED, { of: south.id })
    expect([await ofNorth.isQuiet(), await ofSouth.isQuiet()]).toEqual([true, true])
    await aSuggestion(party, author.actor)
    const complaint = await aSuggestion(party, author.actor, { kind: 'COMPLAINT' })
    expect((await ofNorth.next())?.data.suggestionsChanged).toEqual({ id: complaint, stage: 'SUBMITTED', kind: 'COMPLAINT' })
    expect([await ofNorth.isQuiet(), await ofSouth.isQuiet()]).toEqual([true, true])
    ofNorth.leave()
    ofSouth.leave()
  })

  it('reads once for an event, however many listen', async () => {
    const id = await aSuggestion(party, author.actor)
    await party.settle()
    const query = `subscription ($id: ID!) { suggestionChanged(suggestion: $id) { id stage } }`
    const readers = Array.from({ length: 20 }, () => party.subscribe(actors.anonymous(), query, { id }))
    for (const reader of readers) expect(await reader.isQuiet()).toBe(true)
    const statements = await party.statements(async () => {
      await party.run(neighbour.actor, `mutation ($s: ID!) { supportSuggestion(input: { suggestion: $s }) { __typename } }`, { s: id })
      for (const reader of readers) expect((await reader.next())?.data.suggestionChanged.id).toBe(id)
    })
    // One for all of them; another if the relay was told and woke the feed in two steps.
    expect(statements.filter((name) => name === 'suggestions.by_ids').length).toBeLessThanOrEqual(2)
    for (const reader of readers) reader.leave()
  })

  it('reads nothing while nobody listens', async () => {
    const id = await aSuggestion(party, author.actor)
    await party.settle()
    const live = party.subscribe(actors.anonymous(), CHANGED, { id })
    expect(await live.isQuiet()).toBe(true)
    live.leave()
    const statements = await party.statements(() => story(party, id).toUrban())
    expect(statements).not.toContain('suggestions.by_ids')
  })

  it('ends every subscription when the party stops', async () => {
    const second = await startResidents()
    const reader = await aResident(second, 'author')
    const id = await aSuggestion(second, reader.actor)
    await second.settle()
    const live = second.subscribe(reader.actor, CHANGED, { id })
    expect(await live.isQuiet()).toBe(true)
    await second.stop()
    await live.ended()
  })
})
