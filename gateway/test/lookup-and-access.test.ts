import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { typeIdAt } from '@commonhall/shared/typeid'

import { createGateway, type Gateway } from '../src/gateway.js'
import { ANONYMOUS, CADRE, TEST_KEY } from './fixture-gateway.js'
import { fixtureSubgraph, type FixtureSubgraph } from './fixture-subgraph.js'
import type { Row, World } from './fixture-world.js'

const RESIDENTS = `
type Query { suggestions: [Suggestion!] me: Resident @authenticated }
interface Node { id: ID! }
type Suggestion implements Node @key(fields: "id") {
  "TypeID, prefix sug."
  id: ID!
  title: String!
  author: Resident
}
type Resident implements Node @key(fields: "id") {
  "TypeID, prefix res."
  id: ID!
  nick: String
  phone: String @authenticated
}`
const COMMITTEES = `
type Query { desk: [Triage!] @authenticated @requiresScopes(scopes: [["desk:committee"]]) inbox: [Triage!] @requiresScopes(scopes: [["desk:government"]]) }
interface Node { id: ID! }
type Suggestion @key(fields: "id") { id: ID! triage: Triage }
type Triage implements Node @key(fields: "id") {
  "TypeID, prefix tri."
  id: ID!
  state: String
}`

const idOf = (prefix: string, n: number): string => typeIdAt(prefix, n, new Uint8Array(10).fill(n))
const [SUGGESTION, RESIDENT, TRIAGE, UNKNOWN] = [idOf('sug', 1), idOf('res', 2), idOf('tri', 3), idOf('sug', 9)]

const world = (): World => {
  const rows: Record<string, Row> = {
    [SUGGESTION]: { __typename: 'Suggestion', id: SUGGESTION, title: 'A bench', author: () => rows[RESIDENT], triage: () => rows[TRIAGE] },
    [RESIDENT]: { __typename: 'Resident', id: RESIDENT, nick: 'neighbour', phone: '138' },
    [TRIAGE]: { __typename: 'Triage', id: TRIAGE, state: 'OPEN' },
  }
  return {
    acts: [],
    root: { suggestions: () => [rows[SUGGESTION]], me: () => rows[RESIDENT], desk: () => [rows[TRIAGE]], inbox: () => [rows[TRIAGE]] },
    entity: (representation) => rows[String(representation['id'])] ?? null,
  }
}

describe('a hub with records', () => {
  let gateway: Gateway
  let residents: FixtureSubgraph
  let committees: FixtureSubgraph
  beforeAll(async () => {
    const shared = world()
    residents = fixtureSubgraph('residents', RESIDENTS, shared)
    committees = fixtureSubgraph('committees', COMMITTEES, shared)
    gateway = await createGateway({
      subgraphs: [residents, committees].map((subgraph) => ({ kind: 'local' as const, subgraph })),
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [],
      port: 0,
    })
  })
  afterAll(() => gateway.stop())
  const ask = async (query: string, variables: Record<string, unknown> = {}, principal = ANONYMOUS) => {
    residents.calls.length = 0
    committees.calls.length = 0
    const { data, errors } = await gateway.execute({ query, variables }, principal)
    return {
      data: JSON.parse(JSON.stringify(data)) as unknown,
      codes: errors.map(({ path, extensions }) => [path?.join('.'), extensions['code']]),
    }
  }

  it('finds any record by its id and asks only the parties that own what is asked', async () => {
    const answer = await ask(
      'query Q($id: ID!) { node(id: $id) { __typename id ... on Suggestion { title triage { state } } ... on Triage { state } } }',
      { id: SUGGESTION },
    )
    expect(answer).toEqual({
      data: { node: { __typename: 'Suggestion', id: SUGGESTION, title: 'A bench', triage: { state: 'OPEN' } } },
      codes: [],
    })
    await ask('query Q($id: ID!) { node(id: $id) { ... on Suggestion { title } ... on Triage { state } } }', { id: TRIAGE })
    expect([residents.calls.length, committees.calls.length]).toEqual([0, 1])
  })

  it('finds many in the order of the ids, null where there is none', async () => {
    const answer = await ask('query Q($ids: [ID!]!) { nodes(ids: $ids) { id ... on Suggestion { title } ... on Resident { nick } } }', {
      ids: [RESIDENT, 'nonsense', SUGGESTION, UNKNOWN, ''],
    })
    expect(answer).toEqual({
      data: { nodes: [{ id: RESIDENT, nick: 'neighbour' }, null, { id: SUGGESTION, title: 'A bench' }, null, null] },
      codes: [],
    })
  })

  it.each(['', 'sug_', 'xyz_01h455vb4pex5vsknk084sn02q', "sug_01h455vb4pex5vsknk084sn02q' or 1=1", '__proto__', 'constructor', UNKNOWN])(
    'answers null without an error for an id that nobody knows: %s',
    async (id) => {
      expect(await ask('query Q($id: ID!) { node(id: $id) { id ... on Suggestion { title } } }', { id })).toEqual({
        data: { node: null },
        codes: [],
      })
    },
  )

  it('refuses more ids at once than it may, and says so', async () => {
    const ids = Array.from({ length: 501 }, () => RESIDENT)
    const answer = await ask('query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
    expect(answer).toEqual({ data: null, codes: [['nodes', 'INVALID_INPUT']] })
  })

  it('refuses two types with one prefix at the start', async () => {
    const twice = fixtureSubgraph('committees', COMMITTEES.replace('prefix tri', 'prefix sug'), world())
    const start = createGateway({
      subgraphs: [
        { kind: 'local', subgraph: residents },
        { kind: 'local', subgraph: twice },
      ],
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [],
      port: 0,
    })
    await expect(start).rejects.toThrow('"sug" is claimed by')
  })

  it('refuses schemas that do not compose, with every reason, and leaves nothing running', async () => {
    const clash = fixtureSubgraph(
      'committees',
      'type Query { suggestions: [Suggestion!] } type Suggestion @key(fields: "id") { id: ID! title: String! }',
      world(),
    )
    const start = createGateway({
      subgraphs: [
        { kind: 'local', subgraph: residents },
        { kind: 'local', subgraph: clash },
      ],
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [],
      port: 0,
    })
    await expect(start).rejects.toThrow(/INVALID_FIELD_SHARING[\s\S]*INVALID_FIELD_SHARING/)
  })

  it('gives a protected field to nobody in particular as null, and calls nobody for it', async () => {
    expect(await ask('{ me { nick } desk { state } }')).toEqual({
      data: { me: null, desk: null },
      codes: [
        ['me', 'UNAUTHENTICATED'],
        ['desk', 'UNAUTHENTICATED'],
      ],
    })
    expect([residents.calls.length, committees.calls.length]).toEqual([0, 0])
  })

  it('protects a field on every path: alias, fragment, union of paths and lookup', async () => {
    const query =
      'query Q($id: ID!) { suggestions { author { ...F } } node(id: $id) { ...F ... on Resident { p: phone } } } fragment F on Resident { nick x: phone }'
    const { data, codes } = await ask(query, { id: RESIDENT })
    expect(data).toEqual({ suggestions: [{ author: { nick: 'neighbour', x: null } }], node: { nick: 'neighbour', x: null, p: null } })
    expect(codes).toEqual([
      ['suggestions.0.author.x', 'UNAUTHENTICATED'],
      ['node.x', 'UNAUTHENTICATED'],
      ['node.p', 'UNAUTHENTICATED'],
    ])
    expect(JSON.stringify(residents.calls.map(({ request }) => request.query))).not.toContain('phone')
  })

  it('opens a desk only to the post that acts', async () => {
    expect(await ask('{ desk { state } inbox { state } me { phone } }', {}, CADRE)).toEqual({
      data: { desk: [{ state: 'OPEN' }], inbox: null, me: { phone: '138' } },
      codes: [['inbox', 'FORBIDDEN']],
    })
    expect((await ask('{ desk { state } }', {}, { ...CADRE, actingFor: null })).codes).toEqual([['desk', 'FORBIDDEN']])
  })

  it('keeps its schema to itself unless introspection is switched on', async () => {
    await expect(ask('{ __schema { types { name } } }')).rejects.toMatchObject({ name: 'InvalidDocument' })
    await expect(ask('{ suggestons { id } }')).rejects.toMatchObject({ errors: [{ message: expect.not.stringContaining('Did you mean') }] })
  })
})
