import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors, startTestParty, type TestParty } from '@commonhall/harness'
import { checkCharter, formatFinding, readCharter } from '@commonhall/shared/charter'
import { newTypeId } from '@commonhall/shared/typeid'
import { createStreet } from '@commonhall/street'

import { createGovernmentSubgraph, migrateGovernment, seedGovernment } from '../src/subgraph.js'

const anchor = new Date('2026-11-23T02:00:00Z')
const street = createStreet({ anchor, scale: 0.02 })
const repository = join(dirname(new URL(import.meta.url).pathname), '../../..')

describe("the government's subgraph", () => {
  let government: TestParty
  beforeAll(async () => {
    government = await startTestParty({ name: 'government', migrate: migrateGovernment, create: createGovernmentSubgraph, now: anchor })
    await seedGovernment({ ownerUrl: government.database.ownerUrl, street, personaSubjects: {} })
  })
  afterAll(() => government.stop())

  it('publishes what the charter gives it, all of it, and nothing else', () => {
    const charter = readCharter(join(repository, 'charter'))
    const findings = checkCharter({ charter, subgraphs: [{ name: 'government', sdl: government.party.sdl }], now: anchor })
    expect(findings.filter(({ code }) => code !== 'PARTY_WITHOUT_SUBGRAPH').map(formatFinding)).toEqual([])
  })

  const entities = async (typename: string, fields: string, ids: readonly string[]) => {
    const representations = ids.map((id) => ({ __typename: typename, id }))
    const names: string[] = await government.statements(async () => {
      const answer = await government.run(
        actors.anonymous(),
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${fields} } } }`,
        { r: representations },
      )
      expectNoErrors(answer)
      found = answer.data._entities
    })
    return names.sort()
  }
  let found: Array<Record<string, unknown> | null> = []
  const stories = [...street.suggestions()]
  const handlings = stories.flatMap((story) => story.caseHandlings.map(({ id }) => id))
  const first100 = (ids: readonly string[]): string[] => Array.from({ length: 100 }, (_, i) => ids[i % ids.length] ?? '')

  it('gives the cases of 100 suggestions, with everything in them, in one statement for each type', async () => {
    const ids = stories.filter(({ caseHandlings }) => caseHandlings.length > 0).map(({ id }) => id)
    const names = await entities(
      'Suggestion',
      'id caseHandlings { id department { name } suggestedOwner { code } progress { text } questions { text handling { id } } promise { state } }',
      first100(ids),
    )
    expect(found.every((suggestion) => (suggestion?.['caseHandlings'] as unknown[]).length > 0)).toBe(true)
    expect([...new Set(names)]).toEqual(names)
    expect(names).toEqual(
      expect.arrayContaining(['case_handlings.of_suggestions', 'progress_notes.of_handlings', 'case_questions.of_handlings']),
    )
  })

  it.each([
    ['CaseHandling', first100(handlings), 'case_handlings.by_ids'],
    [
      'CaseQuestion',
      first100(stories.flatMap(({ caseHandlings }) => caseHandlings.flatMap(({ questions }) => questions.map(({ id }) => id)))),
      'case_questions.by_ids',
    ],
    ['FunctionItem', first100(street.functionItems.map(({ id }) => id)), 'function_items.by_ids'],
    ['Department', first100(street.departments.map(({ id }) => id)), 'departments.by_ids'],
  ])('resolves 100 representations of %s in one statement', async (typename, ids, statement) => {
    expect(await entities(typename, 'id', ids)).toEqual([statement])
    expect(found.map((entity) => entity?.['id'])).toEqual(ids)
  })

  it('knows nothing of ids that are none, without an error', async () => {
    const ids = ['', 'x', 'csh_', 'csh_\u0000', newTypeId('csh'), newTypeId('sug'), "'; drop table journal"]
    for (const typename of ['CaseHandling', 'CaseQuestion', 'InboxItem', 'Department', 'FunctionItem']) {
      await entities(typename, 'id', ids)
      expect(found).toEqual(ids.map(() => null))
    }
    await entities('Suggestion', 'caseHandlings { id }', ids)
    expect(found).toEqual(ids.map(() => ({ caseHandlings: [] })))
    const answer = await government.run(
      actors.anonymous(),
      `{ a: department(id: "\\u0000") { id } b: functionItem(code: "\\u0000") { id } c: functionItem(id: "x") { id } }`,
    )
    expectNoErrors(answer)
    expect(answer.data).toEqual({ a: null, b: null, c: null })
  })

  describe('responsiveness', () => {
    const FIELDS = `received responded { value } onTime { value numerator denominator } resolved { value } keptPromise { value } extended { value formula }
      bounced { value formula } medianHoursToRespond declinedNotMine overdueNow`
    const period = (from: string, to: string): string => `responsiveness(period: { from: "${from}", to: "${to}" }) { ${FIELDS} }`

    it('of all communities is one statement, and one more for another period', async () => {
      const ids = street.communities.map(({ id }) => id)
      const year = period('2026-01-01', '2026-11-23')
      expect(await entities('Community', year, ids)).toEqual(['responsiveness.by_community'])
      expect(await entities('Community', `a: ${year} b: ${year} c: ${period('2025-01-01', '2025-12-31')}`, ids)).toHaveLength(2)
    })

    it('adds up: what communities received is what departments received, and both count each answer once', async () => {
      const year = period('2025-01-01', '2025-12-31')
      const sum = (key: string): number =>
        found.reduce((all, entity) => all + Number((entity?.['responsiveness'] as Record<string, number>)[key]), 0)
      const keys = ['received', 'declinedNotMine', 'overdueNow']
      await entities(
        'Community',
        year,
        street.communities.map(({ id }) => id),
      )
      const byCommunity = keys.map(sum)
      await entities(
        'Department',
        year,
        street.departments.map(({ id }) => id),
      )
      expect(keys.map(sum)).toEqual(byCommunity)
      expect(byCommunity[0]).toBeGreaterThan(50)
    })

    it('of a community in which nothing happened has no rates, and zero is no secret', async () => {
      await entities('Community', period('2026-01-01', '2026-01-31'), [newTypeId('com')])
      expect(found[0]?.['responsiveness']).toMatchObject({
        received: 0,
        responded: { value: null },
        onTime: { value: null, numerator: 0, denominator: 0 },
        extended: { formula: 'I5.extended/1' },
        bounced: { formula: 'I5.bounced/1' },
        medianHoursToRespond: null,
        overdueNow: 0,
      })
    })

    it('shows small numbers of an organ, because they are its duties and no persons', async () => {
      await entities('Department', period('2026-11-01', '2026-11-23'), [street.departments[0]?.id ?? ''])
      expect(found[0]?.['responsiveness']).toMatchObject({ onTime: { denominator: expect.any(Number) } })
    })

    it('refuses a period that is none, in the field alone', async () => {
      const [community] = street.communities
      for (const [from, to] of [
        ['2026-02-01', '2026-01-31'],
        ['2020-01-01', '2026-01-01'],
      ] as const) {
        const answer = await government.run(
          actors.anonymous(),
          `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { id ${period(from, to)} } } }`,
          { r: [{ __typename: 'Community', id: community?.id }] },
        )
        expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
        expect(answer.data._entities).toEqual([{ id: community?.id, responsiveness: null }])
      }
    })
  })
})
