import { ERROR_CODES, HubError } from '@commonhall/shared/errors'
import type { RawData, WebSocket } from 'ws'

import type { OverloadGuard } from '../admission/overload.js'
import { ANONYMOUS_BODY_BYTES } from '../admission/read-body.js'
import { requestOfPayload } from '../admission/read-request.js'
import type { TokenVerifier } from '../identity/token-verifier.js'
import type { ByteAccount } from '../subscription/event-buffer.js'
import type { LiveLimits } from '../subscription/live-limits.js'
import type { Clock } from '../transport/clock.js'
import type { ByteText } from '../transport/party-link.js'
import { refusalErrors } from './answers.js'
import { identifyCaller, type Caller } from './caller.js'
import type { OperationGate } from './operation-gate.js'
import type { OperationRecorder } from './record-operation.js'
import { CLOSE, idTaken, MESSAGES, readMessage, type ClientMessage } from './websocket-messages.js'
import { startSocketOperation, type SocketOperation } from './websocket-operation.js'

/** What a connection stands on. */
export interface ConnectionDeps {
  readonly tokens: TokenVerifier
  readonly gate: OperationGate
  readonly overload?: OverloadGuard | undefined
  readonly recorder: OperationRecorder
  readonly limits: LiveLimits
  readonly clock: Clock
  readonly nowMs: () => number
  /** Counts the bytes that wait in this connection. */
  readonly account: ByteAccount
  /** Where the client sits, and what the handshake said besides. */
  readonly address: string | undefined
  readonly acceptLanguage: string | undefined
}

/** One open WebSocket of a client. */
export interface SocketConnection {
  /** Called by the door at every heartbeat: asks for a sign of life, and ends a socket that gave none since the last time. */
  beat(): void
  /** Takes no new operations; closes as soon as the single results that still run are out. Live operations are ended by the registry. */
  drain(): void
}

/** Bytes that may wait in a socket before its next result would be one too many. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

/** What stands around the fields of an operation in its message. */
export const ENVELOPE_BYTES = 512

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * Serves one WebSocket by the protocol `graphql-transport-ws`: the same gate, the same admission, the same engine as HTTP.
 *
 * The token travels in `connection_init` (`authorization`, beside `hub-acting-for`, `hub-purpose` and `accept-language`); its end is
 * the end of the socket (4403). Written by hand, because results are bytes here and a library would parse and print each again.
 */
export const serveSocket = (socket: WebSocket, deps: ConnectionDeps): SocketConnection => {
  const operations = new Map<string, SocketOperation>()
  let caller: Caller | null = null
  let hasInit = false
  let isAlive = true
  let isDraining = false
  /** Also those that the client has completed while they ran: they cost the same. */
  let inFlight = 0
  const { clock, limits } = deps
  const stopTimers = new Set<() => void>()
  const after = (delayMs: number, task: () => void): (() => void) => {
    const stop = clock.setTimer(delayMs, task)
    stopTimers.add(stop)
    return stop
  }

  // A client that does not read would never see the close frame, nor answer it.
  const linger = (): void => void after(limits.lingerMs, () => socket.terminate())
  const close = ([code, words]: readonly [number, string]): void => {
    socket.close(code, words)
    linger()
  }
  const send = (message: ByteText, onWritten?: () => void): void => {
    if (socket.readyState !== socket.OPEN) return
    socket.send(Buffer.from(message, 'latin1'), { binary: false }, onWritten)
  }
  const closeWhenDrained = (): void => {
    if (isDraining && inFlight === 0) close(CLOSE.goingAway)
  }

  const init = async (payload: Readonly<Record<string, unknown>> | null): Promise<void> => {
    if (hasInit) return close(CLOSE.initTwice)
    hasInit = true
    const words = {
      authorization: text(payload?.['authorization'] ?? payload?.['Authorization']),
      actingFor: text(payload?.['hub-acting-for']),
      purpose: text(payload?.['hub-purpose']),
      acceptLanguage: text(payload?.['accept-language']) ?? deps.acceptLanguage,
      clientName: text(payload?.['hub-client']),
      explain: text(payload?.['hub-explain']),
    }
    try {
      caller = await identifyCaller(deps.tokens, words, deps.address)
    } catch (fault) {
      const isOurs = fault instanceof HubError && fault.code === 'OVERLOADED'
      return close(isOurs ? CLOSE.tryLater : CLOSE.forbidden)
    }
    // Gone meanwhile: a timer until the token's end would keep all of it.
    if (socket.readyState !== socket.OPEN) return
    stopWaiting()
    if (caller.expiresAtMs !== null) after(Math.max(0, caller.expiresAtMs - deps.nowMs()), () => close(CLOSE.tokenExpired))
    send(MESSAGES.ack)
  }

  const subscribe = (id: string, payload: Readonly<Record<string, unknown>>): void => {
    const asking = caller
    if (asking === null) return close(CLOSE.notAcknowledged)
    if (operations.has(id)) return close(idTaken(id))
    // Who asks on without reading what was answered would fill the memory.
    if (socket.bufferedAmount > MAX_WAITING_BYTES) return close(CLOSE.slow)
    const context = { language: asking.principal.language, traceId: deps.recorder.begin() }
    const refuse = (fault: HubError): void => {
      send(MESSAGES.error(id, refusalErrors(fault, context)))
      const { client } = asking.principal
      const { status } = ERROR_CODES[fault.code]
      deps.recorder.operation({
        traceId: context.traceId,
        transport: 'websocket',
        client,
        durationMs: 0,
        status,
        bytes: 0,
        ran: null,
        fault,
      })
    }
    if (isDraining) return refuse(new HubError('OVERLOADED', { reason: 'GOING_AWAY' }))
    if (inFlight >= limits.maxPerSocket)
      return refuse(new HubError('TOO_MANY_SUBSCRIPTIONS', { reason: `SOCKET_OVER_${limits.maxPerSocket}` }))
    inFlight += 1
    operations.set(
      id,
      startSocketOperation({
        id,
        async admit(call) {
          const leave = deps.overload?.enter(asking.isSignedIn ? 'signed-in' : 'anonymous')
          try {
            return await deps.gate.admit(requestOfPayload(payload), asking, call)
          } finally {
            leave?.()
          }
        },
        context,
        client: asking.principal.client,
        recorder: deps.recorder,
        account: deps.account,
        send,
        waitingBytes: () => socket.bufferedAmount,
        cutSlow: () => close(CLOSE.slow),
        onOver: (operation) => {
          if (operations.get(id) === operation) operations.delete(id)
        },
        onSettled: () => {
          inFlight -= 1
          closeWhenDrained()
        },
      }),
    )
  }

  const receive = (message: ClientMessage | null): void => {
    if (message === null) return close(CLOSE.invalidMessage)
    switch (message.type) {
      case 'connection_init':
        return void init(message.payload)
      case 'ping':
        if (socket.bufferedAmount > MAX_WAITING_BYTES) return close(CLOSE.slow)
        return send(MESSAGES.pong(message.payload))
      case 'pong':
        return
      case 'subscribe':
        return subscribe(message.id, message.payload)
      case 'complete': {
        const operation = operations.get(message.id)
        operations.delete(message.id)
        operation?.left()
      }
    }
  }

  const stopWaiting = after(limits.initWaitMs, () => close(CLOSE.initTimeout))
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return
    const bytes = data as Buffer
    // Before the library's own bound, which is that of signed-in callers; larger documents have HTTP.
    if (bytes.length > (caller?.maxBodyBytes ?? ANONYMOUS_BODY_BYTES) + ENVELOPE_BYTES) return close(CLOSE.tooLarge)
    try {
      receive(isBinary ? null : readMessage(bytes))
    } catch {
      // Nobody above would catch it: a payload too deep to be printed again has ended the process.
      close(CLOSE.invalidMessage)
    }
  })
  socket.on('pong', () => (isAlive = true))
  // The library has answered a broken or huge frame with a close frame already.
  socket.on('error', linger)
  socket.on('close', () => {
    for (const stop of stopTimers) stop()
    for (const operation of [...operations.values()]) operation.left()
    operations.clear()
  })

  return {
    beat() {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
    },
    drain() {
      isDraining = true
      closeWhenDrained()
    },
  }
}
