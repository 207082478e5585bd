import { runParty } from '@commonhall/shared/subgraph'

import { createGovernmentSubgraph } from './subgraph.js'

await runParty('government', process.env, createGovernmentSubgraph)
