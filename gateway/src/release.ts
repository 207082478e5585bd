import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'

import { printSchema, type GraphQLSchema } from 'graphql'

import { composeSupergraph, type PublishedSubgraph } from '@commonhall/shared/composition'

import { readCostModel } from './cost/cost-model.js'
import { createHubGraph, HUB_GRAPH_NAME, type HubGraph } from './hub-graph/hub-graph.js'
import { readAccessRules } from './planning/access.js'
import { buildApiSchema } from './planning/api-schema.js'
import { createOperationCatalogue, type OperationCatalogue } from './planning/operation-catalogue.js'
import { createPlanner, type Planner } from './planning/planner.js'
import { noteSupergraphWords } from './planning/response-names.js'
import { readSupergraph, type SupergraphGraph, type UnknownPolicies } from './release/read-supergraph.js'
import { SUPERGRAPH_FAULTS, SupergraphRefused } from './release/supergraph-faults.js'

/** What a release is made from: schemas that are composed here, or a supergraph that somebody has composed. */
export type ReleaseInput =
  { readonly kind: 'parties'; readonly parties: readonly PublishedSubgraph[] } | { readonly kind: 'supergraph'; readonly sdl: string }

/** Everything that follows from one supergraph. */
export interface Release {
  /** sha-256 of the supergraph's text, hexadecimal: the same text is the same release, wherever it runs. */
  readonly id: string
  readonly supergraphSdl: string
  /** The same with every feature under its own name, whatever its composer called it. */
  readonly canonicalSdl: string
  readonly schemaSdl: string
  readonly schema: GraphQLSchema
  readonly catalogue: OperationCatalogue
  readonly hubGraph: HubGraph | null
  /** The subgraphs of plans with their routing URLs, without the hub's own graph. */
  readonly graphs: readonly SupergraphGraph[]
}

/** What shapes a release beside its supergraph. */
export interface ReleaseOptions {
  readonly introspection: boolean
  readonly unknownPolicies?: UnknownPolicies
  /** Told of every operation that was compiled or could not be. */
  readonly onPlanned?: ((durationMs: number, isOk: boolean) => void) | undefined
}

/** A composition that failed, with every fault in its message. */
export class CompositionFailed extends Error {
  constructor(faults: readonly { readonly code: string; readonly message: string }[]) {
    super(['The schemas do not compose:', ...faults.map(({ code, message }) => `- ${code}: ${message}`)].join('\n'))
    this.name = 'CompositionFailed'
  }
}

const compose = (parties: readonly PublishedSubgraph[]): { sdl: string; hubGraph: HubGraph | null } => {
  const hubGraph = createHubGraph(parties)
  const all = hubGraph === null ? parties : [...parties, { name: HUB_GRAPH_NAME, sdl: hubGraph.sdl, url: 'hub:' }]
  const composition = composeSupergraph(all)
  if (!composition.ok) throw new CompositionFailed(composition.errors)
  return { sdl: composition.supergraphSdl, hubGraph }
}

const plannerOf = (sdl: string): Planner => {
  try {
    return createPlanner(sdl)
  } catch (error) {
    throw new SupergraphRefused([SUPERGRAPH_FAULTS.planner(error instanceof Error ? error.message : String(error))])
  }
}

/**
 * Makes a release: composes the parties' schemas with the generated `hub` graph, or takes a finished supergraph as it is; verifies
 * it and prepares planning. About 100 ms for the full design, in parts of at most 30 ms between which requests run.
 *
 * Refused: schemas that do not compose (`CompositionFailed`), a text that is no supergraph this gateway can serve exactly
 * (`SupergraphRefused`). A finished supergraph gets no `hub` graph.
 */
export const createRelease = async (input: ReleaseInput, options: ReleaseOptions): Promise<Release> => {
  const { sdl, hubGraph } = input.kind === 'parties' ? compose(input.parties) : { sdl: input.sdl, hubGraph: null }
  await turn()
  const supergraph = readSupergraph(sdl, options)
  const planner = plannerOf(supergraph.canonicalSdl)
  await turn()
  const schema = buildApiSchema(planner.consumerSdl)
  noteSupergraphWords(schema, supergraph.canonicalSdl)
  await turn()
  const rules = readAccessRules(supergraph.canonicalSdl, schema)
  await turn()
  const catalogue = createOperationCatalogue({
    schema,
    planner,
    rules,
    hideSchema: !options.introspection,
    hasLookups: hubGraph !== null,
    cost: readCostModel(supergraph.canonicalSdl, schema),
    onPlanned: options.onPlanned,
  })
  return {
    id: createHash('sha256').update(sdl).digest('hex'),
    supergraphSdl: sdl,
    canonicalSdl: supergraph.canonicalSdl,
    schemaSdl: printSchema(schema),
    schema,
    catalogue,
    hubGraph,
    graphs: supergraph.graphs.filter(({ name }) => hubGraph === null || name !== HUB_GRAPH_NAME),
  }
}
