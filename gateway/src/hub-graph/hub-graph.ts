import { buildSchema, execute, GraphQLError, parse, type GraphQLSchema } from 'graphql'

import type { SubgraphAnswer, SubgraphRequest } from '@commonhall/shared/port'
import { parseTypeId } from '@commonhall/shared/typeid'

import { offersNode, readIdPrefixes, type PartySdl } from './id-prefixes.js'

/** Name of the generated graph in supergraph, plans and reports; no party may use it. */
export const HUB_GRAPH_NAME = 'hub'
const MAX_IDS = 500

type FormattedError = NonNullable<SubgraphAnswer['errors']>[number]

/** The hub's own small graph: it knows of every record only its type and id. */
export interface HubGraph {
  readonly sdl: string
  execute(request: SubgraphRequest): SubgraphAnswer
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])'

const queryType = `type Query {
  "Any record by its TypeID; null when the id is malformed or of no known type. The owner is asked when a field beside id is selected; null, too, when it has no such record."
  node(id: ID!): Node
  "Records by their TypeIDs, at most ${MAX_IDS}, in the order of the ids; null where there is none."
  nodes(ids: [ID!]!): [Node]!
}`

const stubs = (typeNames: readonly string[], directive: string): string =>
  typeNames.map((name) => `type ${name} implements Node${directive} { id: ID! }`).join('\n')

const lookup = (typeOf: ReadonlyMap<string, string>, id: unknown): { __typename: string; id: string } | null => {
  const parsed = typeof id === 'string' ? parseTypeId(id) : null
  const typeName = parsed === null ? undefined : typeOf.get(parsed.prefix)
  return typeName === undefined || parsed === null ? null : { __typename: typeName, id: parsed.id }
}

const executable = (typeNames: readonly string[]): GraphQLSchema =>
  buildSchema(`interface Node { id: ID! }\n${queryType}\n${stubs(typeNames, '')}`)

/**
 * Generates the `hub` graph (`Query.node`, `Query.nodes`) from the parties' SDLs; null when no party has a Node with a prefix, or
 * a party offers `node` itself. Its keys are not resolvable: everything but the id comes from the owner.
 */
export const createHubGraph = (parties: readonly PartySdl[]): HubGraph | null => {
  if (offersNode(parties)) return null
  const typeOf = readIdPrefixes(parties)
  if (typeOf.size === 0) return null
  const typeNames = [...new Set(typeOf.values())].sort()
  const schema = executable(typeNames)
  const root = {
    node: ({ id }: { id: string }) => lookup(typeOf, id),
    nodes: ({ ids }: { ids: readonly string[] }) => {
      if (ids.length > MAX_IDS) throw new GraphQLError(`At most ${MAX_IDS} ids.`, { extensions: { code: 'INVALID_INPUT' } })
      return ids.map((id) => lookup(typeOf, id))
    },
  }
  return {
    sdl: [LINK, 'interface Node { id: ID! }', queryType, stubs(typeNames, ' @key(fields: "id", resolvable: false)')].join('\n'),
    execute(request) {
      const result = execute({
        schema,
        document: parse(request.query, { noLocation: true }),
        rootValue: root,
        variableValues: request.variables,
      })
      // Nothing above waits, so graphql-js answers at once.
      if ('then' in result) return { data: null }
      return {
        data: result.data ?? null,
        ...(result.errors ? { errors: result.errors.map((error) => error.toJSON() as FormattedError) } : {}),
      }
    },
  }
}
