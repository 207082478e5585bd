import { ERROR_CODES, isErrorCode, type ErrorCode } from './codes.js'

/**
 * The one class that is thrown: for bugs and for refusals below the act level (sign-in, transport, reading what one may not).
 *
 * Its sentence for people stands in the catalogue; `cause` and `detail` are for the log alone and never leave the process.
 */
export class HubError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  /** Machine-readable reason inside the code, for example PURPOSE or CONSENT under FORBIDDEN. */
  readonly reason: string | undefined
  /** Replaces the catalogue's sentence where the case needs its own words; it must hold nothing that the caller may not see. */
  readonly sentence: { readonly zh: string; readonly en: string } | undefined
  /** Figures that the caller may see beside the code, such as `cost` and `limit`, or `retryAfterSeconds` (also a header of the answer). */
  readonly figures: Readonly<Record<string, number>> | undefined

  constructor(
    code: ErrorCode,
    options: {
      cause?: unknown
      detail?: string
      reason?: string
      sentence?: { readonly zh: string; readonly en: string }
      figures?: Readonly<Record<string, number>>
    } = {},
  ) {
    super(ERROR_CODES[code].en, { cause: options.cause })
    this.name = 'HubError'
    this.code = code
    this.detail = options.detail
    this.reason = options.reason
    this.sentence = options.sentence
    this.figures = options.figures
  }
}

/**
 * What a caller may see of an error: a known code with its sentence and remedy, or INTERNAL with nothing of the cause.
 *
 * Everything that is not a `HubError` is a bug and is masked; the trace id leads the operator to the log line.
 */
export const maskError = (
  error: unknown,
  context: { readonly language: 'zh' | 'en'; readonly traceId: string },
): { message: string; extensions: Record<string, unknown> } => {
  const code: ErrorCode = error instanceof HubError && isErrorCode(error.code) ? error.code : 'INTERNAL'
  const entry = ERROR_CODES[code]
  const known = error instanceof HubError ? error : undefined
  return {
    message: known?.sentence?.[context.language] ?? entry[context.language],
    extensions: {
      code,
      ...(known?.reason === undefined ? {} : { reason: known.reason }),
      ...known?.figures,
      remedy: entry.remedy[context.language],
      traceId: context.traceId,
    },
  }
}
