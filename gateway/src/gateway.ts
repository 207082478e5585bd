import { randomUUID } from 'node:crypto'

import type { HubSigningKey } from '@commonhall/shared/identity'
import type { LocalSubgraph } from '@commonhall/shared/port'

import { createGraphqlDoor } from './door/graphql-door.js'
import type { PartyState, Readiness } from './door/health.js'
import { openHttpDoor, type ExtraRoutes } from './door/http-door.js'
import { createEngine, type Engine, type EngineAnswer } from './engine.js'
import { HUB_GRAPH_NAME } from './hub-graph/hub-graph.js'
import type { Principal } from './identity/principal.js'
import { createTokenVerifier, type TrustedIssuer } from './identity/token-verifier.js'
import { SILENT_LOG, type Log } from './observe/operation-log.js'
import type { OperationRequest } from './planning/operation-catalogue.js'
import { createRelease } from './release.js'
import { awaitSdl } from './transport/await-sdl.js'
import { createHttpTransport } from './transport/http-transport.js'
import { createLocalTransport } from './transport/local-transport.js'
import type { Transport } from './transport/transport.js'

export type { EngineAnswer } from './engine.js'
export type { ExtraRoutes } from './door/http-door.js'
export type { Log } from './observe/operation-log.js'
export type { OperationRequest } from './planning/operation-catalogue.js'
export type { Principal } from './identity/principal.js'
export type { TrustedIssuer } from './identity/token-verifier.js'

/** Where a party's subgraph is: in this process, or at an address. */
export type GatewaySubgraph =
  { readonly kind: 'local'; readonly subgraph: LocalSubgraph } | { readonly kind: 'http'; readonly name: string; readonly url: string }

/** What a gateway is made of. */
export interface GatewayOptions {
  readonly subgraphs: readonly GatewaySubgraph[]
  readonly signingKey: HubSigningKey
  /** One secret per party; without one a party gets no subject. */
  readonly pairwiseKeys: Readonly<Record<string, string>>
  readonly issuers: readonly TrustedIssuer[]
  /** 0 picks a free port. */
  readonly port: number
  readonly host?: string
  readonly log?: Log
  /** Wall clock in milliseconds; for tests. */
  readonly clock?: () => number
  readonly corsOrigins?: readonly string[]
  /** Whether clients may ask about the schema and read suggestions; for development. Off unless said. */
  readonly introspection?: boolean
  /** Longest wait for one call to a party. */
  readonly callDeadlineMs?: number
  readonly extraRoutes?: ExtraRoutes
  /** Ends a start that is still waiting for parties. */
  readonly signal?: AbortSignal
}

/** A running gateway. */
export interface Gateway {
  readonly url: string
  readonly port: number
  readonly schemaSdl: string
  readonly supergraphSdl: string
  /** Runs an operation as a principal, without the door; for tests and for the process that hosts the gateway. */
  execute(request: OperationRequest, principal: Principal): Promise<EngineAnswer>
  ready(): Readiness
  /** Ready false, no new requests, running ones finish, pools close; under 10 s. Calling it again waits for the same end. */
  stop(): Promise<void>
}

/** Time running requests get to finish, below the 10 s in which supervisors expect a process to end. */
const STOP_GRACE_MS = 8000

/**
 * Starts a gateway: opens the door at once (not ready), asks each remote party for its SDL until all have answered, composes,
 * and becomes ready. Rejects when the schemas do not compose or the port is taken; nothing keeps running then.
 */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const log = options.log ?? SILENT_LOG
  const nowMs = options.clock ?? Date.now
  const host = options.host ?? '127.0.0.1'
  const deadlineMs = options.callDeadlineMs
  const transports = new Map<string, Transport>()
  for (const subgraph of options.subgraphs) {
    const transport =
      subgraph.kind === 'local'
        ? createLocalTransport(subgraph.subgraph, { nowMs, deadlineMs })
        : createHttpTransport({ party: subgraph.name, url: subgraph.url, signingKey: options.signingKey, nowMs, deadlineMs })
    if (transports.has(transport.party) || transport.party === HUB_GRAPH_NAME)
      throw new Error(`The subgraph name "${transport.party}" is taken.`)
    transports.set(transport.party, transport)
  }

  let engine: Engine | null = null
  let isStopping = false
  const known = new Set<string>(options.subgraphs.flatMap((subgraph) => (subgraph.kind === 'local' ? [subgraph.subgraph.name] : [])))
  const stateOf = (transport: Transport): PartyState => (!known.has(transport.party) ? 'waiting' : transport.isUp() ? 'up' : 'down')
  const ready = (): Readiness => ({
    ready: engine !== null && !isStopping,
    parties: Object.fromEntries([...transports].map(([name, transport]) => [name, stateOf(transport)])),
  })

  const corsOrigins = options.corsOrigins ?? []
  const tokens = createTokenVerifier(options.issuers, nowMs)
  const graphql = createGraphqlDoor({ engine: () => engine, tokens, corsOrigins, log, nowMs })
  const door = await openHttpDoor({ host, port: options.port, graphql, readiness: ready, corsOrigins, extraRoutes: options.extraRoutes })

  const starting = new AbortController()
  options.signal?.addEventListener('abort', () => starting.abort(), { once: true })
  if (options.signal?.aborted === true) starting.abort()
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => {
    isStopping = true
    starting.abort()
    stopped ??= door.close(STOP_GRACE_MS).then(async () => {
      await Promise.all([...transports.values()].map((transport) => transport.close()))
    })
    return stopped
  }

  try {
    const parties = await Promise.all(
      options.subgraphs.map(async (subgraph) => {
        if (subgraph.kind === 'local')
          return { name: subgraph.subgraph.name, sdl: subgraph.subgraph.sdl, url: `local:${subgraph.subgraph.name}` }
        const transport = transports.get(subgraph.name)
        if (transport === undefined) throw new Error(`no transport to ${subgraph.name}`)
        const sdl = await awaitSdl(transport, { log, signal: starting.signal })
        known.add(subgraph.name)
        return { name: subgraph.name, sdl, url: subgraph.url }
      }),
    )
    const release = createRelease(parties, { introspection: options.introspection ?? false })
    const running = createEngine({ release, transports, pairwiseKeys: options.pairwiseKeys, log, nowMs })
    engine = running
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${door.port}/graphql`,
      port: door.port,
      schemaSdl: release.schemaSdl,
      supergraphSdl: release.supergraphSdl,
      execute: (request, principal) => running.run(request, principal, { traceId: randomUUID(), isQueryOnly: false }),
      ready,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
