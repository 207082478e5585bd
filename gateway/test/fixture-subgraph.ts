import { buildASTSchema, execute, Kind, parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql'

import type { AssertionClaims } from '@commonhall/shared/identity'
import type { LocalSubgraph, SubgraphAnswer, SubgraphName, SubgraphRequest } from '@commonhall/shared/port'

import type { Row, World } from './fixture-world.js'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@authenticated", "@requiresScopes"])\n'

/** A subgraph over a world of rows, small enough to trust: fields come from the rows, entities by their keys. */
export interface FixtureSubgraph extends LocalSubgraph {
  readonly calls: { request: SubgraphRequest; claims: AssertionClaims }[]
  /** Replaces answers, for parties that are down or hostile. */
  interfere: ((request: SubgraphRequest) => Promise<SubgraphAnswer> | SubgraphAnswer | undefined) | null
}

const executableSchema = (sdl: string, world: World): GraphQLSchema => {
  const entities = parse(sdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.directives?.some(({ name }) => name.value === 'key')
      ? [definition.name.value]
      : [],
  )
  const machinery = [
    'scalar _Any',
    'type _Service { sdl: String! }',
    ...(entities.length > 0 ? [`union _Entity = ${entities.join(' | ')}`] : []),
    `extend type Query { _service: _Service! ${entities.length > 0 ? '_entities(representations: [_Any!]!): [_Entity]!' : ''} }`,
  ]
  const hasQuery = /\btype Query\b/.test(sdl)
  const schema = buildASTSchema(parse([sdl, ...(hasQuery ? [] : ['type Query']), ...machinery].join('\n')), {
    assumeValid: true,
    assumeValidSDL: true,
  })
  const query = schema.getQueryType()?.getFields()
  if (query?.['_service']) query['_service'].resolve = () => ({ sdl: LINK + sdl })
  if (query?.['_entities'])
    query['_entities'].resolve = (_, { representations }: { representations: Row[] }) => representations.map(world.entity)
  return schema
}

const asAnswer = (result: ExecutionResult): SubgraphAnswer =>
  JSON.parse(JSON.stringify({ data: result.data, ...(result.errors ? { errors: result.errors } : {}) })) as SubgraphAnswer

/** A fixture subgraph by SDL; the @link line is added. */
export const fixtureSubgraph = (name: SubgraphName, sdl: string, world: World): FixtureSubgraph => {
  const schema = executableSchema(sdl, world)
  const subgraph: FixtureSubgraph = {
    name,
    sdl: LINK + sdl,
    calls: [],
    interfere: null,
    async execute(request, claims) {
      subgraph.calls.push({ request, claims })
      const interfered = await subgraph.interfere?.(request)
      if (interfered !== undefined) return interfered
      const result = await execute({ schema, document: parse(request.query), rootValue: world.root, variableValues: request.variables })
      return asAnswer(result)
    },
    async *subscribe(request, claims, signal) {
      subgraph.calls.push({ request, claims })
      const args = { schema, document: parse(request.query), rootValue: world.root, variableValues: request.variables }
      const events = await subscribe(args)
      if (!(Symbol.asyncIterator in events)) return yield asAnswer(events)
      // Who waits for an event that never comes must still be able to leave.
      signal.addEventListener('abort', () => void events.return?.(undefined))
      for await (const event of events) {
        if (signal.aborted) return
        yield (await subgraph.interfere?.(request)) ?? asAnswer(event)
      }
    },
  }
  return subgraph
}
