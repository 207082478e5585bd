import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { gatewayAnswer, isValid, monolithAnswer, startFixture } from '../fixture-gateway.js'
import { FIRST_SEED, firstDisagreement, RANDOM_OPERATIONS } from './agreement.js'
import { WORLDS } from './worlds/index.js'

const OPERATIONS: ReadonlyArray<readonly [string, string, Record<string, unknown>?]> = [
  ['plain fields', '{ me { id name } }'],
  ['a field of another party', '{ me { name score(k: 2) } }'],
  ['aliases over several parties', '{ a: me { x: score y: nick(upper: true) } b: me { score } }'],
  ['an alias with the name of a key', '{ me { id: name score email: id } }'],
  ['an alias with the name of a required field', '{ people { name: id greeting } }'],
  ['an alias with the name of a key on a union', '{ feed { ... on Person { id: name score } ... on Book { id: title rating } } }'],
  [
    'an alias that repeats the name, beside fields that others require',
    '{ feed { ... on Film { director { greeting name: name } } } grid { a: greeting friends { greeting name: name } } }',
  ],
  ['the type name anywhere', '{ __typename me { __typename t: __typename score } feed { __typename } }'],
  ['only the type name', '{ __typename }'],
  ['nested lists with nulls', '{ grid { id score } }'],
  ['nested lists below an entity', '{ me { favourite { shelf { title rating(scale: 3) } } } }'],
  ['a union', '{ feed { __typename ... on Book { title rating weight } ... on Film { mins } ... on Person { greeting } } }'],
  [
    'an interface with implementers',
    '{ things { id title ... on Book { weight author { score } } ... on Film { mins director { greeting } } } }',
  ],
  ['a fragment on an interface inside a union', '{ feed { ... on Thing { id title } ... on Person { id } } }'],
  ['fields of one name and different types', '{ people { pet { nick ... on Cat { size } ... on Dog { dogSize: size } } } }'],
  [
    'one alias for different fields by type',
    '{ feed { ... on Book { x: title } ... on Person { x: name } ... on Film { x: title m: mins } } }',
  ],
  ['one alias, two parties, by type', '{ feed { ... on Book { x: rating } ... on Person { x: greeting } } }'],
  ['entities behind an interface object', '{ people { pet { owner { score favourite { title } } } } }'],
  ['three parties by two keys', '{ permits { code holder { name score } about { ... on Film { title rating } } } }'],
  ['the other key back', '{ me { permits { holder { greeting level } } } }'],
  ['a null list of entities', '{ people { id permits { id code } } }'],
  ['a union of stubs', '{ permits { about { ... on Book { title rating } ... on Film { title mins } } } }'],
  ['value types with entities inside', '{ me { stats { likes } address { street city { name mayor { score } } } } }'],
  ['required fields that are null', '{ people { id greeting } }'],
  ['an error in a nullable field', '{ people { id fails } }'],
  ['an error of an entity field at many places', '{ people { id strict name } }'],
  ['an error that nulls an item of a nullable list', '{ things { id ... on Film { rating } } }'],
  ['an error that nulls the whole answer', '{ feed { ... on Film { title rating } } }'],
  ['an error at the root', '{ broken { id score } me { id } }'],
  ['a null root object', '{ person(id: "nobody") { id score } }'],
  ['root fields of three parties', '{ me { id } top { title author { name } } permits { code } }'],
  [
    'named fragments, reused',
    'query Q { me { ...F } top { author { ...F } } } fragment F on Person { score ...G } fragment G on Person { name level }',
  ],
  ['overlapping selections', '{ me { friends { id } friends { score } ... on Person { friends { name friends { greeting } } } } }'],
  [
    'variables and defaults',
    'query Q($k: Int = 3, $u: Boolean, $id: ID!) { person(id: $id) { score(k: $k) nick(upper: $u) } }',
    { id: 'p2' },
  ],
  ['a variable that is left out', 'query Q($k: Int) { me { score(k: $k) favourite { rating(scale: $k) } } }'],
  ['a null variable', 'query Q($k: Int) { me { score(k: $k) } }', { k: null }],
  [
    'enums and inputs',
    'query Q($f: Filter!, $k: Kind) { count(filter: $f) search(kind: $k) { ... on Book { title kind } } }',
    { f: { tags: ['a'] }, k: 'ESSAY' },
  ],
  [
    'skip and include',
    'query Q($y: Boolean!, $n: Boolean!) { me @include(if: $y) { name @skip(if: $y) score @include(if: $n) greeting } top @skip(if: $y) { id } }',
    { y: true, n: false },
  ],
  [
    'conditions in fragments',
    'query Q($y: Boolean!) { me { ...F @include(if: $y) ... @skip(if: $y) { level } id } } fragment F on Person { score permits @skip(if: $y) { id } }',
    { y: true },
  ],
  ['an object whose every field is skipped', '{ me { score @skip(if: true) } people { name @include(if: false) } }'],
  ['everything skipped', '{ me @skip(if: true) { id } }'],
  ['introspection beside data', '{ __type(name: "Level") { name enumValues { name } } me { level } __schema { queryType { name } } }'],
  [
    'introspection in a fragment',
    'query Q { ...F me { id } } fragment F on Query { t: __type(name: "Pet") { kind possibleTypes { name } } }',
  ],
  [
    'reviews five levels down',
    '{ top { reviews(first: 1) { text by { permits { about { ... on Film { director { name score } } } } } } } }',
  ],
]

const SHARE = Math.ceil(RANDOM_OPERATIONS / (WORLDS.length + 1))

describe('the federated answer is the answer of one monolith', () => {
  let fixture: Awaited<ReturnType<typeof startFixture>>
  beforeAll(async () => {
    fixture = await startFixture()
  })
  afterAll(() => fixture.gateway.stop())

  it.each(OPERATIONS)('%s', async (_, query, variables = {}) => {
    expect(isValid(fixture.monolith, query)).toBe(true)
    const expected = await monolithAnswer(fixture.monolith, fixture.world, query, variables)
    expect(await gatewayAnswer(fixture.gateway, query, variables)).toEqual(expected)
  })

  it(
    `${SHARE} random operations`,
    async () => {
      const { gateway, monolith, world } = fixture
      const side = {
        monolith: {
          schema: monolith,
          answer: (query: string, variables: Readonly<Record<string, unknown>> = {}) => monolithAnswer(monolith, world, query, variables),
        },
        federated: (query: string, variables: Readonly<Record<string, unknown>>) => gatewayAnswer(gateway, query, variables),
        scalars: { ID: ['p1', 'p2', 'p9'] },
      }
      const { compared, disagreement } = await firstDisagreement(side, FIRST_SEED, SHARE)
      expect(disagreement).toBeNull()
      expect(compared).toBe(SHARE)
    },
    120_000 + SHARE * 500,
  )
})
