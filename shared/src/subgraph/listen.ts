import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KeyObject } from 'node:crypto'

import { ERROR_CODES, maskError, HubError, type ErrorCode } from '../errors/index.js'
import { ASSERTION_HEADER, createReplayGuard, verifyAssertion } from '../identity/index.js'
import type { SubgraphRequest } from '../port/index.js'
import type { Log } from '../telemetry/index.js'
import type { Subgraph } from './create-subgraph.js'
import { createEventStreams } from './event-stream.js'

/** A subgraph behind HTTP on loopback. */
export interface SubgraphListener {
  readonly url: string
  /** Stops accepting, breaks subscriptions off, lets running calls finish, closes. */
  close(): Promise<void>
}

const MAX_BODY_BYTES = 2 * 1024 * 1024
const EVENT_STREAM = /\btext\/event-stream\b/i
const PATIENCE = { headersTimeout: 5_000, requestTimeout: 15_000 } as const

/**
 * Puts a subgraph behind HTTP: `POST /graphql` with a signed assertion, `/health/live` and `/health/ready` without. Whoever accepts
 * `text/event-stream` subscribes.
 *
 * The assertion is verified over the exact bytes of the body, for this audience, once (nonce). A call without one gets 401
 * and learns nothing, neither the schema nor whether an id exists.
 */
export const listenSubgraph = async (options: {
  readonly subgraph: Subgraph
  readonly verifyKeys: ReadonlyMap<string, KeyObject>
  readonly host?: string
  readonly port: number
  readonly isReady: () => Promise<boolean>
  readonly log: Log
  /** Wall clock in milliseconds, against which assertions are checked; for tests. */
  readonly nowMs?: () => number
  /** Milliseconds a client may take for its headers and for its whole request; for tests. */
  readonly patience?: { readonly headersTimeout: number; readonly requestTimeout: number }
  /** Milliseconds between signs of life on a subscription; for tests. */
  readonly keepAliveMs?: number
}): Promise<SubgraphListener> => {
  const { subgraph, log, nowMs = Date.now, patience = PATIENCE } = options
  const replay = createReplayGuard()
  const streams = createEventStreams(options.keepAliveMs)

  const answerGraphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    if (body === null) return sendError(response, 'BODY_TOO_LARGE')
    const header = request.headers[ASSERTION_HEADER]
    const verified = verifyAssertion(typeof header === 'string' ? header : undefined, {
      audience: subgraph.name,
      body,
      keys: options.verifyKeys,
      nowMs: nowMs(),
    })
    if (!verified.ok || !replay.admit(verified.claims.jti, verified.claims.exp, nowMs())) {
      log.warn({ failure: verified.ok ? 'REPLAYED' : verified.failure }, 'a call without a valid assertion was refused')
      return sendError(response, 'ASSERTION_REFUSED')
    }
    const parsed = parseRequest(body)
    if (parsed === null) return sendError(response, 'BAD_REQUEST')
    const { claims } = verified
    if (EVENT_STREAM.test(request.headers.accept ?? ''))
      return streams.serve(response, (signal) => subgraph.subscribe(parsed, claims, signal))
    sendText(response, 200, (await subgraph.executeToText?.(parsed, claims)) ?? JSON.stringify(await subgraph.execute(parsed, claims)))
  }

  // Whoever reaches the port may open connections; none may hold one without sending. Node looks every 30 s unless told otherwise.
  const server = createServer(
    { ...patience, connectionsCheckingInterval: Math.min(1_000, patience.headersTimeout) },
    (request, response) => {
      const answer = async (): Promise<void> => {
        if (request.url === '/health/live') return send(response, 200, { live: true })
        if (request.url === '/health/ready') {
          const isReady = await options.isReady()
          return send(response, isReady ? 200 : 503, { party: subgraph.name, ready: isReady })
        }
        if (request.url !== '/graphql') return send(response, 404, { error: 'NOT_FOUND' })
        if (request.method !== 'POST') return sendError(response, 'METHOD_NOT_ALLOWED')
        return answerGraphql(request, response)
      }
      answer().catch((error: unknown) => {
        log.error({ code: 'INTERNAL', error }, 'a call failed')
        if (!response.headersSent) sendError(response, 'INTERNAL')
      })
    },
  )
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, options.host ?? '127.0.0.1', resolve))
  const { address, port } = server.address() as AddressInfo
  return {
    url: `http://${address}:${port}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        streams.close()
        server.closeIdleConnections()
      }),
  }
}

/** The body, or null when it is too large; rejects when it breaks off. Listeners instead of an iterator: half the cost of a small body. */
const readBody = (request: IncomingMessage): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_BODY_BYTES) {
        request.pause()
        return resolve(null)
      }
      chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks, size)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the request broke off')))
  })

const parseRequest = (body: Buffer): SubgraphRequest | null => {
  try {
    const value = JSON.parse(body.toString('utf8')) as Partial<SubgraphRequest> | null
    return typeof value?.query === 'string' ? (value as SubgraphRequest) : null
  } catch {
    return null
  }
}

const sendText = (response: ServerResponse, status: number, text: string): void => {
  const body = Buffer.from(text, 'utf8')
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': body.byteLength,
    })
    .end(body)
}

const send = (response: ServerResponse, status: number, value: unknown): void => sendText(response, status, JSON.stringify(value))

const sendError = (response: ServerResponse, code: ErrorCode): void =>
  send(response, ERROR_CODES[code].status, { errors: [maskError(new HubError(code), { language: 'en', traceId: '' })] })
