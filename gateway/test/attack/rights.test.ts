import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createGateway, type Gateway, type Principal } from '../../src/gateway.js'
import { ANONYMOUS, CADRE, TEST_KEY } from '../fixture-gateway.js'
import { fixtureSubgraph, type FixtureSubgraph } from '../fixture-subgraph.js'

const SDL = `
type Query { open: Int signed: Int @authenticated both: Int @requiresScopes(scopes: [["a", "b"]]) }
`

/** A token may hold any text as a scope; some issuers let whoever asks for one choose its name. */
const holding = (...scopes: string[]): Principal => ({ ...CADRE, actingFor: null, posts: [], scopes })

describe('what was compiled for one caller', () => {
  let gateway: Gateway
  let party: FixtureSubgraph
  beforeAll(async () => {
    party = fixtureSubgraph('residents', SDL, { root: { open: 1, signed: 2, both: 3 }, acts: [], entity: () => null })
    gateway = await createGateway({
      subgraphs: [{ kind: 'local', subgraph: party }],
      signingKey: TEST_KEY,
      pairwiseKeys: { residents: 'r' },
      issuers: [],
      port: 0,
    })
  })
  afterAll(() => gateway.stop())
  const ask = async (query: string, principal: Principal) => (await gateway.execute({ query }, principal)).data

  it('is not taken for nobody in particular, whatever a scope is called', async () => {
    const query = '{ open signed }'
    expect(await ask(query, holding('-'))).toEqual({ open: 1, signed: 2 })
    expect(await ask(query, ANONYMOUS)).toEqual({ open: 1, signed: null })
  })

  it('is not taken for a caller whose one scope is written like two', async () => {
    const query = '{ open both }'
    expect(await ask(query, holding('a', 'b'))).toEqual({ open: 1, both: 3 })
    for (const scope of ['a\0b', 'b\0a', 'a,b', 'a b', '["a","b"]', '"a","b"'])
      expect(await ask(query, holding(scope))).toEqual({ open: 1, both: null })
  })

  it('is not taken for another value of a condition, whatever a scope ends with', async () => {
    const query = 'query Q($s: Boolean!) { open @skip(if: $s) signed }'
    const ask2 = async (s: boolean, principal: Principal) => (await gateway.execute({ query, variables: { s } }, principal)).data
    expect(await ask2(true, holding('x'))).toEqual({ signed: 2 })
    expect(await ask2(false, holding('x 1'))).toEqual({ open: 1, signed: 2 })
    expect(await ask2(false, holding('x'))).toEqual({ open: 1, signed: 2 })
    expect(await ask2(true, ANONYMOUS)).toEqual({ signed: null })
  })
})
