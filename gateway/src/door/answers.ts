import { ERROR_CODES, HubError, maskError, type ErrorCode } from '@commonhall/shared/errors'
import type { Language } from '@commonhall/shared/identity'

import { answerText } from '../execution/answer-text.js'
import type { OperationAnswer } from '../execution/execute-operation.js'
import { HUB_GRAPH_NAME } from '../hub-graph/hub-graph.js'
import { InvalidDocument } from '../planning/operation-catalogue.js'
import type { ByteText } from '../transport/party-link.js'
import type { MediaType } from './media-type.js'

/** An answer of the door, before it is written. */
export interface DoorAnswer {
  readonly status: number
  readonly body: ByteText
  /** Code of the error that made the whole request fail; null when the operation ran. */
  readonly code: ErrorCode | null
  /** Seconds after which trying again makes sense; null: nothing is known. */
  readonly retryAfterSeconds: number | null
}

/** The surroundings of an answer. */
export interface AnswerContext {
  readonly language: Language
  readonly traceId: string
}

/** JSON of our own making as bytes. */
export const jsonText = (value: unknown): ByteText => {
  const text = JSON.stringify(value)
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1')
}

/** The body of one result of an operation that ran, as every transport sends it. */
export const resultText = (answer: OperationAnswer, traceId: string): ByteText => {
  const parties = Object.fromEntries(
    [...answer.parties].filter(([party]) => party !== HUB_GRAPH_NAME).map(([party, { state, ms }]) => [party, { state, ms }]),
  )
  const { explanation = null } = answer
  return answerText(answer, explanation === null ? { traceId, parties } : { traceId, parties, hub: explanation })
}

/** The answer of an operation that ran: 200, whatever errors its fields have. */
export const answerOf = (answer: OperationAnswer, traceId: string): DoorAnswer => ({
  status: 200,
  body: resultText(answer, traceId),
  code: null,
  retryAfterSeconds: null,
})

const INCREMENTAL = /@(defer|stream)\b/
const INCREMENTAL_SENTENCE = {
  zh: '不提供增量交付：请去掉 @defer 和 @stream。',
  en: 'Incremental delivery is not offered: drop @defer and @stream.',
}

/** The errors of a request that did not run, as callers may see them: each with code, remedy and trace id. Never empty. */
export const refusalErrors = (fault: unknown, { language, traceId }: AnswerContext): readonly object[] => {
  if (!(fault instanceof InvalidDocument)) return [maskError(fault, { language, traceId })]
  const remedy = ERROR_CODES.BAD_REQUEST.remedy[language]
  return fault.errors.map(({ message, locations }) => {
    const isIncremental = INCREMENTAL.test(message)
    const reason = isIncremental ? 'INCREMENTAL_DELIVERY_NOT_OFFERED' : 'DOCUMENT_INVALID'
    return {
      message: isIncremental ? INCREMENTAL_SENTENCE[language] : message,
      ...(locations ? { locations } : {}),
      extensions: { code: 'BAD_REQUEST', reason, remedy, traceId },
    }
  })
}

/** The body of a request that did not run: `{ errors: [{ message, extensions: { code, remedy, traceId } }] }`, without data. */
export const refusalText = (fault: unknown, context: AnswerContext): ByteText => jsonText({ errors: refusalErrors(fault, context) })

/** The code of whatever made a request fail. */
export const codeOf = (fault: unknown): ErrorCode =>
  fault instanceof HubError ? fault.code : fault instanceof InvalidDocument ? 'BAD_REQUEST' : 'INTERNAL'

/** Steps of a conversation with Apollo's clients rather than faults; theirs come with 200. */
const ASKS_FOR_TEXT: ReadonlySet<ErrorCode> = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED'])

/**
 * The answer of a request that did not run.
 *
 * What is wrong in the document answers 400 in the new media type and 200 in the old one, as GraphQL over HTTP asks.
 */
export const refusalOf = (fault: unknown, context: AnswerContext & { readonly mediaType: MediaType }): DoorAnswer => {
  const code = codeOf(fault)
  const { status } = ERROR_CODES[code]
  const isOldStyle = context.mediaType === 'application/json' && (fault instanceof InvalidDocument || ASKS_FOR_TEXT.has(code))
  const stated = fault instanceof HubError ? fault.figures?.['retryAfterSeconds'] : undefined
  return {
    status: isOldStyle ? 200 : status,
    body: refusalText(fault, context),
    code,
    retryAfterSeconds: stated ?? (status === 503 ? 2 : status === 429 ? 1 : null),
  }
}
