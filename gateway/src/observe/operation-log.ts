/** What the gateway needs of a logger; pino fits. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message?: string): void
  warn(fields: Readonly<Record<string, unknown>>, message?: string): void
  error(fields: Readonly<Record<string, unknown>>, message?: string): void
}

/** The one line of an operation. No variables, no values, no names of persons, no tokens: only what stands here is written. */
export interface OperationLine {
  readonly traceId: string
  readonly client: string
  /** sha-256 of the document, first 16 characters; null when there was none to hash. */
  readonly document: string | null
  readonly status: number
  readonly code: string | null
  /** Machine-readable reason and detail of a refusal; never text of the client. */
  readonly reason?: string | undefined
  readonly parties: Readonly<Record<string, { state: string; ms: number; calls: number }>>
  readonly calls: number
  readonly errors: number
  readonly ms: number
  readonly bytes: number
}

/** A log that says nothing; for tests and embedded use. */
export const SILENT_LOG: Log = { info: () => {}, warn: () => {}, error: () => {} }
