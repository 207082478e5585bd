import { createPublicKey } from 'node:crypto'
import { join } from 'node:path'

import { StartRefusal } from '../console/start-refusal.js'
import { DEMO_PATH } from '../identity-provider/constants.js'
import { claimPort } from '../ports.js'
import { processGraph, type PlaceValues, type Service, type ServiceName } from '../process-graph.js'
import { PARTIES } from '../parties.js'
import type { RunningHub, StartContext } from '../start-context.js'
import { trustedIssuers } from '../trusted-issuers.js'
import { startChildService, type ChildService } from './child-service.js'

/**
 * Runs the process graph on this machine: each service its own process over HTTP on loopback, started when what it depends on
 * is healthy, started again when it dies. A party that is down costs only its own fields, and `/health/ready` names it.
 */
export const startSplit = async (context: StartContext): Promise<RunningHub> => {
  const values = await loopbackValues(context)
  const services = processGraph(values).filter(({ isDemoOnly }) => !isDemoOnly || context.personas !== null)
  await startInOrder(services, context)
  const gateway = values.addressOf('gateway')
  const identity = values.addressOf('identity')
  return {
    url: `http://127.0.0.1:${gateway.port}/graphql`,
    identityUrl: context.personas === null ? null : `http://127.0.0.1:${identity.port}${DEMO_PATH}`,
  }
}

const startInOrder = async (services: readonly Service[], context: StartContext): Promise<void> => {
  const started = new Map<ServiceName, Promise<void>>()
  const failure = new AbortController()
  const signal = AbortSignal.any([context.signal, failure.signal])
  const running: ChildService[] = []
  // One step for all: the gateway first, so that no request meets a missing party, then the rest side by side.
  context.teardown.add('services', async () => {
    await Promise.all(running.filter(({ name }) => name === 'gateway').map((child) => child.stop()))
    await Promise.all(running.map((child) => child.stop()))
  })
  const startOne = async (service: Service): Promise<void> => {
    await Promise.all(service.dependsOn.map((name) => started.get(name) ?? Promise.resolve()))
    signal.throwIfAborted()
    const child = startChildService(service, {
      environment: context.environment,
      log: context.log,
      write: (line, isError) => void (isError ? process.stderr : process.stdout).write(`${line}\n`),
    })
    running.push(child)
    await child.started(signal)
  }
  // The graph lists a service after what it depends on.
  for (const service of services) started.set(service.name, startOne(service))
  try {
    await Promise.all(started.values())
  } catch (cause) {
    failure.abort(cause)
    await Promise.allSettled(started.values())
    context.signal.throwIfAborted()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartRefusal('START_FAILED', 1, { zh: `服务未能启动:${reason}`, en: `A service did not start: ${reason}` }, { cause })
  }
}

const loopbackValues = async (context: StartContext): Promise<PlaceValues> => {
  const { config, databases, keys } = context
  const ports = new Map<ServiceName, number>([['gateway', context.port]])
  for (const name of [...PARTIES, 'identity'] as const) ports.set(name, await unusedPort([...ports.values()]))
  const addressOf = (service: ServiceName): { host: string; port: number } => ({ host: '127.0.0.1', port: ports.get(service) ?? 0 })
  const [issuer] = trustedIssuers(context, `http://127.0.0.1:${addressOf('identity').port}${DEMO_PATH}/jwks`)
  return {
    prepare: prepareSettings(context),
    databaseUrl: (party) => databases.parties[party].url,
    eventsUrl: (party) => databases.parties[party].eventsUrl,
    hubPublicKey: createPublicKey(keys.hubPrivateKey).export({ type: 'spki', format: 'pem' }).toString(),
    followSecret: keys.followSecret,
    keysFile: config.COMMONHALL_KEYS_FILE ?? join(context.dataDir, 'keys.json'),
    hubPrivateKey: keys.hubPrivateKey,
    pairwiseKeys: JSON.stringify(keys.pairwise),
    // Without any issuer nobody can sign in; the gateway still wants a name, and this one signs nothing.
    issuer: issuer?.issuer ?? 'urn:commonhall:nobody',
    issuerJwks: issuer?.jwksUri ?? 'http://127.0.0.1:9/jwks',
    audience: issuer?.audience ?? 'urn:commonhall:hub',
    corsOrigins: context.corsOrigins.join(','),
    observation: {
      COMMONHALL_METRICS_PORT: String(config.COMMONHALL_METRICS_PORT ?? ''),
      COMMONHALL_METRICS_HOST: '',
      COMMONHALL_SLOW_OPERATION_MS: String(config.COMMONHALL_SLOW_OPERATION_MS),
      COMMONHALL_TRACING: config.COMMONHALL_TRACING ?? '',
    },
    introspection: config.COMMONHALL_MODE === 'demo' ? 'on' : 'off',
    logLevel: config.COMMONHALL_LOG_LEVEL,
    bindHost: '127.0.0.1',
    addressOf,
  }
}

/** The same databases for `prepare`: by the server's administrator, or by the operator's URLs. */
const prepareSettings = ({ adminUrl, config, databases }: StartContext): Record<string, string> => ({
  COMMONHALL_MODE: config.COMMONHALL_MODE,
  COMMONHALL_SCALE: String(config.COMMONHALL_SCALE),
  COMMONHALL_LOG_LEVEL: config.COMMONHALL_LOG_LEVEL,
  ...(config.COMMONHALL_ANCHOR === undefined ? {} : { COMMONHALL_ANCHOR: config.COMMONHALL_ANCHOR.toISOString() }),
  ...(config.COMMONHALL_ISSUER === undefined
    ? {}
    : {
        COMMONHALL_ISSUER: config.COMMONHALL_ISSUER,
        COMMONHALL_ISSUER_JWKS: config.COMMONHALL_ISSUER_JWKS ?? '',
        COMMONHALL_AUDIENCE: config.COMMONHALL_AUDIENCE ?? '',
      }),
  ...(adminUrl !== null ? { COMMONHALL_ADMIN_URL: adminUrl } : databaseSettings(databases)),
})

const databaseSettings = (databases: StartContext['databases']): Record<string, string> => ({
  COMMONHALL_EVENTS_OWNER_URL: databases.hubOwnerUrl,
  ...Object.fromEntries(
    PARTIES.flatMap((party) => {
      const { url, ownerUrl, eventsUrl } = databases.parties[party]
      const prefix = `COMMONHALL_${party.toUpperCase()}`
      return [
        [`${prefix}_DATABASE_URL`, url],
        [`${prefix}_OWNER_URL`, ownerUrl],
        [`${prefix}_EVENTS_URL`, eventsUrl],
      ]
    }),
  ),
})

/** A free port that no other service of this start was promised. */
const unusedPort = async (promised: readonly number[]): Promise<number> => {
  for (;;) {
    const port = await claimPort(0)
    if (!promised.includes(port)) return port
  }
}
