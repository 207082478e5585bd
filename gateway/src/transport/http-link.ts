import type { Pool } from 'undici'

import type { HubSigningKey } from '@commonhall/shared/identity'

import { SYSTEM_CLOCK, type Clock } from './clock.js'
import { subscribeOverSse } from './event-stream.js'
import { HttpExchange } from './http-exchange.js'
import { createHttp1Pool } from './http1-pool.js'
import { httpTarget, type HttpTargetOptions } from './http-target.js'
import type { Coding } from './inflate.js'
import { PartyFault } from './party-fault.js'
import type { ByteText, CallContext, PartyCall, PartyLink } from './party-link.js'
import { headerLinesForParty, headersForParty, millisecondsLeft } from './request-headers.js'
import { CALL_DEADLINE_MS, MAX_ANSWER_BYTES } from './party-link.js'
import { subscribeOverWebSocket } from './web-socket-stream.js'

/** How one party is reached over HTTP. */
export interface HttpLinkOptions extends Omit<HttpTargetOptions, 'connectTimeoutMs'> {
  readonly party: string
  /** Null for third parties that know no assertion: then none is sent, and nothing tells on whose behalf the call is. */
  readonly signingKey: HubSigningKey | null
  /** Wall clock for assertions. */
  readonly wallClockMs?: () => number
  readonly clock?: Clock
  /** Fixed headers of this party, such as an API key. */
  readonly headers?: Readonly<Record<string, string>>
  /** Connections of this party, and so its calls at the same time. */
  readonly connections?: number
  readonly maxAnswerBytes?: number
  /** Asks for gzip and br. Off unless said: on one machine or in one rack it costs more than it saves. */
  readonly acceptCompression?: boolean
  /** How the party offers subscriptions; 'ws' is graphql-transport-ws at `subscriptionUrl` or the same address. */
  readonly subscriptionProtocol?: 'sse' | 'ws'
  readonly maxSubscriptions?: number
  readonly maxEventBytes?: number
}

const DEFAULT_CONNECTIONS = 64
const DEFAULT_SUBSCRIPTIONS = 1000
const DEFAULT_EVENT_BYTES = 1024 * 1024
const CODINGS: readonly Coding[] = ['gzip', 'br']

/** The bytes of a call's body. */
const bodyOf = (call: PartyCall): Buffer => Buffer.from(`${call.bodyPrefix}${call.variables}}`, 'latin1')

/**
 * Calls a party over HTTP (docs/decisions/0027): one pool per party, no pipelining, no redirect ever followed, every call
 * signed over its exact bytes. Keeps `context.deadlineAtMs` and `context.signal` by itself and leaves no socket behind.
 *
 * Rejects with a `PartyFault`. Throws on a URL that is none, or that names a private address where these are refused.
 */
export const createHttpLink = (options: HttpLinkOptions): PartyLink => {
  const { party, clock = SYSTEM_CLOCK, wallClockMs = Date.now, signingKey } = options
  const target = httpTarget({ ...options, connectTimeoutMs: CALL_DEADLINE_MS })
  const pool = createHttp1Pool({
    url: target.url,
    clock,
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    lookup: target.lookup,
    tls: options.tls,
  })
  const requestStart = `POST ${target.path} HTTP/1.1\r\nhost: ${target.url.host}\r\nconnection: keep-alive\r\n`
  const codings = options.acceptCompression === true ? CODINGS : []
  let isUp = true
  const rules = {
    party,
    clock,
    codings,
    maxAnswerBytes: options.maxAnswerBytes ?? MAX_ANSWER_BYTES,
    onSettled(fault: PartyFault | null) {
      // A wait that was given up says nothing about the party.
      if (fault?.fault !== 'ABORTED') isUp = fault === null
    },
  }
  const common = { party, signingKey, wallClockMs, headers: options.headers }
  const callLines = headerLinesForParty({
    ...common,
    accept: 'application/graphql-response+json, application/json;q=0.9',
    acceptEncoding: codings.join(', '),
  })
  const streamHeaders = headersForParty({ ...common, accept: 'text/event-stream' })
  const maxSubscriptions = options.maxSubscriptions ?? DEFAULT_SUBSCRIPTIONS
  const closing = new AbortController()
  // Subscriptions hold their connections; in the calls' pool they would starve them.
  let streamPool: Pool | null = null
  let subscriptions = 0

  const exchange = (call: PartyCall, context: CallContext): Promise<ByteText> =>
    new Promise((resolve, reject) => {
      if (context.signal?.aborted === true) return reject(new PartyFault(party, 'ABORTED'))
      const text = `${call.bodyPrefix}${call.variables}}`
      const body = Buffer.from(text, 'latin1')
      // Before it is signed: the time for that belongs to the call.
      const running = new HttpExchange(rules, context, resolve, reject)
      callLines(body, context, millisecondsLeft(clock, context.deadlineAtMs, CALL_DEADLINE_MS), (lines) => {
        if (!running.isOver()) pool.send(`${requestStart}${lines}content-length: ${text.length}\r\n\r\n${text}`, running)
      })
    })

  const subscribe = (call: PartyCall, context: CallContext): AsyncIterator<ByteText> => {
    if (subscriptions >= maxSubscriptions) throw new PartyFault(party, 'BUSY', { detail: `${subscriptions} subscriptions are open` })
    subscriptions += 1
    const body = bodyOf(call)
    const stream = {
      party,
      clock,
      path: target.path,
      body,
      startBeforeMs: Math.min(context.deadlineAtMs, clock.nowMs() + CALL_DEADLINE_MS),
      makeHeaders: (onHeaders: (headers: string[]) => void) =>
        streamHeaders(body, context, millisecondsLeft(clock, context.deadlineAtMs, CALL_DEADLINE_MS), onHeaders),
      maxEventBytes: options.maxEventBytes ?? DEFAULT_EVENT_BYTES,
      signals: context.signal === undefined ? [closing.signal] : [closing.signal, context.signal],
      onEnd: () => {
        subscriptions -= 1
      },
    }
    if (options.subscriptionProtocol === 'ws')
      return subscribeOverWebSocket({ ...stream, url: options.subscriptionUrl ?? options.url, lookup: target.lookup, tls: options.tls })
    streamPool ??= target.openStreamPool(maxSubscriptions)
    return subscribeOverSse({ ...stream, pool: streamPool })
  }

  return {
    party,
    call: exchange,
    subscribe: (call, context) => ({ [Symbol.asyncIterator]: () => subscribe(call, context) }),
    noteUnusable() {
      isUp = false
    },
    isUp: () => isUp,
    async close() {
      closing.abort()
      await Promise.all([pool.close(), streamPool?.close()])
    },
  }
}
