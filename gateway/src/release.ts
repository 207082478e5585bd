import { printSchema, type GraphQLSchema } from 'graphql'

import { composeSupergraph } from '@commonhall/shared/composition'

import { createHubGraph, HUB_GRAPH_NAME, type HubGraph } from './hub-graph/hub-graph.js'
import { readAccessRules } from './planning/access.js'
import { buildApiSchema } from './planning/api-schema.js'
import { createOperationCatalogue, type OperationCatalogue } from './planning/operation-catalogue.js'
import { createPlanner } from './planning/planner.js'

/** Everything that follows from one set of subgraph schemas. */
export interface Release {
  readonly supergraphSdl: string
  readonly schemaSdl: string
  readonly schema: GraphQLSchema
  readonly catalogue: OperationCatalogue
  readonly hubGraph: HubGraph | null
}

/** A composition that failed, with every fault in its message. */
export class CompositionFailed extends Error {
  constructor(faults: readonly { readonly code: string; readonly message: string }[]) {
    super(['The schemas do not compose:', ...faults.map(({ code, message }) => `- ${code}: ${message}`)].join('\n'))
    this.name = 'CompositionFailed'
  }
}

/** Composes the parties' schemas with the generated `hub` graph and prepares planning. About 100 ms for the full design. */
export const createRelease = (
  parties: ReadonlyArray<{ readonly name: string; readonly sdl: string; readonly url: string }>,
  options: { readonly introspection: boolean },
): Release => {
  const hubGraph = createHubGraph(parties)
  const all = hubGraph === null ? parties : [...parties, { name: HUB_GRAPH_NAME, sdl: hubGraph.sdl, url: 'hub:' }]
  const composition = composeSupergraph(all)
  if (!composition.ok) throw new CompositionFailed(composition.errors)
  const planner = createPlanner(composition.supergraphSdl)
  const schema = buildApiSchema(planner.consumerSdl)
  const catalogue = createOperationCatalogue({
    schema,
    planner,
    rules: readAccessRules(composition.supergraphSdl, schema),
    hideSchema: !options.introspection,
  })
  return { supergraphSdl: composition.supergraphSdl, schemaSdl: printSchema(schema), schema, catalogue, hubGraph }
}
