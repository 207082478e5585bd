/** What the gateway needs of a logger; pino fits. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message?: string): void
  warn(fields: Readonly<Record<string, unknown>>, message?: string): void
  error(fields: Readonly<Record<string, unknown>>, message?: string): void
  /** Whether lines of a level are written at all; without it all are made, whatever becomes of them. */
  isLevelEnabled?(level: string): boolean
}

/** The one line of an operation, in fields that the log's allow-list knows. No variables, no values, no persons, no tokens. */
export interface OperationLine {
  readonly traceId: string
  readonly client: string
  /** The way in: `http`, `sse`, `multipart` or `websocket`. */
  readonly transport: string
  /** sha-256 of the document; null when there was none to hash. */
  readonly documentId: string | null
  readonly status: number
  readonly code: string | null
  /** Why it was refused, in the hub's own words; never text of the client. */
  readonly detail?: string | undefined
  readonly parties: Readonly<Record<string, { state: string; ms: number; calls: number }>>
  readonly fetches: number
  /** Number of errors in the answer. */
  readonly count: number
  /** Of these three nothing is said when it was refused. Kind of the operation. */
  readonly operation?: string
  /** Units, for its variables. */
  readonly cost?: number
  /** The release on which it ran. */
  readonly release?: string
  /** Only when the operation was cold. */
  readonly planMs?: number
  readonly durationMs: number
  readonly bytes: number
}

/** The two lines of a live operation: one when it opens, one with all fields when it has closed. */
export interface LiveLine {
  readonly traceId: string
  readonly client: string
  readonly transport: string
  /** Why it ended: `complete`, `left`, or the code of an error. */
  readonly state?: string
  /** Events that were handed to the client. */
  readonly count?: number
  readonly bytes?: number
  readonly durationMs?: number
}

/** A log that says nothing; for tests and embedded use. */
export const SILENT_LOG: Log = { info: () => {}, warn: () => {}, error: () => {}, isLevelEnabled: () => false }
