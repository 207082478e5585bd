import { ERROR_CODES, type ErrorCode } from '@commonhall/shared/errors'
import type { Language } from '@commonhall/shared/identity'

/** An error as it leaves the hub. */
export interface AnswerError {
  readonly message: string
  readonly path?: ReadonlyArray<string | number>
  readonly extensions: Readonly<Record<string, unknown>>
}

const MAX_ERRORS = 100
const MAX_TEXT = 2000
/** Extensions of a party's error that pass; all others may hold stack traces or headers. */
const PASSED_EXTENSIONS = ['code', 'party', 'reason', 'remedy', 'traceId'] as const
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/

const startsWith = (path: ReadonlyArray<string | number>, start: ReadonlyArray<string | number>): boolean =>
  start.length <= path.length && start.every((key, index) => path[index] === key)

/** Errors of one operation, at most 100, in client paths. */
export interface OperationErrors {
  readonly list: readonly AnswerError[]
  /** One of ours, by code of the catalogue. `path` in the client's keys. */
  add(code: ErrorCode, path: ReadonlyArray<string | number> | null, extensions?: Readonly<Record<string, unknown>>): void
  /** One of a party's, cleaned. `path` in the client's keys. */
  addFrom(party: string, error: unknown, path: ReadonlyArray<string | number> | null): void
  /** Whether an error already explains a null at this path (in the client's keys): it lies at, above or below it. A full list explains everything. */
  explains(path: ReadonlyArray<string | number>): boolean
}

/** An empty list of errors for one operation. */
export const createOperationErrors = (context: { readonly language: Language; readonly traceId: string }): OperationErrors => {
  const list: AnswerError[] = []
  const push = (error: Omit<AnswerError, 'path'>, path: ReadonlyArray<string | number> | null): void => {
    if (list.length < MAX_ERRORS) list.push({ message: error.message, ...(path ? { path } : {}), extensions: error.extensions })
  }
  return {
    list,
    add(code, path, extensions = {}) {
      const entry = ERROR_CODES[code]
      const common = { code, remedy: entry.remedy[context.language], traceId: context.traceId }
      push({ message: entry[context.language], extensions: { ...common, ...extensions } }, path)
    },
    addFrom(party, error, path) {
      const { message, extensions } = (typeof error === 'object' && error !== null ? error : {}) as {
        message?: unknown
        extensions?: unknown
      }
      const passed: Record<string, unknown> = {}
      if (typeof extensions === 'object' && extensions !== null) {
        for (const key of PASSED_EXTENSIONS) {
          const value = Object.hasOwn(extensions, key) ? (extensions as Record<string, unknown>)[key] : undefined
          if (typeof value === 'string') passed[key] = value.slice(0, MAX_TEXT)
        }
      }
      const code = typeof passed['code'] === 'string' && CODE.test(passed['code']) ? passed['code'] : 'INTERNAL'
      const text = typeof message === 'string' ? message.slice(0, MAX_TEXT) : ERROR_CODES.INTERNAL[context.language]
      // The party and the trace are what the hub knows, whatever the party says.
      push({ message: text, extensions: { ...passed, code, party, traceId: context.traceId } }, path)
    },
    explains(path) {
      if (list.length >= MAX_ERRORS) return true
      return list.some((error) => error.path !== undefined && (startsWith(error.path, path) || startsWith(path, error.path)))
    },
  }
}
