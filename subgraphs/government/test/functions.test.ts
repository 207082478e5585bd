import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectNoErrors, expectRefusal, REFUSED, startTestParty, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createGovernmentSubgraph, migrateGovernment } from '../src/subgraph.js'

const PUBLISH = `mutation ($input: PublishFunctionItemInput!) { publishFunctionItem(input: $input) {
  ${REFUSED} ... on FunctionItem { id itemCode: code title owner { id name } }  } }`

describe('the function list', () => {
  let government: TestParty
  const urban = newTypeId('dep', 1)
  const social = newTypeId('dep', 2)
  const line = {
    code: 'URB-014',
    title: '路灯维护',
    list: 'BASIC',
    legalBasis: '职责清单',
    respondWithin: 5,
    resolveWithin: 10,
    clock: 'WORKING',
    keywords: ['路灯'],
  }

  beforeAll(async () => {
    government = await startTestParty({ name: 'government', migrate: migrateGovernment, create: createGovernmentSubgraph })
    for (const [id, code, name] of [
      [urban, 'urban', '城管办'],
      [social, 'social', '社会事务办'],
    ])
      await government.sql(
        `begin; select set_config('hub.party', '${id}', true); insert into departments (id, code, name_zh, name_en, business_unit) values ('${id}', '${code}', '${name}', '${code}', false); commit`,
      )
  })
  afterAll(() => government.stop())

  it('takes a line from an officer of the owning department and tells the others', async () => {
    const done = expectDone(await government.run(actors.officer(urban), PUBLISH, { input: line }))
    expect(done).toMatchObject({ itemCode: 'URB-014', owner: { id: urban } })
    expect(await government.published()).toMatchObject([{ type: 'government.function.published', data: { code: 'URB-014', owner: urban } }])
  })

  it('refuses another department by name', async () => {
    const refusal = expectRefusal(await government.run(actors.officer(social), PUBLISH, { input: line }), 'NOT_YOUR_RECORD')
    expect(refusal).toMatchObject({ party: { kind: 'GOVERNMENT', id: urban }, field: 'code' })
  })

  it('refuses everybody who is not an officer', async () => {
    for (const actor of [
      actors.anonymous(),
      actors.resident('r'),
      actors.cadre(newTypeId('cmt')),
      actors.worker(newTypeId('npo')),
      actors.auditor(),
    ])
      expectRefusal(await government.run(actor, PUBLISH, { input: line }), 'NOT_YOUR_FUNCTION')
  })

  it('gives the first result again for the same key, and refuses the key with another input', async () => {
    const input = { ...line, code: 'URB-015', clientKey: 'k-1' }
    const first = expectDone(await government.run(actors.officer(urban), PUBLISH, { input }))
    const again = expectDone(await government.run(actors.officer(urban), PUBLISH, { input }))
    expect(again['id']).toBe(first['id'])
    expectRefusal(await government.run(actors.officer(urban), PUBLISH, { input: { ...input, title: 'other' } }), 'KEY_REUSED')
    expect((await government.published()).filter((event) => event.data['code'] === 'URB-015')).toHaveLength(1)
  })

  it('gives a new code to one of two departments that publish it at the same moment', async () => {
    for (const code of ['URB-101', 'URB-102', 'URB-103']) {
      const publish = (department: string) => government.run(actors.officer(department), PUBLISH, { input: { ...line, code } })
      const answers = await Promise.all([publish(urban), publish(social), publish(urban)])
      for (const answer of answers) expectNoErrors(answer)
      expect(await government.sql(`select 1 from function_items where code = '${code}'`)).toHaveLength(1)
      const names = answers.map((answer) => answer.data.publishFunctionItem.__typename)
      expect(names).toContain('FunctionItem')
      expect(names).toContain('Refusal')
    }
  })

  it('resolves 100 representations in one statement', async () => {
    const representations = Array.from({ length: 100 }, () => ({ __typename: 'Department', id: urban }))
    const names = await government.statements(async () => {
      const answer = await government.run(
        actors.anonymous(),
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Department { name } } }`,
        { r: representations },
      )
      expectNoErrors(answer)
      expect(answer.data._entities).toHaveLength(100)
    })
    expect(names).toEqual(['departments.by_ids'])
  })

  it('keeps titles in both languages, and an English one as long as the title stays', async () => {
    const titles = async (code: string): Promise<unknown> =>
      (await government.sql(`select title_zh as zh, title_en as en from function_items where code = '${code}'`))[0]
    const publish = (input: object) => government.run(actors.officer(urban), PUBLISH, { input: { ...line, code: 'URB-020', ...input } })
    expectDone(await publish({ titleEn: 'Street lamps' }))
    expectDone(await publish({ keywords: ['灯'] }))
    expect(await titles('URB-020')).toEqual({ zh: '路灯维护', en: 'Street lamps' })
    expectDone(await publish({ title: '路灯' }))
    expect(await titles('URB-020')).toEqual({ zh: '路灯', en: '路灯' })
    for (const input of [{ titleEn: ' ' }, { titleEn: 'a\u0000' }, { title: '\u0000' }, { code: '\u0000' }, { keywords: ['\u0000'] }])
      expectRefusal(await publish(input), 'INVALID_INPUT')
  })

  it('says who owns a matter', async () => {
    const answer = await government.run(
      actors.anonymous(),
      `{ whoOwns(text: "楼下路灯坏了") { score matched item { code owner { name } } } }`,
    )
    expectNoErrors(answer)
    expect(answer.data.whoOwns[0]).toMatchObject({
      matched: expect.arrayContaining(['路灯']),
      item: { code: expect.stringMatching(/^URB-01/) },
    })
  })

  it('does not show its schema or a page of a foreign cursor', async () => {
    expect((await government.run(actors.anonymous(), `{ _service { sdl } }`)).errors[0]?.extensions?.['code']).toBe('ASSERTION_REFUSED')
    const answer = await government.run(actors.anonymous(), `{ departments { functions(after: "zzz") { nodes { id } } } }`)
    expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })
})
