import { runParty } from '@commonhall/shared/subgraph'

import { createCommitteesSubgraph } from './subgraph.js'

await runParty('committees', process.env, createCommitteesSubgraph)
