import type { IncomingMessage, ServerResponse } from 'node:http'

import { loadHubKeys } from '@commonhall/shared/identity'
import { systemClock } from '@commonhall/shared/time'

import { DEMO_PATH } from './identity-provider/constants.js'
import { openDoor } from './party-doors.js'
import { PARTIES } from './parties.js'
import { trustedIssuers } from './trusted-issuers.js'
import type { RunningHub, StartContext } from './start-context.js'

/** How long running requests may take once the hub stops; parties and database need the rest of the 10 s. */
const GATEWAY_GRACE_MS = 6_000

/** Loads the code of everything that will run; begun while the database starts, because it is a second of pure reading. */
export const preload = async (): Promise<void> => {
  await Promise.all([...PARTIES.map(openDoor), import('@commonhall/gateway'), import('./identity-provider/create-identity-provider.js')])
}

/** Runs all parties and the gateway in this process, joined by the gateway's local transport: the same assertions, no sockets. */
export const startInOneProcess = async (context: StartContext): Promise<RunningHub> => {
  const { config, databases, keys, log, port, teardown } = context
  // All settle before a failure is told: a party that is still starting could not be stopped.
  const started = await Promise.allSettled(
    PARTIES.map(async (party) => {
      const door = await openDoor(party)
      const { url, eventsUrl } = databases.parties[party]
      const running = await door.create({ databaseUrl: url, eventsUrl, clock: systemClock, log, followSecret: keys.followSecret })
      teardown.add(party, () => running.stop())
      return running
    }),
  )
  const parties = started.map((party) => {
    if (party.status === 'rejected') throw party.reason
    return party.value
  })
  const { createGateway } = await import('@commonhall/gateway')
  const gateway = await createGateway({
    subgraphs: parties.map((subgraph) => ({ kind: 'local', subgraph })),
    signingKey: loadHubKeys(keys.hubPrivateKey),
    pairwiseKeys: keys.pairwise,
    issuers: trustedIssuers(context, `http://127.0.0.1:${port}${DEMO_PATH}/jwks`),
    port,
    log,
    corsOrigins: context.corsOrigins,
    introspection: config.COMMONHALL_MODE === 'demo',
    ...(config.COMMONHALL_METRICS_PORT === undefined ? {} : { metrics: { port: config.COMMONHALL_METRICS_PORT } }),
    slowOperationMs: config.COMMONHALL_SLOW_OPERATION_MS,
    ...(config.COMMONHALL_TRACING === undefined ? {} : { openTelemetry: config.COMMONHALL_TRACING }),
    extraRoutes: await identityRoutes(context),
  })
  teardown.add('gateway', () => Promise.race([gateway.stop(), new Promise((resolve) => setTimeout(resolve, GATEWAY_GRACE_MS).unref())]))
  return { url: gateway.url, identityUrl: context.personas === null ? null : `http://127.0.0.1:${gateway.port}${DEMO_PATH}` }
}

const identityRoutes = async (
  context: StartContext,
): Promise<((request: IncomingMessage, response: ServerResponse) => boolean) | undefined> => {
  if (context.personas === null) return undefined
  const { createIdentityProvider } = await import('./identity-provider/create-identity-provider.js')
  const answer = createIdentityProvider({ keys: context.keys.identityProvider, personas: context.personas })
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (path !== DEMO_PATH && !path.startsWith(`${DEMO_PATH}/`)) return false
    answer(request, response)
    return true
  }
}
