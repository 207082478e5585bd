import 'reflect-metadata'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Arg, Int, Query, registerEnumType, Resolver } from 'type-graphql'

import { HubError } from '../errors/index.js'
import { ASSERTION_LIFETIME_SECONDS, bodyDigest, type AssertionClaims } from '../identity/index.js'
import { createLog } from '../telemetry/index.js'
import { createSubgraph, type Subgraph } from './create-subgraph.js'

const NOW_MS = Date.parse('2026-03-02T02:00:00Z')
const SECRET = 'the-secret-of-a-row'

enum Colour {
  RED = 'RED',
}
registerEnumType(Colour, { name: 'SubgraphTestColour' })

@Resolver()
class OddResolver {
  @Query(() => Int)
  half(@Arg('of', () => Int) of: number): number {
    return of / 2
  }

  @Query(() => Colour, { nullable: true })
  colour(): string {
    return SECRET
  }

  @Query(() => Int, { nullable: true })
  bug(): number {
    throw new TypeError(`cannot read ${SECRET}`)
  }

  @Query(() => Int, { nullable: true })
  away(): number {
    throw new HubError('STORAGE', { cause: new Error(SECRET), detail: SECRET })
  }
}

describe('a subgraph in the same process', () => {
  let subgraph: Subgraph
  beforeAll(async () => {
    subgraph = await createSubgraph({
      name: 'residents',
      resolvers: [OddResolver],
      references: {},
      instances: new Map([[OddResolver, new OddResolver()]]),
      log: createLog({ name: 'test', level: 'silent' }),
      clock: { now: () => new Date(NOW_MS) },
      createContext: () => ({}),
    })
  })
  afterAll(() => subgraph.stop())

  const ask = (query: string, over: Partial<AssertionClaims> = {}) =>
    subgraph.execute(
      { query },
      {
        iss: 'hub',
        aud: 'residents',
        iat: NOW_MS / 1000,
        exp: NOW_MS / 1000 + ASSERTION_LIFETIME_SECONDS,
        jti: 'j',
        digest: bodyDigest(query),
        sub: null,
        roles: ['anonymous'],
        actingFor: null,
        client: 'app',
        purpose: null,
        language: 'en',
        traceId: 'trace-1',
        scope: 'query',
        deadlineMs: 1000,
        ...over,
      },
    )
  const codeOf = async (answer: ReturnType<typeof ask>): Promise<unknown> => (await answer).errors?.[0]?.extensions?.['code']

  it.each<[string, Partial<AssertionClaims>]>([
    ['for another party', { aud: 'government' }],
    ['that has run out', { iat: NOW_MS / 1000 - 200, exp: NOW_MS / 1000 - 140 }],
    ['of the future', { iat: NOW_MS / 1000 + 100, exp: NOW_MS / 1000 + 160 }],
  ])('refuses claims %s like the door over HTTP does', async (_, over) => {
    const answer = await ask('{ half(of: 4) }', over)
    expect(answer.data).toBeUndefined()
    expect(answer.errors?.[0]?.extensions?.['code']).toBe('ASSERTION_REFUSED')
  })

  it('gives its schema to the scope `sdl` alone, and nobody introspection', async () => {
    const asked = ['{ _service { sdl } }', '{ x: _service { sdl } }', 'query Q { ...F } fragment F on Query { _service { sdl } }']
    for (const query of asked) expect([query, await codeOf(ask(query))]).toEqual([query, 'ASSERTION_REFUSED'])
    const given = (await ask('{ _service { sdl } }', { scope: 'sdl' })).data?.['_service'] as { sdl: string }
    expect(given.sdl).toContain('half(of: Int!): Int!')
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }'])
      expect([query, await codeOf(ask(query, { scope: 'sdl' }))]).toEqual([query, 'BAD_REQUEST'])
  })

  it('tells the client what is wrong with what the client wrote', async () => {
    const answer = await ask('{ half(of: "two") }')
    expect(answer.errors?.[0]).toMatchObject({ message: expect.stringContaining('"two"'), extensions: { code: 'BAD_REQUEST' } })
  })

  it.each([
    ['a bug', 'bug', 'INTERNAL'],
    ['a database that is away', 'away', 'STORAGE'],
    ['a value that its enum does not know', 'colour', 'INTERNAL'],
    ['a value that its type cannot hold', 'half(of: 3)', 'INTERNAL'],
  ])('answers %s with a code, a remedy and the trace, and nothing of the cause', async (_, field, code) => {
    const answer = await ask(`{ ${field} }`)
    expect(answer.errors?.[0]?.extensions).toEqual({ code, remedy: expect.any(String), traceId: 'trace-1' })
    expect(JSON.stringify(answer)).not.toMatch(/the-secret|1\.5|\.ts:|stack/)
  })
})
