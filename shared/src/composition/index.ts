/** Subgraph schemas in, supergraph or errors out. */
export { composeSupergraph } from './compose-supergraph.js'
export type { Composition, CompositionFault, PublishedSubgraph } from './compose-supergraph.js'
