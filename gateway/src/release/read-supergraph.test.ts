import { describe, expect, it } from '@jest/globals'

import { JOIN_VERSIONS, supergraphOf } from '../../test/release/fixture-supergraphs.js'
import { readSupergraph } from './read-supergraph.js'
import { SupergraphRefused, type SupergraphFault } from './supergraph-faults.js'

const faultsOf = (sdl: string, options = {}): readonly SupergraphFault[] => {
  try {
    readSupergraph(sdl, options)
    return []
  } catch (error) {
    if (!(error instanceof SupergraphRefused)) throw error
    return error.faults
  }
}
const codesOf = (sdl: string): string[] => faultsOf(sdl).map(({ code }) => code)
const spec = (name: string): string => `https://specs.apollo.dev/${name}`
const AUTHENTICATED = 'directive @authenticated on FIELD_DEFINITION'

describe('a supergraph file', () => {
  it.each(JOIN_VERSIONS)('of join v%s is served as it is, its subgraphs by their own names', (join) => {
    const sdl = supergraphOf({ join })
    expect(readSupergraph(sdl)).toEqual({
      canonicalSdl: sdl,
      graphs: [
        { name: 'shop', url: 'http://127.0.0.1:1/shop' },
        { name: 'store-east', url: 'http://127.0.0.1:1/store' },
      ],
    })
  })

  it('that is no SDL is refused with the place of the fault', () => {
    expect(faultsOf('type Query {\n  a: Int\n  b Int\n}')).toEqual([expect.objectContaining({ code: 'SDL_MALFORMED', line: 3, column: 5 })])
  })

  it.each([
    [
      'one subgraph',
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"]) type Query { a: Int }',
      'SUBGRAPH_GIVEN',
    ],
    ['one subgraph of Federation 1', 'type Query { a: A } type A @key(fields: "id") { id: ID! }', 'SUBGRAPH_GIVEN'],
    ['an ordinary schema', 'type Query { a: Int }', 'NOT_A_SUPERGRAPH'],
    [
      'Federation 1',
      `schema @core(feature: "${spec('core/v0.1')}") @core(feature: "${spec('join/v0.1')}") { query: Query } type Query { a: Int }`,
      'FEDERATION_1',
    ],
    ['a join version to come', supergraphOf().replace('join/v0.3', 'join/v0.6'), 'JOIN_VERSION'],
    ['join under another name', supergraphOf().replace('join/v0.3", for', 'join/v0.3", as: "j", for'), 'MACHINERY_RENAMED'],
    [
      'a security feature nobody knows',
      supergraphOf({ links: '@link(url: "https://example.com/guard/v1.0", for: SECURITY)' }),
      'FEATURE_UNKNOWN',
    ],
    [
      'an execution feature nobody knows',
      supergraphOf({ links: `@link(url: "${spec('connect/v0.1')}", for: EXECUTION)` }),
      'FEATURE_UNKNOWN',
    ],
    ['a later version of a security feature', supergraphOf({ links: `@link(url: "${spec('authenticated/v0.2')}")` }), 'FEATURE_UNKNOWN'],
    ['contexts', supergraphOf({ links: `@link(url: "${spec('context/v0.1')}", for: SECURITY)` }), 'CONTEXT_NOT_OFFERED'],
    [
      'connectors',
      supergraphOf({ join: '0.5', on: { 'Order.title': '@join__directive(graphs: [SHOP], name: "connect", args: {})' } }),
      'CONNECTORS_NOT_OFFERED',
    ],
  ])('of %s is refused by its name', (_, sdl, code) => expect(codesOf(sdl)).toEqual([code]))

  it('with contextual arguments is refused with their coordinates, once', () => {
    const argument = '{ name: "a", type: "String", context: "c", selection: "{ b }" }'
    const sdl = supergraphOf({
      join: '0.5',
      links: `@link(url: "${spec('context/v0.1')}", for: SECURITY)`,
      fields: `price(a: String): Int @join__field(graph: SHOP, contextArguments: [${argument}])`,
    })
    expect(faultsOf(sdl)).toEqual([expect.objectContaining({ code: 'CONTEXT_NOT_OFFERED', en: expect.stringContaining('Order.price') })])
  })

  it('may link what has no purpose, because the specification lets a gateway ignore it', () => {
    expect(codesOf(supergraphOf({ links: '@link(url: "https://example.com/notes/v9.0", import: ["@note"])' }))).toEqual([])
  })

  it('with @policy is refused with the coordinates, or read when those fields are to be denied', () => {
    const sdl = supergraphOf({
      links: `@link(url: "${spec('policy/v0.1')}", for: SECURITY)`,
      on: { 'Order.title': '@policy(policies: [["staff"]])' },
    })
    expect(faultsOf(sdl)).toEqual([expect.objectContaining({ code: 'POLICY_WITHOUT_ENGINE', en: expect.stringContaining('Order.title') })])
    expect(faultsOf(sdl, { unknownPolicies: 'deny' })).toEqual([])
  })

  it('with @policy under another name is refused as well', () => {
    const links = `@link(url: "${spec('policy/v0.1')}", as: "rule", for: SECURITY)`
    expect(codesOf(supergraphOf({ links, on: { 'Order.title': '@rule(policies: [["staff"]])' } }))).toEqual(['POLICY_WITHOUT_ENGINE'])
  })

  it('names all that stands against it at once', () => {
    const links = '@link(url: "https://example.com/a/v1.0", for: SECURITY) @link(url: "https://example.com/b/v1.0", for: EXECUTION)'
    expect(codesOf(supergraphOf({ links }))).toEqual(['FEATURE_UNKNOWN', 'FEATURE_UNKNOWN'])
  })
})

describe('directives of a supergraph under other names (GHSA-g8jh-vg5j-4h3f)', () => {
  const titleOf = (variation: Parameters<typeof supergraphOf>[0]): string => {
    const { canonicalSdl } = readSupergraph(supergraphOf({ ...variation, on: { 'Order.title': variation?.on?.['Order.title'] ?? '' } }))
    return /  title: String(.*)/.exec(canonicalSdl)?.[1]?.replace('@join__field(graph: SHOP)', '').trim() ?? ''
  }

  it.each([
    ['as', `@link(url: "${spec('authenticated/v0.1')}", as: "login", for: SECURITY)`, '@login', '@authenticated'],
    [
      'import',
      `@link(url: "${spec('authenticated/v0.1')}", import: [{ name: "@authenticated", as: "@login" }])`,
      '@login',
      '@authenticated',
    ],
    ['@core', `@core(feature: "${spec('authenticated/v0.1')}", as: "login")`, '@login', '@authenticated'],
    ['as', `@link(url: "${spec('inaccessible/v0.2')}", as: "hidden", for: SECURITY)`, '@hidden', '@inaccessible'],
    ['nothing', `@link(url: "${spec('cost/v0.1')}")`, '@cost__listSize(assumedSize: 3)', '@listSize(assumedSize: 3)'],
    ['import', `@link(url: "${spec('cost/v0.1')}", import: [{ name: "@cost", as: "@price" }])`, '@price(weight: 2)', '@cost(weight: 2)'],
  ])('by %s get their canonical name: %s', (_, links, used, canonical) => {
    expect(titleOf({ links, on: { 'Order.title': used } })).toBe(canonical)
  })

  it('lose a stranger that carries the name of a security directive without being it', () => {
    const own = '@link(url: "https://example.com/mine/v1.0", import: ["@authenticated"])'
    expect(titleOf({ links: own, definitions: AUTHENTICATED, on: { 'Order.title': '@authenticated' } })).toBe('')
  })

  it('keep one that is linked nowhere: rather a field too closed', () => {
    expect(titleOf({ definitions: AUTHENTICATED, on: { 'Order.title': '@authenticated' } })).toBe('@authenticated')
  })
})
