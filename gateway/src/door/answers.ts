import type { ServerResponse } from 'node:http'

import { ERROR_CODES, HubError, maskError } from '@commonhall/shared/errors'
import type { Language } from '@commonhall/shared/identity'

import type { OperationAnswer } from '../execution/execute-operation.js'
import { HUB_GRAPH_NAME } from '../hub-graph/hub-graph.js'
import { InvalidDocument } from '../planning/operation-catalogue.js'
import type { MediaType } from './media-type.js'

/** An answer of the door, before it is written. */
export interface DoorAnswer {
  readonly status: number
  readonly body: string
  /** Code of the error that made the whole request fail; null when the operation ran. */
  readonly code: string | null
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

/** The answer of an operation that ran: 200, whatever errors its fields have. */
export const answerOf = (answer: OperationAnswer, traceId: string): DoorAnswer => {
  const parties = Object.fromEntries(
    [...answer.parties].filter(([party]) => party !== HUB_GRAPH_NAME).map(([party, { state, ms }]) => [party, { state, ms }]),
  )
  const body = JSON.stringify({
    data: answer.data,
    ...(answer.errors.length > 0 ? { errors: answer.errors } : {}),
    extensions: { traceId, parties },
  })
  return { status: 200, body, code: null }
}

/**
 * The answer of a request that did not run: always `{ errors: [{ message, extensions: { code, remedy, traceId } }] }`.
 *
 * What is wrong in the document answers 400 in the new media type and 200 in the old one, as GraphQL over HTTP asks.
 */
export const refusalOf = (error: unknown, context: { language: Language; traceId: string; mediaType: MediaType }): DoorAnswer => {
  if (error instanceof InvalidDocument) {
    const remedy = ERROR_CODES.BAD_REQUEST.remedy[context.language]
    const extensions = { code: 'BAD_REQUEST', reason: 'DOCUMENT_INVALID', remedy, traceId: context.traceId }
    const errors = error.errors.map(({ message, locations }) => ({ message, ...(locations ? { locations } : {}), extensions }))
    return { status: context.mediaType === 'application/json' ? 200 : 400, body: JSON.stringify({ errors }), code: 'BAD_REQUEST' }
  }
  const masked = maskError(error, context)
  const code = error instanceof HubError ? error.code : 'INTERNAL'
  return { status: ERROR_CODES[code].status, body: JSON.stringify({ errors: [masked] }), code }
}

/** Writes an answer with its security headers; returns the bytes of the body. */
export const writeAnswer = (response: ServerResponse, answer: DoorAnswer, headers: Readonly<Record<string, string>>): number => {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...SECURITY_HEADERS, ...headers, 'content-length': String(body.byteLength) })
  response.end(body)
  return body.byteLength
}
