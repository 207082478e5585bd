// Our gateway as it runs in production, built files only: bearer tokens verified, calls signed, limits on, metrics counted, one log line per operation.
import { createGateway } from '@commonhall/gateway'
import { generateHubKey, loadHubKeys } from '@commonhall/shared/identity'
import { createLog } from '@commonhall/shared/telemetry'

import { setup, started } from './started.mjs'

const isLocal = process.argv[3] === 'local'
// Loaded where it is needed: what parties are made of (an ORM, for one) is no part of a gateway's memory.
const subgraphsHere = isLocal ? (await import('./local-subgraphs.mjs')).localSubgraphs() : []

await started(async () => {
  const { issuer, audience, jwksUri } = setup.identity
  const gateway = await createGateway({
    subgraphs: isLocal
      ? subgraphsHere.map((subgraph) => ({ kind: 'local', subgraph }))
      : setup.subgraphs.map(({ name, url }) => ({ kind: 'http', name, url })),
    signingKey: loadHubKeys(generateHubKey().privateKeyPem),
    pairwiseKeys: Object.fromEntries(setup.subgraphs.map(({ name }) => [name, `a secret of ${name}, long enough`])),
    issuers: [{ issuer, audience, jwksUri }],
    port: 0,
    metrics: { port: 0 },
    // The guard runs, and refuses nothing: a closed loop fills the core on purpose, and a refusal is no answer to be measured.
    overload: { crowdedMs: 10_000 },
    log: createLog({ name: 'gateway', level: 'info' }),
  })
  return gateway.port
})
