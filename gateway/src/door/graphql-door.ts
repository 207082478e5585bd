import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { ERROR_CODES, HubError } from '@commonhall/shared/errors'
import type { Language } from '@commonhall/shared/identity'

import { ANONYMOUS_BODY_BYTES, checkContentType, readBody, SIGNED_IN_BODY_BYTES } from '../admission/read-body.js'
import { requestOfBody, requestOfParameters } from '../admission/read-request.js'
import type { Engine, EngineAnswer } from '../engine.js'
import { languageOf, principalOf } from '../identity/principal.js'
import type { TokenVerifier } from '../identity/token-verifier.js'
import type { Log, OperationLine } from '../observe/operation-log.js'
import { InvalidDocument, type OperationRequest } from '../planning/operation-catalogue.js'
import { answerOf, refusalOf, writeAnswer, type DoorAnswer } from './answers.js'
import { corsHeaders } from './cors.js'
import { negotiate, type MediaType } from './media-type.js'

/** The GraphQL endpoint as a function of request and response. Never rejects. */
export type GraphqlDoor = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** A GET must prove that a browser has asked first: a simple request could come from any page (XS-Search, CSRF). */
const checkPreflight = (request: IncomingMessage): void => {
  const isProven =
    header(request, 'hub-preflight') !== undefined ||
    header(request, 'apollo-require-preflight') !== undefined ||
    /^application\/json\b/i.test(request.headers['content-type'] ?? '')
  if (!isProven) throw new HubError('BAD_REQUEST', { reason: 'PREFLIGHT_HEADER_MISSING' })
}

const readRequest = async (request: IncomingMessage, maxBytes: number): Promise<OperationRequest> => {
  if (request.method === 'GET') {
    checkPreflight(request)
    return requestOfParameters(new URL(request.url ?? '/', 'http://hub').searchParams)
  }
  checkContentType(request)
  return requestOfBody(await readBody(request, maxBytes))
}

interface Handled {
  readonly answer: DoorAnswer
  readonly ran: EngineAnswer | null
  readonly client: string
  readonly fault: unknown
}

/**
 * The GraphQL endpoint (GraphQL over HTTP; POST, and GET for queries).
 *
 * Order: method, media type, token, size, content, admission, operation. A bad token is refused before the body is read, and
 * never treated as anonymous. Writes exactly one log line per request.
 */
export const createGraphqlDoor = (deps: {
  /** Null until the schemas of all parties are known. */
  readonly engine: () => Engine | null
  readonly tokens: TokenVerifier
  readonly corsOrigins: readonly string[]
  readonly log: Log
  readonly nowMs: () => number
}): GraphqlDoor => {
  const handle = async (
    request: IncomingMessage,
    context: { traceId: string; language: Language; mediaType: MediaType },
  ): Promise<Handled> => {
    let client = 'anonymous'
    try {
      if (request.method !== 'POST' && request.method !== 'GET') throw new HubError('METHOD_NOT_ALLOWED')
      const identity = await deps.tokens.identify(header(request, 'authorization'))
      const principal = principalOf(identity, {
        actingFor: header(request, 'hub-acting-for'),
        purpose: header(request, 'hub-purpose'),
        acceptLanguage: header(request, 'accept-language'),
      })
      client = principal.client
      const operation = await readRequest(request, identity === null ? ANONYMOUS_BODY_BYTES : SIGNED_IN_BODY_BYTES)
      const engine = deps.engine()
      if (engine === null) throw new HubError('OVERLOADED', { reason: 'STARTING' })
      const ran = await engine.run(operation, principal, { traceId: context.traceId, isQueryOnly: request.method === 'GET' })
      return { answer: answerOf(ran, context.traceId), ran, client, fault: null }
    } catch (fault) {
      return { answer: refusalOf(fault, context), ran: null, client, fault }
    }
  }

  const record = (handled: Handled, line: Pick<OperationLine, 'traceId' | 'durationMs' | 'bytes'>): void => {
    const { answer, ran, fault } = handled
    const parties = Object.fromEntries(ran?.parties ?? [])
    const fields: OperationLine = {
      ...line,
      client: handled.client,
      documentId: ran?.documentHash ?? null,
      status: answer.status,
      code: answer.code,
      ...(fault instanceof HubError ? { detail: fault.reason ?? fault.detail } : {}),
      parties,
      fetches: Object.values(parties).reduce((sum, { calls }) => sum + calls, 0),
      count: ran?.errors.length ?? 0,
    }
    const isBug = fault !== null && !(fault instanceof HubError) && !(fault instanceof InvalidDocument)
    const level = isBug ? 'error' : fault instanceof HubError ? ERROR_CODES[fault.code].logLevel : 'info'
    // Only what is our own fault is logged with its stack; refusals carry causes that may repeat the client's text.
    deps.log[level]({ ...fields, ...(level === 'error' ? { error: fault } : {}) }, 'operation')
  }

  return async (request, response) => {
    const startedMs = deps.nowMs()
    const traceId = randomBytes(16).toString('hex')
    const language = languageOf(header(request, 'accept-language'))
    let mediaType: MediaType = 'application/json'
    let handled: Handled
    try {
      mediaType = negotiate(header(request, 'accept'))
      handled = await handle(request, { traceId, language, mediaType })
    } catch (fault) {
      handled = { answer: refusalOf(fault, { language, traceId, mediaType }), ran: null, client: 'anonymous', fault }
    }
    const { status } = handled.answer
    const headers: Record<string, string> = {
      ...corsHeaders(request, deps.corsOrigins),
      'content-type': `${mediaType}; charset=utf-8`,
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      ...(status === 405 ? { allow: 'GET, POST' } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 503 ? { 'retry-after': '2' } : {}),
      // What is left of a body that was refused is not worth reading.
      ...(request.complete || request.method === 'GET' ? {} : { connection: 'close' }),
    }
    const bytes = writeAnswer(response, handled.answer, headers)
    record(handled, { traceId, durationMs: Math.round(deps.nowMs() - startedMs), bytes })
  }
}
