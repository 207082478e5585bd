import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocketServer, type WebSocket } from 'ws'

import type { OverloadGuard } from '../admission/overload.js'
import { SIGNED_IN_BODY_BYTES } from '../admission/read-body.js'
import type { TokenVerifier } from '../identity/token-verifier.js'
import type { LiveLimits } from '../subscription/live-limits.js'
import type { LiveRegistry } from '../subscription/live-registry.js'
import type { Clock } from '../transport/clock.js'
import { isAllowedOrigin } from './cors.js'
import type { OperationGate } from './operation-gate.js'
import type { OperationRecorder } from './record-operation.js'
import { refuseUpgrade } from './refuse-upgrade.js'
import { ENVELOPE_BYTES, serveSocket, type SocketConnection } from './websocket-connection.js'
import { CLOSE } from './websocket-messages.js'

/** The way in for WebSockets. */
export interface WebSocketDoor {
  /** Takes an upgrade of `/graphql`, or refuses it with a plain HTTP status. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Refuses new sockets and operations, closes each socket when its single results are out, cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>
  readonly count: number
}

const PROTOCOL = 'graphql-transport-ws'

const RETRY_LATER = 'retry-after: 2\r\n'

/**
 * Opens no port: it is given upgrades. A page of another origin may open a socket only when CORS lets it read answers; tokens
 * travel inside the protocol and never by themselves, so this keeps foreign pages from asking as nobody from inside a network.
 *
 * No compression: it costs up to 300 KB a socket, and repeats of secrets beside a client's text would show in the length.
 */
export const createWebSocketDoor = (deps: {
  readonly gate: OperationGate
  readonly tokens: TokenVerifier
  readonly overload?: OverloadGuard | undefined
  readonly recorder: OperationRecorder
  readonly registry: LiveRegistry
  readonly limits: LiveLimits
  readonly corsOrigins: readonly string[]
  readonly clock: Clock
  readonly nowMs: () => number
}): WebSocketDoor => {
  const { limits, clock } = deps
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: SIGNED_IN_BODY_BYTES + ENVELOPE_BYTES,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  })
  const sockets = new Map<WebSocket, SocketConnection>()
  let isClosing = false
  let whenEmpty: (() => void) | null = null
  let stopTimer: (() => void) | null = null

  const beat = (): void => {
    stopTimer = clock.setTimer(limits.heartbeatMs, beat)
    for (const connection of [...sockets.values()]) connection.beat()
  }
  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    if (socket.protocol !== PROTOCOL) {
      socket.on('error', () => undefined)
      return socket.close(...CLOSE.wrongProtocol)
    }
    const connection = serveSocket(socket, {
      gate: deps.gate,
      overload: deps.overload,
      tokens: deps.tokens,
      recorder: deps.recorder,
      limits,
      clock,
      nowMs: deps.nowMs,
      account: deps.registry.account(),
      address: request.socket.remoteAddress,
      acceptLanguage: request.headers['accept-language'],
    })
    sockets.set(socket, connection)
    stopTimer ??= clock.setTimer(limits.heartbeatMs, beat)
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size > 0) return
      stopTimer?.()
      stopTimer = null
      whenEmpty?.()
    })
  }
  const isAllowed = ({ headers: { origin, host } }: IncomingMessage): boolean => {
    if (origin === undefined || isAllowedOrigin(origin, deps.corsOrigins)) return true
    return URL.canParse(origin) && new URL(origin).host === host
  }

  return {
    upgrade(request, socket, head) {
      if (isClosing || sockets.size >= limits.maxSockets) return refuseUpgrade(socket, 503, RETRY_LATER)
      if (!isAllowed(request)) return refuseUpgrade(socket, 403)
      server.handleUpgrade(request, socket, head, serve)
    },
    close(graceMs) {
      isClosing = true
      for (const connection of [...sockets.values()]) connection.drain()
      return new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of sockets.keys()) socket.terminate()
        }, graceMs)
        whenEmpty = () => {
          clearTimeout(cut)
          resolve()
        }
        if (sockets.size === 0) whenEmpty()
      })
    },
    get count() {
      return sockets.size
    },
  }
}
