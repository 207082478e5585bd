import { runParty } from '@commonhall/shared/subgraph'

import { createNonprofitsSubgraph } from './subgraph.js'

await runParty('nonprofits', process.env, createNonprofitsSubgraph)
