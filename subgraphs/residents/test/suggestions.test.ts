import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, aSuggestion, FOLLOW_SECRET, inNorth, inSouth, LAMPS, north, south, startResidents, SUBMIT } from './residents.data.js'
import { followCodeOf } from '../src/follow-code.js'

const input = { kind: 'COMPLAINT', text: '楼道堆放杂物', community: north.id, channel: 'WEB' }

describe('submitting a suggestion', () => {
  let party: TestParty
  let author: Awaited<ReturnType<typeof aResident>>

  beforeAll(async () => {
    party = await startResidents()
    author = await aResident(party, 'author')
  })
  afterAll(() => party.stop())

  it('finds the cell of the place, proposes the function item and tells the others keys only', async () => {
    const done = expectDone(await party.run(author.actor, SUBMIT, { input: { ...input, text: '路灯不亮，晚上很黑', place: inNorth } }))
    expect(done).toMatchObject({
      stage: 'SUBMITTED',
      text: '路灯不亮，晚上很黑',
      place: inNorth,
      cell: { id: north.cell },
      author: { id: author.id },
    })
    expect(done['number']).toMatch(/^TS-2026-\d{6}$/)
    const event = (await party.published()).find(({ type, subject }) => type === 'resident.suggestion.submitted' && subject === done['id'])
    expect(event?.data).toEqual({
      ...{ suggestion: done['id'], number: done['number'], kind: 'COMPLAINT', community: north.id, cell: north.cell, channel: 'WEB' },
      ...{ anonymous: false, createdAt: party.clock.now().toISOString(), proposedItem: LAMPS },
    })
  })

  it('gives an anonymous author a follow code, again when the request is repeated, and keeps it nowhere', async () => {
    const request = { input: { ...input, anonymous: true, clientKey: 'anonymous-0123456789' } }
    const first = expectDone(await party.run(actors.anonymous(), SUBMIT, request))
    const again = expectDone(await party.run(actors.anonymous(), SUBMIT, request))
    expect(first).toMatchObject({ anonymous: true, author: null, followCode: followCodeOf(FOLLOW_SECRET, String(first['id'])) })
    expect(first['followCode']).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/)
    expect(again).toEqual(first)
    const rows = await party.sql<{ row: string }>(`select s::text as row from suggestions s union all select j::text from journal j`)
    expect(rows.some(({ row }) => row.includes(String(first['followCode'])))).toBe(false)
  })

  it('hides a resident who stays anonymous from journal, events and every other reader', async () => {
    const done = expectDone(await party.run(author.actor, SUBMIT, { input: { ...input, anonymous: true } }))
    const named = await party.sql(`select 1 from journal where record_id = $1 and party_id <> $1`, [done['id']])
    expect(named).toEqual([])
    const query = `query ($id: ID) { suggestion(id: $id) { author { id } } }`
    const cadre = { ...actors.cadre(north.committee), purpose: 'CASE_HANDLING' }
    expect((await party.run(cadre, query, { id: done['id'] })).data.suggestion.author).toBeNull()
    expect((await party.run(author.actor, query, { id: done['id'] })).data.suggestion.author).toBeNull()
  })

  it.each([
    ['an unknown community', { community: newTypeId('com') }, 'NOT_FOUND', 'community'],
    ['a malformed community', { community: "'; drop table suggestions" }, 'NOT_FOUND', 'community'],
    ['another community', { community: south.id }, 'NOT_ELIGIBLE', 'community'],
    ['a place in another community', { place: inSouth }, 'INVALID_INPUT', 'place'],
    ['a place outside every cell', { place: { type: 'Point', coordinates: [0, 0] } }, 'INVALID_INPUT', 'place'],
    ['geometry that is no point', { place: { type: 'LineString', coordinates: [] } }, 'INVALID_INPUT', 'place'],
    ['coordinates out of range', { place: { type: 'Point', coordinates: [500, 0] } }, 'INVALID_INPUT', 'place'],
    ['an unknown cell', { cell: newTypeId('cel') }, 'NOT_FOUND', 'cell'],
    ['a cell of another community', { cell: south.cell }, 'INVALID_INPUT', 'cell'],
    ['a cell that contradicts the place', { place: inNorth, cell: north.otherCell }, 'INVALID_INPUT', 'cell'],
    ['a blank text', { text: ' \n ' }, 'INVALID_INPUT', 'text'],
    ['a text over 4,000 characters', { text: '长'.repeat(4_001) }, 'INVALID_INPUT', 'text'],
    ['a NUL in the text', { text: 'a\u0000b' }, 'INVALID_INPUT', 'text'],
    ['a channel of the committee', { channel: 'HOTLINE' }, 'INVALID_INPUT', 'channel'],
    ['an identity card number', { text: '我的身份证 11010519491231002X' }, 'FORBIDDEN_DATA', 'text'],
  ])('refuses %s', async (_, change, code, field) => {
    const refusal = expectRefusal(await party.run(author.actor, SUBMIT, { input: { ...input, ...change } }), code)
    expect(refusal['field']).toBe(field)
  })

  it('refuses a named entry of somebody without a profile, and every office', async () => {
    expectRefusal(await party.run(actors.anonymous(), SUBMIT, { input }), 'NOT_VERIFIED')
    expectRefusal(await party.run(actors.resident('nobody'), SUBMIT, { input }), 'NOT_VERIFIED')
    for (const actor of [actors.clerk(north.committee), actors.cadre(north.committee), actors.officer(newTypeId('dep')), actors.auditor()])
      expectRefusal(await party.run(actor, SUBMIT, { input: { ...input, anonymous: true } }), 'NOT_YOUR_FUNCTION')
  })

  it('gives every entry its own number, also when many are written at once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => aSuggestion(party, author.actor)))
    const rows = await party.sql<{ number: string }>(`select distinct number from suggestions where id = any($1)`, [ids])
    expect(rows).toHaveLength(12)
  })

  it('writes nothing twice when the same request comes twice at the same time', async () => {
    const request = { input: { ...input, clientKey: 'twice' } }
    const answers = await Promise.all([1, 2, 3].map(() => party.run(author.actor, SUBMIT, request)))
    const ids = new Set(answers.map((answer) => expectDone(answer)['id']))
    expect(ids.size).toBe(1)
    expectRefusal(await party.run(author.actor, SUBMIT, { input: { ...request.input, text: 'other' } }), 'KEY_REUSED')
  })

  it('shows a text to everybody only when its author cleared it, and a place only roughly', async () => {
    const closed = await aSuggestion(party, author.actor)
    const open = await aSuggestion(party, author.actor, { shareText: true })
    const query = `query ($id: ID) { suggestion(id: $id) { number text place } }`
    const hidden = await party.run(actors.anonymous(), query, { id: closed })
    expect(hidden.data.suggestion).toMatchObject({ text: null, place: null })
    expect(hidden.errors.map((error) => error.extensions?.['reason'])).toEqual(['SCOPE', 'SCOPE'])
    const shown = await party.run(actors.anonymous(), query, { id: open })
    expectNoErrors(shown)
    expect(shown.data.suggestion).toMatchObject({ text: expect.any(String), place: { coordinates: [106.4051, 29.8057] } })
  })
})
