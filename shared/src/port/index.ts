export type { LocalSubgraph, SubgraphAnswer, SubgraphName, SubgraphRequest } from './port.js'
