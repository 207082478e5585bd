import { describe, expect, it } from '@jest/globals'

import { accessClaimsOf, principalOf, type Principal } from '../../src/identity/principal.js'
import { readAccessRules } from '../../src/planning/access.js'
import { createRelease, type Release } from '../../src/release.js'
import { readSupergraph, type UnknownPolicies } from '../../src/release/read-supergraph.js'
import { supergraphOf, type Variation } from './fixture-supergraphs.js'

const spec = (name: string, more = ''): string => `@link(url: "https://specs.apollo.dev/${name}" ${more}, for: SECURITY)`
const NOBODY = principalOf(null, { actingFor: undefined, purpose: undefined, acceptLanguage: 'en' })
const holding = (...scopes: string[]): Principal => ({ ...NOBODY, person: { issuer: 'i', subject: 's' }, scopes })

const releaseOf = (variation: Variation, unknownPolicies: UnknownPolicies = 'refuse'): Promise<Release> =>
  createRelease({ kind: 'supergraph', sdl: supergraphOf(variation) }, { introspection: true, unknownPolicies })

/** What stands between a principal and a field. */
const denialOf = async (variation: Variation, field: string, principal: Principal, policies: UnknownPolicies = 'refuse') => {
  const { schema, supergraphSdl } = await releaseOf(variation, policies)
  const { canonicalSdl } = readSupergraph(supergraphSdl, { unknownPolicies: policies })
  return readAccessRules(canonicalSdl, schema).field('Order', field, accessClaimsOf(principal))
}

describe('access rules of a foreign supergraph', () => {
  it.each<[string, Variation]>([
    ['its own name', { links: spec('authenticated/v0.1'), on: { 'Order.title': '@authenticated' } }],
    ['a name that its link gives', { links: spec('authenticated/v0.1', 'as: "login"'), on: { 'Order.title': '@login' } }],
    [
      'a name that its import gives',
      { links: spec('authenticated/v0.1', 'import: [{ name: "@authenticated", as: "@login" }]'), on: { 'Order.title': '@login' } },
    ],
  ])('hold under %s (GHSA-g8jh-vg5j-4h3f)', async (_, variation) => {
    expect(await denialOf(variation, 'title', NOBODY)).toBe('UNAUTHENTICATED')
    expect(await denialOf(variation, 'title', holding())).toBeNull()
    expect(await denialOf(variation, 'id', NOBODY)).toBeNull()
  })

  it('ask for the scopes of the token, any of the lists and each list whole', async () => {
    const variation: Variation = {
      links: spec('requiresScopes/v0.1', 'as: "needs"'),
      on: { 'Order.shelf': '@needs(scopes: [["a", "b"], ["c"]])' },
    }
    expect(await denialOf(variation, 'shelf', NOBODY)).toBe('UNAUTHENTICATED')
    expect(await denialOf(variation, 'shelf', holding('a'))).toBe('FORBIDDEN')
    expect(await denialOf(variation, 'shelf', holding('a', 'b'))).toBeNull()
    expect(await denialOf(variation, 'shelf', holding('c'))).toBeNull()
  })

  it.each([
    ['scalar', 'scalar Price @join__type(graph: SHOP) @authenticated'],
    ['enum', 'enum Price @join__type(graph: SHOP) @authenticated { LOW @join__enumValue(graph: SHOP) }'],
    ['object', 'type Price @join__type(graph: SHOP) @authenticated { amount: Int @join__field(graph: SHOP) }'],
  ])('on a %s close every field that gives it', async (_, definitions) => {
    const variation = { links: spec('authenticated/v0.1'), definitions, fields: 'price: Price @join__field(graph: SHOP)' }
    expect(await denialOf(variation, 'price', NOBODY)).toBe('UNAUTHENTICATED')
    expect(await denialOf(variation, 'price', holding())).toBeNull()
  })

  it('that no engine can decide close the field to everybody, where the operator chose that over refusing the start', async () => {
    const links = spec('policy/v0.1', 'as: "rule"') + spec('requiresScopes/v0.1')
    // A scope that is held opens nothing beside a policy.
    const variation: Variation = { links, on: { 'Order.title': '@rule(policies: [["staff"]]) @requiresScopes(scopes: [["staff"]])' } }
    await expect(releaseOf(variation)).rejects.toThrow('POLICY_WITHOUT_ENGINE')
    expect(await denialOf(variation, 'title', NOBODY, 'deny')).toBe('UNAUTHENTICATED')
    expect(await denialOf(variation, 'title', holding('staff'), 'deny')).toBe('FORBIDDEN')
    expect(await denialOf(variation, 'shelf', NOBODY, 'deny')).toBeNull()
  })
})

describe('what clients see of a foreign supergraph', () => {
  it.each([
    ['@inaccessible', spec('inaccessible/v0.2')],
    ['@hidden', spec('inaccessible/v0.2', 'as: "hidden"')],
  ])('leaves out what is %s: fields, arguments, types, members, values and inputs', async (hidden, links) => {
    const { schemaSdl } = await releaseOf({
      links,
      on: { 'Order.shelf': hidden },
      definitions: `
        enum Size @join__type(graph: SHOP) { SMALL @join__enumValue(graph: SHOP) SECRET @join__enumValue(graph: SHOP) ${hidden} }
        type Secret @join__type(graph: SHOP) ${hidden} { a: Int }
        type Open @join__type(graph: SHOP) { a: Int }
        union Thing @join__type(graph: SHOP) @join__unionMember(graph: SHOP, member: "Open") @join__unionMember(graph: SHOP, member: "Secret") = Open | Secret
        input Wish @join__type(graph: SHOP) { size: Size secret: Int ${hidden} }`,
      fields: `
        size(wish: Wish, secret: Int ${hidden}): Size @join__field(graph: SHOP)
        thing: Thing @join__field(graph: SHOP)`,
    })
    expect(schemaSdl).not.toMatch(/secret|shelf|hidden|inaccessible|join__|link__/i)
    expect(schemaSdl).toMatch(/size\(wish: Wish\): Size/)
    expect(schemaSdl).toContain('union Thing = Open')
  })

  it('keeps tags and links to itself', async () => {
    const { schemaSdl } = await releaseOf({
      links: '@link(url: "https://specs.apollo.dev/tag/v0.3")',
      definitions: 'directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT',
      on: { 'Order.title': '@tag(name: "internal")' },
    })
    expect(schemaSdl).toContain('title: String')
    expect(schemaSdl).not.toMatch(/internal|link|join/)
  })
})
