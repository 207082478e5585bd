// Hive Gateway's runtime on node:http as its makers document it; with `rust` as second argument on their Rust planner.
import { createServer } from 'node:http'

import { peer, setup, started } from './started.mjs'

await started(async () => {
  const { createGatewayRuntime } = await peer('@graphql-hive/gateway-runtime')
  const planner =
    process.argv[3] === 'rust' ? { unifiedGraphHandler: (await peer('@graphql-hive/router-runtime')).unifiedGraphHandler } : {}
  const runtime = createGatewayRuntime({
    ...planner,
    supergraph: setup.supergraphSdl,
    logging: false,
    graphiql: false,
    landingPage: false,
    transportEntries: { '*.http': { options: { deduplicateInflightRequests: setup.isSharing } } },
  })
  const server = createServer(runtime)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server.address().port
})
