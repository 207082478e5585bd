import { GraphQLError, type GraphQLFormattedError } from 'graphql'

import { ERROR_CODES, HubError, isErrorCode } from '../errors/index.js'
import type { Language } from '../identity/index.js'
import type { Log } from '../telemetry/index.js'

/** A value that a resolver gave and its type cannot hold: graphql-js names a place in the document only for what the client wrote. */
const isOfResult = (cause: GraphQLError, formatted: GraphQLFormattedError): boolean =>
  cause.nodes === undefined && formatted.path !== undefined

/** Gives an error its code while its cause is still known; a bug is logged and leaves as INTERNAL and nothing else. */
export const markError = (error: GraphQLError, log: Log): GraphQLFormattedError => {
  const formatted = error.toJSON()
  const cause: unknown = error.originalError
  if (cause instanceof HubError) {
    if (ERROR_CODES[cause.code].logLevel !== 'info')
      log[ERROR_CODES[cause.code].logLevel]({ code: cause.code, detail: cause.detail, error: cause.cause }, 'a field failed')
    const reason = cause.reason === undefined ? {} : { reason: cause.reason }
    const sentence = cause.sentence === undefined ? {} : { sentence: cause.sentence }
    return { ...formatted, message: cause.message, extensions: { code: cause.code, ...reason, ...sentence } }
  }
  if (cause === undefined || cause === null || (cause instanceof GraphQLError && !isOfResult(cause, formatted)))
    return { ...formatted, extensions: { code: 'BAD_REQUEST' } }
  log.error({ code: 'INTERNAL', error: cause }, 'a bug was met in a resolver')
  return { ...formatted, message: ERROR_CODES.INTERNAL.en, extensions: { code: 'INTERNAL' } }
}

/** Puts sentence, remedy and trace id of the request's language on a marked error. */
export const localizeError = (
  error: GraphQLFormattedError,
  request: { readonly language: Language; readonly traceId: string },
): GraphQLFormattedError => {
  const { sentence, ...extensions } = error.extensions ?? {}
  const code = extensions['code']
  if (typeof code !== 'string' || !isErrorCode(code)) return error
  const entry = ERROR_CODES[code]
  const own = (sentence as Record<Language, string> | undefined)?.[request.language]
  const message = code === 'BAD_REQUEST' ? error.message : (own ?? entry[request.language])
  return { ...error, message, extensions: { ...extensions, remedy: entry.remedy[request.language], traceId: request.traceId } }
}
