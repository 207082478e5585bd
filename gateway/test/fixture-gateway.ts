import { buildSchema, execute, parse, validate, type GraphQLSchema } from 'graphql'

import { generateHubKey, loadHubKeys } from '@commonhall/shared/identity'

import { createGateway, type Gateway, type GatewayOptions, type Principal } from '../src/gateway.js'
import { COMMITTEES_SDL, GOVERNMENT_SDL, RESIDENTS_SDL } from './fixture-schemas.js'
import { fixtureSubgraph, type FixtureSubgraph } from './fixture-subgraph.js'
import { createWorld, type World } from './fixture-world.js'

/** Nobody in particular. */
export const ANONYMOUS: Principal = {
  person: null,
  roles: ['anonymous'],
  posts: [],
  actingFor: null,
  client: 'anonymous',
  purpose: null,
  language: 'en',
}

/** A person with a post, for tests of claims. */
export const CADRE: Principal = {
  person: { issuer: 'https://id.example', subject: 'user-1' },
  roles: ['resident', 'cadre'],
  posts: [{ kind: 'COMMITTEE', partyId: 'cmt_1', role: 'cadre' }],
  actingFor: { kind: 'COMMITTEE', partyId: 'cmt_1', role: 'cadre' },
  client: 'dashboard',
  purpose: 'CASE_HANDLING',
  language: 'en',
}

/** A key for tests. */
export const TEST_KEY = loadHubKeys(generateHubKey().privateKeyPem)

/** A gateway over the three awkward subgraphs in one process, and the monolith with the same fields. */
export const startFixture = async (
  options: Partial<GatewayOptions> = {},
): Promise<{
  gateway: Gateway
  world: World
  monolith: GraphQLSchema
  residents: FixtureSubgraph
  committees: FixtureSubgraph
  government: FixtureSubgraph
}> => {
  const world = createWorld()
  const residents = fixtureSubgraph('residents', RESIDENTS_SDL, world)
  const committees = fixtureSubgraph('committees', COMMITTEES_SDL, world)
  const government = fixtureSubgraph('government', GOVERNMENT_SDL, world)
  const gateway = await createGateway({
    subgraphs: [residents, committees, government].map((subgraph) => ({ kind: 'local' as const, subgraph })),
    signingKey: TEST_KEY,
    pairwiseKeys: { residents: 'r', committees: 'c', government: 'g' },
    issuers: [],
    port: 0,
    introspection: true,
    ...options,
  })
  return { gateway, world, monolith: buildSchema(gateway.schemaSdl), residents, committees, government }
}

/** An answer reduced to what federation must not change: data, and where errors are. */
export interface Comparable {
  readonly data: unknown
  readonly errorPaths: readonly string[]
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown
const pathsOf = (errors: ReadonlyArray<{ readonly path?: ReadonlyArray<string | number> | undefined }>): string[] =>
  [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort()

/** What graphql-js answers on the monolith. */
export const monolithAnswer = async (
  monolith: GraphQLSchema,
  world: World,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Comparable> => {
  const result = await execute({ schema: monolith, document: parse(query), rootValue: world.root, variableValues: variables })
  return { data: plain(result.data), errorPaths: pathsOf(result.errors ?? []) }
}

/** What the gateway answers. */
export const gatewayAnswer = async (
  gateway: Gateway,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Comparable> => {
  const result = await gateway.execute({ query, variables }, CADRE)
  return { data: plain(result.data), errorPaths: pathsOf(result.errors) }
}

/** Whether a document is valid on the monolith; generators may miss. */
export const isValid = (monolith: GraphQLSchema, query: string): boolean => validate(monolith, parse(query)).length === 0
