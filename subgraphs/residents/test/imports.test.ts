import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectRefusal, REFUSED, type TestActor, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { aResident, inNorth, LAMPS, north, south, startResidents, urban } from './residents.data.js'

const REPORT = `${REFUSED} ... on ImportReport { accepted duplicates rejected { line field code message } }`
const IMPORT = `mutation ($input: ImportSuggestionsInput!) { importSuggestions(input: $input) { ${REPORT} } }`
const IMPORT_RESIDENTS = `mutation ($input: ImportResidentsInput!) { importResidents(input: $input) { ${REPORT} } }`

type Row = Record<string, unknown>
const entry = (line: number, changes: Row = {}): Row => ({ line, externalId: `A-${line}`, text: '路灯坏了', ...changes })
const head = (rows: readonly Row[], changes: Row = {}): { input: Row } => ({
  input: { community: north.id, system: '12345', assent: 'SIGNED', rows, ...changes },
})
const cadre = actors.cadre(north.committee)
const report = (accepted: number, duplicates: number, rejected: unknown[] = []): Row => ({ accepted, duplicates, rejected })

describe("importing a committee's old entries", () => {
  let party: TestParty
  const send = async (rows: readonly Row[], changes: Row = {}, actor: TestActor = cadre): Promise<Row> =>
    expectDone(await party.run(actor, IMPORT, head(rows, changes)))
  const stored = (system: string): Promise<Row[]> =>
    party.sql(`select * from suggestions where import_system = $1 order by import_external_id`, [system])

  beforeAll(async () => {
    party = await startResidents()
  })
  afterAll(() => party.stop())

  it('enters each row like a submission of its time: number, cell, proposed item, assent, timeline, journal row and event', async () => {
    const row = entry(2, { kind: 'COMPLAINT', createdAt: '2024-12-31T23:30', longitude: 106.405, latitude: 29.805, channel: 'HOTLINE' })
    expect(await send([row], { system: 'whole' })).toMatchObject(report(1, 0))
    const [kept] = await stored('whole')
    expect(kept).toMatchObject({
      ...{
        kind: 'COMPLAINT',
        text: '路灯坏了',
        cell_id: north.cell,
        channel: 'HOTLINE',
        entered_by: north.committee,
        assent_form: 'SIGNED',
      },
      ...{ anonymous: true, author_id: null, stage: 'SUBMITTED', proposed_item: LAMPS, public_text_cleared: false },
      created_at: new Date('2024-12-31T15:30:00Z'),
    })
    expect(kept?.['number']).toMatch(/^TS-2024-\d{6}$/)
    const event = (await party.published()).find(({ subject }) => subject === kept?.['id'])
    expect(event).toMatchObject({
      type: 'resident.suggestion.submitted',
      data: {
        suggestion: kept?.['id'],
        number: kept?.['number'],
        cell: north.cell,
        proposedItem: LAMPS,
        createdAt: '2024-12-31T15:30:00.000Z',
      },
    })
    const [journalled] = await party.sql<Row>(`select act, party_id from journal where record_id = $1`, [kept?.['id']])
    expect(journalled).toEqual({ act: 'resident.suggestion.import', party_id: kept?.['id'] })
    const answer = await party.run(cadre, `query ($id: ID!) { suggestion(id: $id) { timeline { type at stage } } }`, { id: kept?.['id'] })
    expect(answer.data.suggestion.timeline).toEqual([
      { type: 'resident.suggestion.submitted', at: '2024-12-31T15:30:00.000Z', stage: 'SUBMITTED' },
    ])
  })

  it('counts rows that are there already, and rejects changed ones, also within one batch', async () => {
    const rows = [entry(2), entry(3), entry(4, { externalId: 'A-3' }), entry(5, { externalId: 'A-3', text: '电梯坏了' })]
    const changed = { field: 'externalId', code: 'ALREADY_DONE', message: expect.stringContaining('imported before') }
    expect(await send(rows, { system: 'twice' })).toMatchObject(report(2, 1, [{ line: 5, ...changed }]))
    expect(await send(rows, { system: 'twice' })).toMatchObject(report(0, 3, [{ line: 5, ...changed }]))
    expect(await send([entry(9, { externalId: 'A-2', kind: null })], { system: 'twice' })).toMatchObject(report(0, 1))
    expect(await stored('twice')).toHaveLength(2)
    expect(await send([entry(2)], { system: 'another system' })).toMatchObject(report(1, 0))
  })

  it.each([
    ['a kind nobody knows', { kind: '投诉' }, 'INVALID_INPUT', 'kind'],
    ['a channel nobody knows', { channel: 'FAX' }, 'INVALID_INPUT', 'channel'],
    ['an empty text', { text: '  ' }, 'INVALID_INPUT', 'text'],
    ['a text of 4,001 characters', { text: '长'.repeat(4_001) }, 'INVALID_INPUT', 'text'],
    ['a text with NUL', { text: 'a\u0000b' }, 'INVALID_INPUT', 'text'],
    ['an identity card number in the text', { text: '我的身份证 11010519491231002X' }, 'FORBIDDEN_DATA', 'text'],
    ['an identity card number as the number', { externalId: '11010519491231002X' }, 'FORBIDDEN_DATA', 'externalId'],
    ['an empty number', { externalId: '' }, 'INVALID_INPUT', 'externalId'],
    ['a number with a line break', { externalId: 'a\nb' }, 'INVALID_INPUT', 'externalId'],
    ['a time in the future', { createdAt: '2030-01-01' }, 'INVALID_INPUT', 'createdAt'],
    ['a time before 2000', { createdAt: '1999-12-31T23:59:59+00:00' }, 'INVALID_INPUT', 'createdAt'],
    ['a date that does not exist', { createdAt: '2025-02-29' }, 'INVALID_INPUT', 'createdAt'],
    ['a date that does not exist, with an offset', { createdAt: '2025-02-29T10:00:00+08:00' }, 'INVALID_INPUT', 'createdAt'],
    ['a time that is none', { createdAt: '昨天' }, 'INVALID_INPUT', 'createdAt'],
    ['half a point', { longitude: 106.4 }, 'INVALID_INPUT', 'latitude'],
    ['a point elsewhere', { longitude: 106.405, latitude: 28.805 }, 'INVALID_INPUT', 'longitude'],
    ['a point beyond the earth', { longitude: 500, latitude: 28.805 }, 'INVALID_INPUT', 'longitude'],
    ['a cell number nobody has', { cell: '77' }, 'NOT_FOUND', 'cell'],
    ['a malformed cell', { cell: "'; drop table cells" }, 'NOT_FOUND', 'cell'],
    ['a cell of another community', { cell: south.cell }, 'INVALID_INPUT', 'cell'],
    ['a point and another cell', { longitude: 106.405, latitude: 29.805, cell: '2' }, 'INVALID_INPUT', 'cell'],
    ['a person nobody imported', { resident: 'R-404' }, 'NOT_FOUND', 'resident'],
    ['a profile nobody has', { resident: newTypeId('res') }, 'NOT_FOUND', 'resident'],
  ])('rejects the row with %s and takes its neighbour', async (name, changes, code, field) => {
    const answer = await send([entry(2, changes), entry(3)], { system: name })
    expect(answer).toMatchObject(report(1, 0, [{ line: 2, field, code }]))
    expect(await stored(name)).toHaveLength(1)
  })

  it('says reasons in the language of the request, and never what the row said', async () => {
    const rows = [entry(2, { createdAt: '秘密' }), entry(3, { text: '11010519491231002X' })]
    const { rejected } = (await send(rows, { system: 'zh' }, { ...cadre, language: 'zh' })) as { rejected: { message: string }[] }
    expect(rejected.map(({ message }) => message)).toEqual([
      '时间须为 ISO 8601，例如 2025-03-01T08:05。',
      '文字中含有本平台从不保存的数据。',
    ])
  })

  it.each([
    ['cells by their number', { cell: '2' }, north.otherCell],
    ['cells by their id', { cell: north.cell }, north.cell],
    ['rows without a place', {}, null],
  ])('takes %s', async (name, changes, cell) => {
    expect(await send([entry(2, changes)], { system: name })).toMatchObject(report(1, 0))
    expect((await stored(name))[0]).toMatchObject({ cell_id: cell })
  })

  it('refuses the whole batch of who may not: every role, at the own and at another committee', async () => {
    const someone = await aResident(party, 'someone')
    const others: readonly (readonly [TestActor, string])[] = [
      [actors.anonymous(), 'NOT_YOUR_FUNCTION'],
      [someone.actor, 'NOT_YOUR_FUNCTION'],
      [actors.officer(urban), 'NOT_YOUR_FUNCTION'],
      [actors.worker(newTypeId('npo')), 'NOT_YOUR_FUNCTION'],
      [actors.auditor(), 'NOT_YOUR_FUNCTION'],
      [actors.cadre(south.committee), 'NOT_YOUR_RECORD'],
      [actors.clerk(south.committee), 'NOT_YOUR_RECORD'],
    ]
    for (const [actor, code] of others) {
      expectRefusal(await party.run(actor, IMPORT, head([entry(2)], { system: 'closed' })), code)
      expectRefusal(await party.run(actor, IMPORT_RESIDENTS, head([{ line: 2, externalId: 'r' }], { system: 'closed' })), code)
    }
    expect(await send([entry(2)], { system: 'open' }, actors.clerk(north.committee))).toMatchObject(report(1, 0))
    expect(await stored('closed')).toEqual([])
  })

  it.each([
    ['an unknown community', { community: newTypeId('com') }, 'NOT_FOUND', 'community'],
    ['a malformed community', { community: 'x' }, 'NOT_FOUND', 'community'],
    ['no assent', { assent: null }, 'ASSENT_MISSING', 'assent'],
    ['a spoken assent without a witness', { assent: 'SPOKEN_WITNESSED', witness: ' ' }, 'ASSENT_MISSING', 'witness'],
    ['no system', { system: '' }, 'INVALID_INPUT', 'system'],
    ['a system with NUL', { system: 'a\u0000' }, 'INVALID_INPUT', 'system'],
    ['no rows', { rows: [] }, 'INVALID_INPUT', 'rows'],
    ['201 rows', { rows: Array.from({ length: 201 }, (_, i) => entry(i)) }, 'INVALID_INPUT', 'rows'],
  ])('refuses a batch with %s', async (_name, changes, code, field) => {
    expect(expectRefusal(await party.run(cadre, IMPORT, head([entry(2)], changes)), code)).toMatchObject({ field })
  })

  it('answers the same request with the same report, and refuses its key for other rows', async () => {
    const once = { system: 'key', clientKey: 'k-1' }
    expect(await send([entry(2), entry(3, { text: '' })], once)).toMatchObject(report(1, 0, [{ line: 3 }]))
    expect(await send([entry(2), entry(3, { text: '' })], once)).toMatchObject(report(1, 0, [{ line: 3 }]))
    expectRefusal(await party.run(cadre, IMPORT, head([entry(4)], once)), 'KEY_REUSED')
  })

  it('enters each row once when the same file is sent five times at once, in any order', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => entry(i + 2))
    const sent = Array.from({ length: 5 }, (_, i) => send(i % 2 === 0 ? rows : [...rows].reverse(), { system: 'crowd' }))
    const reports = await Promise.all(sent)
    expect(reports.reduce((sum, { accepted }) => sum + Number(accepted), 0)).toBe(60)
    expect(reports.reduce((sum, { duplicates }) => sum + Number(duplicates), 0)).toBe(240)
    expect(await stored('crowd')).toHaveLength(60)
  })

  it('costs the same statements for 200 rows as for two', async () => {
    const count = async (rows: number, system: string): Promise<string[]> => {
      await party.settle()
      const [longitude, latitude] = inNorth.coordinates
      const sent = Array.from({ length: rows }, (_, i) => entry(i, { longitude, latitude }))
      const names = await party.statements(() => send(sent, { system }))
      return names.filter((name) => !/^(relay|consumer)/.test(name))
    }
    const few = await count(2, 'few')
    expect(await count(200, 'many')).toEqual(few)
    expect(few.length).toBeLessThanOrEqual(14)
  })

  it('keeps what a committee imported from the eyes of the others, in SQL too', async () => {
    const all = { name: 'test.imported', text: 'select external_id from imported_records union all select id from imports' }
    expect(await party.party.database.readAs(south.committee, (reader) => reader.rows(all))).toEqual([])
    expect(await party.party.database.read.rows({ ...all, name: 'test.imported_by_nobody' })).toEqual([])
    expect(await party.party.database.readAs(north.committee, (reader) => reader.rows({ ...all, name: 'test.own' }))).not.toEqual([])
  })
})

describe("importing a committee's roll", () => {
  let party: TestParty
  const send = async (rows: readonly Row[], changes: Row = {}): Promise<Row> =>
    expectDone(await party.run(cadre, IMPORT_RESIDENTS, head(rows, { system: 'roll', ...changes })))
  const person = (line: number, changes: Row = {}): Row => ({ line, externalId: `R-${line}`, name: '王芳', ...changes })

  beforeAll(async () => {
    party = await startResidents()
  })
  afterAll(() => party.stop())

  it('makes profiles with band, cell and event, counts them, and lets entries name them', async () => {
    const rows = [person(2, { birthYear: 1950, contact: '13800000000', cell: '1' }), person(3, { name: null })]
    expect(await send(rows)).toMatchObject(report(2, 0))
    const [first, second] = await party.sql<Row>(`select * from residents where import_system = 'roll' order by import_external_id`)
    expect(first).toMatchObject({ subject: null, name: '王芳', age_band: 'A75_PLUS', verification: 'NONE', cell_id: north.cell })
    expect(second).toMatchObject({ name: null, age_band: 'UNKNOWN', cell_id: null })
    const years = { name: 'test.years', text: 'select birth_year from resident_private' }
    const own = await party.party.database.readAs(String(first?.['id']), (reader) => reader.rows(years))
    expect(own).toEqual([{ birth_year: 1950 }])
    expect(await party.sql(`select resident_count from communities where id = $1`, [north.id])).toEqual([{ resident_count: 2 }])
    const events = (await party.published()).filter(({ type }) => type === 'resident.profile.registered')
    expect(events.map(({ subject }) => subject)).toEqual([first?.['id'], second?.['id']])
    const entries = [entry(2, { resident: 'R-2' }), entry(3, { resident: second?.['id'] }), entry(4, { resident: 'R-9' })]
    const done = expectDone(await party.run(cadre, IMPORT, head(entries, { system: 'roll' })))
    expect(done).toMatchObject(report(2, 0, [{ line: 4, field: 'resident', code: 'NOT_FOUND' }]))
    const authors = await party.sql(
      `select author_id, owner_party_id, anonymous, age_band_then from suggestions order by import_external_id`,
    )
    expect(authors).toEqual([
      { author_id: first?.['id'], owner_party_id: first?.['id'], anonymous: false, age_band_then: 'A75_PLUS' },
      { author_id: second?.['id'], owner_party_id: second?.['id'], anonymous: false, age_band_then: 'UNKNOWN' },
    ])
    expect(await send(rows)).toMatchObject(report(0, 2))
    expect(await party.sql(`select resident_count from communities where id = $1`, [north.id])).toEqual([{ resident_count: 2 }])
  })

  it.each([
    ['a name that is too long', { name: '王'.repeat(61) }, 'INVALID_INPUT', 'name'],
    ['a bank card as the contact', { contact: '6222021234567890128' }, 'FORBIDDEN_DATA', 'contact'],
    ['a contact that is too long', { contact: '1'.repeat(121) }, 'INVALID_INPUT', 'contact'],
    ['a birth year to come', { birthYear: 2027 }, 'INVALID_INPUT', 'birthYear'],
    ['a birth year of long ago', { birthYear: 1880 }, 'INVALID_INPUT', 'birthYear'],
    ['a cell of another community', { cell: south.cell }, 'NOT_FOUND', 'cell'],
    ['a cell nobody has', { cell: '99' }, 'NOT_FOUND', 'cell'],
    ['a changed person', { externalId: 'R-2', name: '李静' }, 'ALREADY_DONE', 'externalId'],
  ])('rejects %s', async (_name, changes, code, field) => {
    expect(await send([person(50, changes)])).toMatchObject(report(0, 0, [{ line: 50, field, code }]))
  })

  it('enters nothing for a person of another community', async () => {
    const stranger = await aResident(party, 'stranger', south)
    const done = expectDone(await party.run(cadre, IMPORT, head([entry(2, { resident: stranger.id })], { system: 'elsewhere' })))
    expect(done).toMatchObject(report(0, 0, [{ line: 2, field: 'resident', code: 'NOT_ELIGIBLE' }]))
  })
})
