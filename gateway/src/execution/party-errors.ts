import { ERROR_CODES, isErrorCode } from '@commonhall/shared/errors'

/** Codes by which other GraphQL servers say that the failure is theirs. */
const FOREIGN_FAULTS: ReadonlySet<string> = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'DOWNSTREAM_SERVICE_ERROR', 'TIMEOUT'])

const codeOf = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null) return undefined
  const { extensions } = error as { extensions?: unknown }
  return typeof extensions === 'object' && extensions !== null ? (extensions as { code?: unknown }).code : undefined
}

/**
 * Whether an answer without data blames the party itself, and nobody else: each of its errors has a code of a server's fault.
 *
 * Everything else may be the client's doing (a wrong input nulls a mutation whose result may not be null). If that counted against the
 * party, whoever sends five bad inputs would take it from everybody.
 */
export const tellsOwnFault = (errors: readonly unknown[]): boolean =>
  errors.every((error) => {
    const code = codeOf(error)
    if (typeof code !== 'string') return false
    return isErrorCode(code) ? ERROR_CODES[code].status >= 500 : FOREIGN_FAULTS.has(code)
  })
