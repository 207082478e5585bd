import { randomUUID } from 'node:crypto'

import { createOverloadGuard, OVERLOAD_LIMITS } from './admission/overload.js'
import type { Readiness } from './door/health.js'
import { openDoor } from './door/open-door.js'
import type { EngineAnswer } from './engine.js'
import { createFederation } from './federation.js'
import type { GatewayOptions } from './gateway-options.js'
import type { Principal } from './identity/principal.js'
import { createTokenVerifier, type TokenVerifier } from './identity/token-verifier.js'
import { createMetrics } from './observe/metrics.js'
import { openMetricsListener, type MetricsListener } from './observe/metrics-listener.js'
import { openTracing } from './observe/open-tracing.js'
import { SILENT_LOG } from './observe/operation-log.js'
import type { OperationRequest } from './planning/operation-catalogue.js'
import type { ReleaseInput } from './release.js'
import type { ReleaseReport, RunningRelease } from './release/releases.js'

export type { EngineAnswer } from './engine.js'
export type { ExtraRoutes } from './door/http-door.js'
export type { FederationOptions, GatewayOptions, GatewaySubgraph, PartySettings, SupergraphSource } from './gateway-options.js'
export { createMetrics, type GatewayMetrics } from './observe/metrics.js'
export { createTracing, type TelemetryApi, type Tracing } from './observe/tracing.js'
export type { Observer } from './observe/observer.js'
export type { Explanation } from './observe/explain/explanation.js'
export type { PlanView } from './observe/explain/plan-view.js'
export { printPlan } from './observe/explain/print-plan.js'
export type { Log } from './observe/operation-log.js'
export type { OperationRequest } from './planning/operation-catalogue.js'
export type { Principal } from './identity/principal.js'
export type { ReleaseInput } from './release.js'
export type { ReleaseReport } from './release/releases.js'
export type { TrustedIssuer } from './identity/token-verifier.js'

/** A running gateway. */
export interface Gateway {
  readonly url: string
  readonly port: number
  /** Of the listener for metrics; null when there is none. */
  readonly metricsPort: number | null
  /** Of the release that serves now, like the two that follow. */
  readonly releaseId: string
  readonly schemaSdl: string
  readonly supergraphSdl: string
  /** Runs an operation as a principal, without the door; for tests and for the process that hosts the gateway. */
  execute(request: OperationRequest, principal: Principal): Promise<EngineAnswer>
  /** Puts another release in place while requests run; see `Federation.replace`. */
  replace(input: ReleaseInput): Promise<ReleaseReport>
  ready(): Readiness
  /** Ready false, no new requests, running ones finish, pools close; under 10 s. Calling it again waits for the same end. */
  stop(): Promise<void>
}

/** Time running requests get to finish, below the 10 s in which supervisors expect a process to end. */
const STOP_GRACE_MS = 8000

const NOBODY_SIGNS_IN: TokenVerifier = { identify: async () => null }

/**
 * Starts a gateway: opens the door at once (not ready), brings the first release up (composing what the parties answer, or from a
 * given supergraph, which asks nobody), and becomes ready. Rejects when the schemas do not compose, the supergraph is refused or the
 * port is taken; nothing keeps running then.
 */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const log = options.log ?? SILENT_LOG
  const nowMs = options.clock ?? Date.now
  const host = options.host ?? '127.0.0.1'
  const corsOrigins = options.corsOrigins ?? []
  const clients = Object.keys(options.admission?.clients?.clients ?? {})
  const metrics = options.metrics === undefined ? null : createMetrics({ clients })
  const observer = metrics ?? options.observer
  const tracing = options.tracing ?? (await openTracing(options.openTelemetry)) ?? undefined
  const federation = createFederation({ ...options, ...(observer && { observer }), ...(tracing && { tracing }) })
  const { releases } = federation
  let isStopping = false
  const ready = (): Readiness => ({
    ready: releases.current() !== null && !isStopping,
    release: releases.current()?.release.id ?? null,
    parties: federation.parties(),
  })

  const tokens = options.ignoresTokens === true ? NOBODY_SIGNS_IN : createTokenVerifier(options.issuers, nowMs)
  const overload = options.overload === false ? undefined : createOverloadGuard({ ...OVERLOAD_LIMITS, ...options.overload })
  const door = await openDoor({
    host,
    port: options.port,
    engine: () => releases.current()?.engine ?? null,
    news: releases,
    tokens,
    corsOrigins,
    forwardHeaders: options.forwardHeaders,
    defaultLanguage: options.defaultLanguage,
    readiness: ready,
    extraRoutes: options.extraRoutes,
    live: options.live,
    overload,
    observer,
    tracing,
    registeredClients: new Set(clients),
    slowOperationMs: options.slowOperationMs,
    compressAnswersOverBytes: options.compressAnswersOverBytes,
    log,
    nowMs,
  })

  observer?.watch({
    overload: () => overload ?? null,
    live: () => ({ operations: door.liveOperations(), webSockets: door.webSockets() }),
  })
  let listener: MetricsListener | null = null
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => {
    isStopping = true
    federation.abandonStart()
    stopped ??= door
      .close(STOP_GRACE_MS)
      .then(() => federation.close())
      .then(() => listener?.close())
    return stopped
  }
  const running = (): RunningRelease => {
    const current = releases.current()
    if (current === null) throw new Error('no release is up')
    return current
  }

  try {
    if (options.metrics !== undefined && metrics !== null) listener = await openMetricsListener(options.metrics, metrics)
    await federation.start()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${door.port}/graphql`,
    port: door.port,
    metricsPort: listener?.port ?? null,
    get releaseId() {
      return running().release.id
    },
    get schemaSdl() {
      return running().release.schemaSdl
    },
    get supergraphSdl() {
      return running().release.supergraphSdl
    },
    execute: (request, principal) => running().engine.run(request, principal, { traceId: randomUUID(), isQueryOnly: false }),
    replace: (input) => federation.replace(input),
    ready,
    stop,
  }
}
