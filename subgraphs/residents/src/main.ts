import { runParty } from '@commonhall/shared/subgraph'

import { createResidentsSubgraph } from './subgraph.js'

await runParty('residents', process.env, (deps, config) => {
  const followSecret = config.COMMONHALL_FOLLOW_SECRET
  if (followSecret === undefined) {
    process.stderr.write('COMMONHALL_FOLLOW_SECRET is missing: without it no anonymous author can follow an entry.\n')
    process.exit(2)
  }
  return createResidentsSubgraph({ ...deps, followSecret })
})
