import type { IncomingMessage, ServerResponse } from 'node:http'

import { ERROR_CODES, HubError } from '@commonhall/shared/errors'
import type { Language } from '@commonhall/shared/identity'

import type { OverloadGuard } from '../admission/overload.js'
import { ANONYMOUS_BODY_BYTES } from '../admission/read-body.js'
import type { EngineAnswer } from '../engine.js'
import { languageOf } from '../identity/principal.js'
import type { TokenVerifier } from '../identity/token-verifier.js'
import type { OperationRequest } from '../planning/operation-catalogue.js'
import type { OpenedLive } from '../subscription/live-door.js'
import type { Clock } from '../transport/clock.js'
import { answerOf, codeOf, refusalOf, refusalText, type DoorAnswer } from './answers.js'
import { identifyCaller, type Caller } from './caller.js'
import { corsHeaders } from './cors.js'
import { headerBlock, type HeaderBlock } from './header-blocks.js'
import { negotiate, type Accepted } from './media-type.js'
import type { OperationGate, TransportName } from './operation-gate.js'
import { header, isRead, readOperation } from './read-operation.js'
import type { OperationRecorder } from './record-operation.js'
import { openResponseStream } from './response-stream.js'
import { FRAMINGS, type StreamFraming } from './stream-framing.js'
import { acceptedEncoding, writeAnswer, writeCompressed } from './write-answer.js'

/** The GraphQL endpoint as a function of request and response. Never rejects. */
export type GraphqlDoor = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What the GraphQL endpoint stands on. */
export interface GraphqlDoorDeps {
  readonly tokens: TokenVerifier
  readonly gate: OperationGate
  readonly recorder: OperationRecorder
  readonly corsOrigins: readonly string[]
  /** Headers that travel on to the parties, in lower case. */
  readonly forwardHeaders: readonly string[]
  /** Refuses before anything is read when there is more to do than can be done; absent: never. */
  readonly overload?: OverloadGuard | undefined
  readonly clock: Clock
  /** How long a client may take to read the last word of a stream. */
  readonly lingerMs: number
  /** Answers larger than this are compressed for those who accept it; null: never, a proxy does that better. */
  readonly compressAnswersOverBytes: number | null
}

/** One request on its way. */
interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly traceId: string
  readonly language: Language
  readonly startedMs: number
  accepted: Accepted
  caller: Caller | null
  /** Gives the place back that it has among those that run. */
  leave: (() => void) | undefined
}

const JSON_ONLY: Accepted = { json: 'application/json', stream: null }

const forwardedOf = (request: IncomingMessage, names: readonly string[]): Readonly<Record<string, string>> => {
  const forwarded: Record<string, string> = {}
  for (const name of names) {
    const value = header(request, name)
    if (value !== undefined) forwarded[name] = value
  }
  return forwarded
}

/** Whether a stream must carry the refusal: what the document got wrong. What the request got wrong has a status of its own. */
const belongsInStream = (fault: unknown): boolean => ERROR_CODES[codeOf(fault)].status === 400

/** Under overload a new connection would cost more than reading what is left of a small body. */
const isSmall = (request: IncomingMessage): boolean => Number(request.headers['content-length'] ?? Infinity) <= ANONYMOUS_BODY_BYTES

/**
 * The GraphQL endpoint: GraphQL over HTTP (POST, and GET for queries), server-sent events, multipart subscriptions.
 *
 * Order: method, media type, token, size, content, admission, operation. A bad token is refused before the body is read, and
 * never treated as anonymous. Writes exactly one log line per request, two for one that lives.
 */
export const createGraphqlDoor = (deps: GraphqlDoorDeps): GraphqlDoor => {
  const { recorder } = deps
  /** How one result goes out. */
  const transportOf = ({ accepted }: Visit): TransportName => (accepted.json === null ? (accepted.stream ?? 'http') : 'http')
  const durationOf = (visit: Visit): number => performance.now() - visit.startedMs
  const clientOf = (visit: Visit): string => visit.caller?.principal.client ?? 'anonymous'

  const headersOf = (visit: Visit, contentType: string, answer: Pick<DoorAnswer, 'status' | 'retryAfterSeconds'>): HeaderBlock => {
    const block = headerBlock(contentType, visit.language)
    const cors = corsHeaders(visit.request, deps.corsOrigins)
    const isWhole = visit.request.complete || isRead(visit.request) || (answer.status === 503 && isSmall(visit.request))
    // Nearly every answer is a good one without origin.
    if (answer.status === 200 && isWhole && cors.length === 0) return block
    const more = [...block, ...cors]
    if (answer.status === 405) more.push('allow', 'GET, HEAD, POST, OPTIONS')
    if (answer.status === 401) more.push('www-authenticate', 'Bearer')
    if (answer.retryAfterSeconds !== null) more.push('retry-after', String(answer.retryAfterSeconds))
    // What is left of a body that was refused is not worth reading.
    if (!isWhole) more.push('connection', 'close')
    return more
  }

  const sendJson = async (visit: Visit, answer: DoorAnswer, ran: EngineAnswer | null, fault: unknown): Promise<void> => {
    const { request, response } = visit
    let headers = headersOf(visit, `${visit.accepted.json ?? 'application/json'}; charset=utf-8`, answer)
    const threshold = deps.compressAnswersOverBytes
    let bytes: number
    if (threshold === null) bytes = writeAnswer(response, answer.status, headers, answer.body)
    else {
      const encoding = answer.body.length > threshold ? acceptedEncoding(header(request, 'accept-encoding')) : null
      headers = [...headers, 'vary', 'accept-encoding']
      bytes =
        encoding === null
          ? writeAnswer(response, answer.status, headers, answer.body)
          : await writeCompressed(response, answer.status, headers, { body: answer.body, encoding })
    }
    const { traceId } = visit
    const transport = transportOf(visit)
    recorder.operation({
      traceId,
      transport,
      client: clientOf(visit),
      durationMs: durationOf(visit),
      status: answer.status,
      bytes,
      ran,
      fault,
    })
  }

  /** One result, or one refusal, in a stream that begins and ends with it. */
  const sendOneInStream = (visit: Visit, framing: StreamFraming, part: string, ran: EngineAnswer | null, fault: unknown): void => {
    const headers = headersOf(visit, framing.contentType, { status: 200, retryAfterSeconds: null })
    const bytes = writeAnswer(visit.response, 200, headers, framing.opening + part + framing.closing)
    const { traceId } = visit
    const transport = transportOf(visit)
    recorder.operation({ traceId, transport, client: clientOf(visit), durationMs: durationOf(visit), status: 200, bytes, ran, fault })
  }

  const keepOpen = (visit: Visit, framing: StreamFraming, live: OpenedLive): void => {
    const { response, traceId, language } = visit
    if (response.destroyed) return live.discard()
    const headers = headersOf(visit, framing.contentType, { status: 200, retryAfterSeconds: null })
    const context = { language, traceId }
    const stream = openResponseStream(response, { framing, headers, context, clock: deps.clock, lingerMs: deps.lingerMs })
    const line = { traceId, client: clientOf(visit), transport: visit.accepted.stream ?? 'http' }
    recorder.liveOpened(line)
    const operation = live.start(stream, {
      onClosed: (summary) => recorder.liveClosed({ ...line, durationMs: durationOf(visit) }, summary),
    })
    stream.attach(operation)
  }

  const takePlace = (visit: Visit): void => {
    // The words decide nothing here but the order in which places are given.
    visit.leave = deps.overload?.enter(visit.request.headers.authorization === undefined ? 'anonymous' : 'signed-in')
  }
  const leavePlace = (visit: Visit): void => {
    visit.leave?.()
    visit.leave = undefined
  }

  const serve = async (visit: Visit): Promise<void> => {
    const { request, traceId } = visit
    visit.accepted = negotiate(header(request, 'accept'))
    const words = {
      authorization: header(request, 'authorization'),
      actingFor: header(request, 'hub-acting-for'),
      purpose: header(request, 'hub-purpose'),
      acceptLanguage: header(request, 'accept-language'),
      clientName: header(request, 'hub-client'),
      explain: header(request, 'hub-explain'),
      ...(deps.forwardHeaders.length === 0 ? {} : { forwarded: forwardedOf(request, deps.forwardHeaders) }),
    }
    visit.caller = await identifyCaller(deps.tokens, words, request.socket.remoteAddress)
    recorder.link(traceId, header(request, 'traceparent'), visit.caller)
    const { maxBodyBytes } = visit.caller
    let operation: OperationRequest
    if (isRead(request) || request.complete) operation = await readOperation(request, maxBodyBytes)
    else {
      // Most bodies come with their heads. One that has to be waited for must not take a place meanwhile: some hundred that
      // trickle would leave none to anybody.
      leavePlace(visit)
      operation = await readOperation(request, maxBodyBytes)
      takePlace(visit)
    }
    // A stream by GET is for EventSource and the like: it cannot change anything, but it may live.
    const admitted = await deps.gate.admit(operation, visit.caller, {
      traceId,
      isRead: isRead(request),
      mayStream: visit.accepted.stream !== null,
    })
    const { json, stream } = visit.accepted
    const framing = stream === null ? null : FRAMINGS[stream]
    if (admitted.kind === 'live') {
      if (framing === null) return admitted.live.discard()
      return keepOpen(visit, framing, admitted.live)
    }
    const answer = answerOf(admitted.answer, traceId)
    if (json !== null || framing === null) return sendJson(visit, answer, admitted.answer, null)
    sendOneInStream(visit, framing, framing.result(answer.body), admitted.answer, null)
  }

  const handle = async (visit: Visit): Promise<void> => {
    const { request } = visit
    if (request.method !== 'POST' && !isRead(request)) throw new HubError('METHOD_NOT_ALLOWED')
    takePlace(visit)
    try {
      await serve(visit)
    } finally {
      leavePlace(visit)
    }
  }

  const refuse = async (visit: Visit, fault: unknown): Promise<void> => {
    const { language, traceId, accepted, response } = visit
    // Nothing can be said any more once the head is out.
    if (response.headersSent) return void response.destroy()
    if (accepted.json === null && accepted.stream !== null && belongsInStream(fault)) {
      const framing = FRAMINGS[accepted.stream]
      return sendOneInStream(visit, framing, framing.fault(refusalText(fault, { language, traceId })), null, fault)
    }
    const mediaType = accepted.json ?? 'application/json'
    await sendJson(visit, refusalOf(fault, { language, traceId, mediaType }), null, fault)
  }

  return async (request, response) => {
    const language = languageOf(header(request, 'accept-language'))
    const startedMs = performance.now()
    const visit: Visit = {
      request,
      response,
      traceId: recorder.begin(),
      language,
      startedMs,
      accepted: JSON_ONLY,
      caller: null,
      leave: undefined,
    }
    try {
      await handle(visit)
    } catch (fault) {
      await refuse(visit, fault)
    }
  }
}
