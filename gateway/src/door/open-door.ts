import type { Language } from '@commonhall/shared/identity'

import type { OverloadGuard } from '../admission/overload.js'
import type { TokenVerifier } from '../identity/token-verifier.js'
import type { Observer } from '../observe/observer.js'
import type { Log } from '../observe/operation-log.js'
import type { Tracing } from '../observe/tracing.js'
import type { ReleaseNews } from '../subscription/follow-releases.js'
import { createLiveDoor } from '../subscription/live-door.js'
import { DEFAULT_LIVE_LIMITS, type LiveLimits } from '../subscription/live-limits.js'
import { createLiveRegistry } from '../subscription/live-registry.js'
import { SYSTEM_CLOCK, type Clock } from '../transport/clock.js'
import { createGraphqlDoor } from './graphql-door.js'
import type { Readiness } from './health.js'
import { openHttpDoor, type ExtraRoutes, type HttpDoor } from './http-door.js'
import { createOperationGate, type GateEngine } from './operation-gate.js'
import { createOperationRecorder } from './record-operation.js'
import { createWebSocketDoor } from './websocket-door.js'

/** What the door of a gateway is made of. */
export interface DoorOptions {
  readonly host: string
  readonly port: number
  /** The engine that is current; null until the first release is up. */
  readonly engine: () => GateEngine | null
  /** Tells of new releases, so that live operations move to them. */
  readonly news: ReleaseNews
  readonly tokens: TokenVerifier
  readonly corsOrigins: readonly string[]
  /** Headers that travel on to the parties, in lower case; none unless said. */
  readonly forwardHeaders?: readonly string[]
  /** Refuses before anything is read when there is more to do than can be done; left out: never. */
  readonly overload?: OverloadGuard | undefined
  readonly readiness: () => Readiness
  /** Spoken to those who ask for neither Chinese nor English; Chinese unless said. */
  readonly defaultLanguage?: Language | undefined
  readonly extraRoutes?: ExtraRoutes | undefined
  /** Bounds of live operations and WebSockets. */
  readonly live?: Partial<LiveLimits> | undefined
  /** Answers larger than this are compressed (br, gzip) for those who accept it. Left out: never, a proxy does that better. */
  readonly compressAnswersOverBytes?: number | undefined
  readonly log: Log
  /** Told of every operation; absent: nobody counts. */
  readonly observer?: Observer | undefined
  readonly tracing?: Tracing | undefined
  /** Clients that the operator has registered. */
  readonly registeredClients?: ReadonlySet<string> | undefined
  /** Operations that take longer get a second line; never unless said. */
  readonly slowOperationMs?: number | undefined
  /** Wall clock in milliseconds. */
  readonly nowMs: () => number
  /** Timers; for tests. */
  readonly clock?: Clock
}

/** An open door; beside closing it tells how much lives. */
export interface Door extends HttpDoor {
  readonly liveOperations: () => number
  readonly webSockets: () => number
}

/**
 * Opens every way in at one port: GraphQL over HTTP, server-sent events, multipart subscriptions and WebSockets at `/graphql`,
 * health, and the host's own routes. All of them stand on one gate, one admission, one engine.
 *
 * Closing ends live operations first, so that their clients resume elsewhere, and lets single operations finish.
 */
export const openDoor = async (options: DoorOptions): Promise<Door> => {
  const { tokens, corsOrigins, nowMs } = options
  const clock = options.clock ?? SYSTEM_CLOCK
  const limits: LiveLimits = { ...DEFAULT_LIVE_LIMITS, ...options.live }
  const registry = createLiveRegistry(limits, clock)
  const live = createLiveDoor({ registry, limits, news: options.news, clock, nowMs })
  const gate = createOperationGate({ engine: options.engine, live })
  const recorder = createOperationRecorder(options.log, options)
  const { overload } = options
  const webSocket = createWebSocketDoor({ gate, overload, tokens, recorder, registry, limits, corsOrigins, clock, nowMs })
  const graphql = createGraphqlDoor({
    gate,
    tokens,
    recorder,
    corsOrigins,
    forwardHeaders: options.forwardHeaders ?? [],
    overload,
    clock,
    lingerMs: limits.lingerMs,
    compressAnswersOverBytes: options.compressAnswersOverBytes ?? null,
  })
  const { host, port, readiness, extraRoutes } = options
  const http = await openHttpDoor({
    host,
    port,
    graphql,
    webSocket,
    readiness,
    corsOrigins,
    extraRoutes,
    defaultLanguage: options.defaultLanguage,
    onConnection: overload && (() => overload.noteConnection()),
  })
  return {
    port: http.port,
    async close(graceMs) {
      // Before the server stops: what is told here travels on connections that it will wait for.
      const ended = registry.stop()
      await http.close(graceMs)
      await ended
    },
    liveOperations: () => registry.count,
    webSockets: () => webSocket.count,
  }
}
