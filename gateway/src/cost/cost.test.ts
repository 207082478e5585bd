import { describe, expect, it } from '@jest/globals'
import { getOperationAST, Kind, parse, validate, type FragmentDefinitionNode } from 'graphql'

import { composeSupergraph } from '@commonhall/shared/composition'

import { buildApiSchema } from '../planning/api-schema.js'
import { createPlanner } from '../planning/planner.js'
import { compileCost } from './cost-function.js'
import { readCostModel } from './cost-model.js'

const SDL = `
type Query {
  plain: Thing
  plains: [Thing]
  things(first: Int, page: Page): [Thing!]! @cost(weight: 3) @listSize(assumedSize: 50, slicingArguments: ["first"], requireOneSlicingArgument: false)
  strict(first: Int, last: Int = 4): [Thing] @listSize(slicingArguments: ["first"])
  defaulted(first: Int = 7): [Thing] @listSize(slicingArguments: ["first"])
  connection(first: Int!, last: Int): Connection @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)
  quiet(first: Int = 20): Quiet
  grid: [[Thing]]
  node: Node
  any: Any
  filtered(by: Filter, code: Code @cost(weight: 4)): Int
}
type Mutation { act(input: Filter): Thing }
interface Node { id: ID! slow: Int }
union Any = Thing | Heavy
enum Code @cost(weight: 2) { A }
input Page { size: Int }
input Filter { text: String @cost(weight: 9) inner: Filter free: Int }
type Connection { edges: [Edge] total: Int other: [Edge] }
type Edge { node: Thing }
type Quiet { nodes: [Thing] count: Int }
type Heavy implements Node @cost(weight: 7) { id: ID! slow: Int @cost(weight: 5) extra: Thing }
type Thing implements Node @key(fields: "id") { id: ID! slow: Int dear: String @cost(weight: 2) friends: [Thing] }
`

const modelOf = (imports: string, rename: (sdl: string) => string = (sdl) => sdl) => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"${imports}])\n`
  const composed = composeSupergraph([{ name: 'a', url: 'http://a.example', sdl: link + rename(SDL) }])
  if (!composed.ok) throw new Error(JSON.stringify(composed.errors))
  // Other composers let a path into an input object stand here, ours does not.
  const sdl = composed.supergraphSdl.replace(
    'assumedSize: 50, slicingArguments: ["first"]',
    'assumedSize: 50, slicingArguments: ["first", "page.size"]',
  )
  const schema = buildApiSchema(createPlanner(sdl).consumerSdl)
  return { schema, model: readCostModel(sdl, schema) }
}

const plain = modelOf(', "@cost", "@listSize"')

const costOf = (query: string, variables: Record<string, unknown> = {}, { schema, model } = plain): number => {
  const document = parse(query)
  expect(validate(schema, document)).toEqual([])
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  return compileCost(schema, model, getOperationAST(document)!, fragments)(variables)
}

describe('the cost of an operation', () => {
  it.each<[string, string, number]>([
    ['an object is 1 and leaves are free', '{ plain { id slow } }', 1],
    ['a list of unknown length is 10 long', '{ plains { id } }', 10],
    ['lists multiply what is below them', '{ plains { id friends { friends { id } } } }', 10 * (1 + 10 * (1 + 10))],
    ['lists of lists multiply too', '{ grid { id } }', 100],
    ['a field may have a weight of its own', '{ plain { dear } }', 1 + 2],
    ['a list has its assumed size', '{ things { id } }', 50 * 3],
    ['a literal limits it', '{ things(first: 2) { id } }', 2 * 3],
    ['a limit inside an input object counts', '{ things(page: { size: 5 }) { id } }', 5 * 3],
    ['the largest of two limits counts', '{ things(first: 2, page: { size: 5 }) { id } }', 5 * 3],
    ['a negative limit counts as nothing', '{ things(first: -100) { id } plain { id } }', 1],
    ['a default value is a limit', '{ defaulted { id } }', 7],
    [
      'a connection sizes the lists that it names, and no other',
      '{ connection(first: 3) { total edges { node { id } } other { node { id } } } }',
      1 + 3 * 2 + 10 * 2,
    ],
    ['a connection that declares nothing is sized by its first', '{ quiet { count nodes { id } } }', 1 + 20],
    ['a mutation is 10', 'mutation { a: act { id } b: act { id } }', 2 * 11],
    ['the schema is 100', '{ __schema { types { name } } }', 100],
    ['below an interface the dearest type counts', '{ node { id ... on Thing { friends { id } } ... on Heavy { extra { id } } } }', 7 + 10],
    ['a field of an interface weighs as its heaviest implementer', '{ node { slow } }', 7 + 5],
    ['below a union the dearest member counts', '{ any { ... on Thing { dear } ... on Heavy { slow extra { dear } } } }', 7 + 5 + 1 + 2],
    ['an argument may weigh, and so may the type of its value', '{ filtered(code: A) }', 4 + 2],
    ['input fields weigh wherever they are nested', '{ filtered(by: { free: 1, inner: { text: "x" } }) }', 9],
    [
      'fragments cost what they hold',
      '{ plain { ...F } } fragment F on Thing { friends { ...G } } fragment G on Thing { dear }',
      1 + 10 * (1 + 2),
    ],
    ['what is left out by a literal is free', '{ plain { friends @skip(if: true) { id } } }', 1],
  ])('%s', (_, query, cost) => expect(costOf(query)).toBe(cost))

  it('follows the variables', () => {
    const query =
      'query Q($n: Int, $m: Int = 3, $yes: Boolean!) { things(first: $n) { friends @include(if: $yes) { id } } c: connection(first: $m) { edges { node { id } } } }'
    const rest = 1 + 3 * 2
    expect(costOf(query, { n: 4, m: 3, yes: true })).toBe(4 * (3 + 10) + rest)
    expect(costOf(query, { n: 4, m: 3, yes: false })).toBe(4 * 3 + rest)
    expect(costOf(query, { m: 3, yes: false })).toBe(50 * 3 + rest)
    expect(costOf(query, { n: 2 ** 31 - 1, m: 3, yes: true })).toBeGreaterThan(1e10)
    expect(costOf('query Q($f: Filter) { filtered(by: $f) }', { f: { text: 'x', inner: { text: 'y' } } })).toBe(18)
  })

  it('of a fragment under two limits is that of each', () => {
    const query =
      '{ a: connection(first: 2) { ...F } b: connection(first: 100) { ...F } } fragment F on Connection { edges { node { id } } }'
    expect(costOf(query)).toBe(1 + 2 * 2 + 1 + 100 * 2)
  })

  it('is never more than a bound, so that it survives as a number', () => {
    expect(costOf(`{ plains { ${'friends { '.repeat(20)} id ${'} '.repeat(20)} } }`)).toBe(1e12)
  })

  it.each(['{ strict { id } }', 'query Q($n: Int) { strict(first: $n) { id } }'])(
    'refuses %s where the owner wants exactly one limit',
    (query) => {
      expect(() => costOf(query)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST', reason: 'ONE_SLICING_ARGUMENT' }))
    },
  )

  it.each<[string, string, (sdl: string) => string]>([
    [
      'renamed',
      ', { name: "@cost", as: "@price" }, { name: "@listSize", as: "@long" }',
      (sdl) => sdl.replaceAll('@cost', '@price').replaceAll('@listSize', '@long'),
    ],
    [
      'not imported, by their prefix',
      '',
      (sdl) => sdl.replaceAll('@cost', '@federation__cost').replaceAll('@listSize', '@federation__listSize'),
    ],
  ])('reads directives that are %s', (_, imports, rename) => {
    expect(costOf('{ things(first: 2) { dear } }', {}, modelOf(imports, rename))).toBe(2 * (3 + 2))
  })

  it('is found in time that grows with the document, not with what its fragments expand to', () => {
    const depth = 200
    const fragments = Array.from(
      { length: depth },
      (_, n) => `fragment F${n} on Thing { ${n === depth - 1 ? 'id' : `...F${n + 1} friends { ...F${n + 1} }`} }`,
    )
    expect(costOf(`{ plain { ...F0 } } ${fragments.join(' ')}`)).toBe(1e12)
  })
})
