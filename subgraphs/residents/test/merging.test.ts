import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectRefusal, REFUSED, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, north, south, startResidents, story } from './residents.data.js'

const DAY = 86_400_000
const START = new Date('2026-03-02T02:00:00Z')
const SUPPORT = `mutation ($input: SupportSuggestionInput!) { supportSuggestion(input: $input) { ${REFUSED} ... on Suggestion { id supporters supportedByMe } } }`
const UNSUPPORT = `mutation ($input: WithdrawSupportInput!) { withdrawSupport(input: $input) { ${REFUSED} ... on Suggestion { id supporters supportedByMe } } }`
const CONTEST = `mutation ($input: ContestMergeInput!) { contestMerge(input: $input) { ${REFUSED} ... on Suggestion { id stage } } }`
const WITHDRAW = `mutation ($input: WithdrawSuggestionInput!) { withdrawSuggestion(input: $input) { ${REFUSED} ... on Suggestion { id } } }`

describe('supports and merges', () => {
  let party: TestParty
  type Person = Awaited<ReturnType<typeof aResident>>
  let author: Person
  let people: Person[]
  let stranger: Person

  const support = (person: Person, suggestion: string) => party.run(person.actor, SUPPORT, { input: { suggestion } })
  const read = async (id: string) =>
    (await party.run(actors.anonymous(), `query ($id: ID) { suggestion(id: $id) { stage supporters mergedInto { id } } }`, { id })).data
      .suggestion
  const afterDays = async (days: number): Promise<void> => {
    party.clock.set(new Date(START.getTime() + days * DAY))
    await party.settle()
  }
  const eventsOf = async (id: string, type: string) =>
    (await party.published()).filter((event) => event.subject === id && event.type === `resident.suggestion.${type}`)

  beforeAll(async () => {
    party = await startResidents(START)
    author = await aResident(party, 'author')
    people = []
    for (const name of ['one', 'two', 'three']) people.push(await aResident(party, name))
    stranger = await aResident(party, 'stranger', south)
  })
  afterEach(() => party.clock.set(START))
  afterAll(() => party.stop())

  it('counts each supporter once, whatever comes at the same time, and names none of them', async () => {
    const id = await aSuggestion(party, author.actor)
    const answers = await Promise.all([...people, ...people].map((person) => support(person, id)))
    const outcomes = answers.map((answer) => answer.data.supportSuggestion.__typename).sort()
    expect(outcomes).toEqual(['Refusal', 'Refusal', 'Refusal', 'Suggestion', 'Suggestion', 'Suggestion'])
    expect(await read(id)).toMatchObject({ supporters: 3 })
    const events = await eventsOf(id, 'supported')
    expect(events.map(({ data }) => data)).toEqual([1, 2, 3].map((supporters) => ({ suggestion: id, supporters })))
  })

  it('refuses the author, residents of another community, unknown entries, offices and strangers', async () => {
    const id = await aSuggestion(party, author.actor)
    expectRefusal(await support(author, id), 'ALREADY_DONE')
    expectRefusal(await support(stranger, id), 'NOT_ELIGIBLE')
    for (const unknown of [newTypeId('sug'), 'x', '']) expectRefusal(await support(people[0]!, unknown), 'NOT_FOUND')
    expectRefusal(await party.run(actors.anonymous(), SUPPORT, { input: { suggestion: id } }), 'NOT_VERIFIED')
    expectRefusal(await party.run(actors.cadre(north.committee), SUPPORT, { input: { suggestion: id } }), 'NOT_YOUR_FUNCTION')
    expectDone(await party.run(author.actor, WITHDRAW, { input: { suggestion: id } }))
    expectRefusal(await support(people[0]!, id), 'WRONG_STAGE')
  })

  it('takes a support back, once', async () => {
    const id = await aSuggestion(party, author.actor)
    expect(expectDone(await support(people[0]!, id))).toMatchObject({ supporters: 1, supportedByMe: true })
    const back = () => party.run(people[0]!.actor, UNSUPPORT, { input: { suggestion: id } })
    expect(expectDone(await back())).toMatchObject({ supporters: 0, supportedByMe: false })
    expectRefusal(await back(), 'NOT_FOUND')
  })

  it('merges a duplicate after ten days, moves its supports and flattens what had been merged into it', async () => {
    const [first, second, third] = [
      await aSuggestion(party, author.actor),
      await aSuggestion(party, people[0]!.actor),
      await aSuggestion(party, people[1]!.actor),
    ]
    for (const [person, id] of [
      [people[2]!, second],
      [people[1]!, second],
      [people[2]!, first],
      [author, second],
    ] as const)
      expectDone(await support(person, id))
    await story(party, third).duplicateOf(second)
    await afterDays(5)
    expect(await read(third)).toMatchObject({ stage: 'TRIAGED', mergedInto: null })
    await afterDays(11)
    expect(await read(third)).toMatchObject({ stage: 'MERGED', mergedInto: { id: second } })
    await story(party, second).duplicateOf(first)
    await afterDays(30)
    expect(await read(second)).toMatchObject({ stage: 'MERGED', mergedInto: { id: first }, supporters: 0 })
    expect(await read(third)).toMatchObject({ stage: 'MERGED', mergedInto: { id: first } })
    // Supporter three was there already, the author of the target counts no support; supporter two moved.
    expect(await read(first)).toMatchObject({ supporters: 2 })
    const rows = await party.sql(`select resident_id, moved_from from supports where suggestion_id = $1 order by moved_from nulls first`, [
      first,
    ])
    expect(rows).toEqual([
      { resident_id: people[2]!.id, moved_from: null },
      { resident_id: people[1]!.id, moved_from: second },
    ])
    expect((await eventsOf(third, 'merged')).map(({ data }) => data['into'])).toEqual([second, first])
    expect((await eventsOf(first, 'supported')).at(-1)?.data['supporters']).toBe(2)
  })

  it('lets the author contest in time, once; then the entry is on the desk again and never merges', async () => {
    const [target, id] = [await aSuggestion(party, author.actor), await aSuggestion(party, people[0]!.actor)]
    const contest = (person = people[0]!, reason = '这是另一个地方') =>
      party.run(person.actor, CONTEST, { input: { suggestion: id, reason } })
    expectRefusal(await contest(), 'WRONG_STAGE')
    await story(party, id).duplicateOf(target)
    expectRefusal(await contest(author), 'NOT_YOUR_RECORD')
    expectRefusal(await contest(people[0]!, ' '), 'REASON_MISSING')
    expect(expectDone(await contest())).toMatchObject({ stage: 'SUBMITTED' })
    expectRefusal(await contest(), 'ALREADY_DONE')
    await afterDays(20)
    expect(await read(id)).toMatchObject({ stage: 'SUBMITTED', mergedInto: null })
    expect((await eventsOf(id, 'merge_contested')).map(({ data }) => data['into'])).toEqual([target])
  })

  it('lets the holder of a follow code contest, and nobody once the entry was taken back', async () => {
    const target = await aSuggestion(party, author.actor)
    const submit = `mutation ($input: SubmitSuggestionInput!) { submitSuggestion(input: $input) { ... on Suggestion { id followCode } } }`
    const input = { kind: 'COMPLAINT', text: '路灯', community: north.id, channel: 'WEB', anonymous: true }
    const { id, followCode } = (await party.run(actors.anonymous(), submit, { input })).data.submitSuggestion
    await story(party, id).duplicateOf(target)
    const contest = (code: string) =>
      party.run(actors.anonymous(), CONTEST, { input: { suggestion: id, reason: '不是同一盏', followCode: code } })
    expectRefusal(await contest('AAAA-AAAA-AAAA'), 'NOT_FOUND')
    expect(expectDone(await contest(followCode))).toMatchObject({ stage: 'SUBMITTED' })
    const withdrawn = await aSuggestion(party, author.actor)
    await story(party, withdrawn).duplicateOf(target)
    expectDone(await party.run(author.actor, WITHDRAW, { input: { suggestion: withdrawn } }))
    expectRefusal(await party.run(author.actor, CONTEST, { input: { suggestion: withdrawn, reason: '不是' } }), 'WRONG_STAGE')
    expect(await eventsOf(withdrawn, 'merge_contested')).toEqual([])
  })

  it('refuses to contest when the ten days are over, even if nobody has looked at the clock', async () => {
    const [target, id] = [await aSuggestion(party, author.actor), await aSuggestion(party, people[0]!.actor)]
    await story(party, id).duplicateOf(target)
    // Ten calendar days from 2 March are over at 24:00 of 12 March in Shanghai.
    party.clock.set(new Date('2026-03-12T16:00:00.001Z'))
    expectRefusal(await party.run(people[0]!.actor, CONTEST, { input: { suggestion: id, reason: 'late' } }), 'TOO_LATE')
  })

  it('decides once when the clock and late authors come at the same moment, and makes nobody wait for ever', async () => {
    const target = await aSuggestion(party, author.actor)
    const copies: string[] = []
    for (let i = 0; i < 6; i++) copies.push(await aSuggestion(party, people[0]!.actor))
    for (const id of copies) await story(party, id).duplicateOf(target)
    party.clock.set(new Date(START.getTime() + 20 * DAY))
    const late = copies.map((id) => party.run(people[0]!.actor, CONTEST, { input: { suggestion: id, reason: 'late' } }))
    const [answers] = await Promise.all([Promise.all(late), party.settle(), party.settle()])
    for (const answer of answers) expectRefusal(answer, 'TOO_LATE')
    for (const id of copies) {
      expect(await read(id)).toMatchObject({ stage: 'MERGED', mergedInto: { id: target } })
      expect(await eventsOf(id, 'merged')).toHaveLength(1)
    }
  })

  it('forgets a pending merge when the committee triages anew', async () => {
    const [target, id] = [await aSuggestion(party, author.actor), await aSuggestion(party, people[0]!.actor)]
    await story(party, id).duplicateOf(target)
    party.clock.advanceMs(60_000)
    await story(party, id).toUrban()
    await afterDays(20)
    expect(await read(id)).toMatchObject({ stage: 'TRIAGED', mergedInto: null })
  })

  it.each([
    ['withdrawn meanwhile', async (target: string) => void (await party.run(author.actor, WITHDRAW, { input: { suggestion: target } }))],
    [
      'the entry itself, in a circle',
      async (target: string, id: string) => {
        party.clock.advanceMs(1)
        await story(party, target).duplicateOf(id)
      },
    ],
  ])('does not merge into a target that is %s, and puts the entry on the desk again', async (_, spoil) => {
    const [target, id] = [await aSuggestion(party, author.actor), await aSuggestion(party, people[0]!.actor)]
    await story(party, id).duplicateOf(target)
    await spoil(target, id)
    await afterDays(20)
    const merged = await party.sql<{ id: string; merged_into: string | null }>(
      `select id, merged_into from suggestions where id = any($1)`,
      [[target, id]],
    )
    const ends = merged.filter((row) => row.merged_into === null)
    expect(ends.length).toBeGreaterThan(0)
    expect(merged.every((row) => row.merged_into !== row.id)).toBe(true)
    expect(await party.sql(`select 1 from merges where state = 'PENDING'`)).toEqual([])
  })

  it('does not merge across communities or into an entry that does not exist', async () => {
    const foreign = await aSuggestion(party, stranger.actor, { community: south.id, place: null })
    for (const target of [foreign, newTypeId('sug')]) {
      const id = await aSuggestion(party, author.actor)
      await story(party, id).duplicateOf(target)
      await afterDays(20)
      expect(await read(id)).toMatchObject({ stage: 'SUBMITTED', mergedInto: null })
      expect(await eventsOf(id, 'merge_contested')).toHaveLength(1)
      party.clock.set(START)
    }
  })
})
