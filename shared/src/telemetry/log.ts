import { pino, type DestinationStream, type Logger } from 'pino'

import { standardErrorLines } from './turn-lines.js'

/** A structured log. Only the fields named in `ALLOWED` are written; a new field is silent until it is allowed here. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** The allow-list: nothing that names a person, no variables, no values, no tokens. */
const ALLOWED = new Set([
  'traceId',
  'party',
  'client',
  'operation',
  'documentId',
  'act',
  'code',
  'detail',
  'parties',
  'fetches',
  'durationMs',
  'bytes',
  'cost',
  'status',
  'port',
  'url',
  'version',
  'state',
  'count',
  'event',
  'transport',
  'eventType',
  'position',
  'path',
  'method',
  'migration',
  'signal',
  'failure',
  'planMs',
  'plan',
  'release',
])

/** An error may be its own cause. */
const MAX_CAUSES = 4

/** What PostgreSQL says of an error without quoting a value: its `message` and `detail` repeat what people wrote. */
const DATABASE_FIELDS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

const describeDatabaseError = (error: object): Record<string, unknown> =>
  Object.fromEntries(DATABASE_FIELDS.map((field) => [field, (error as Record<string, unknown>)[field]]))

/** The system's word for a fault of sockets and files (`ECONNREFUSED`), or a library's (`ERR_JWS_INVALID`). */
const codeOf = (error: Error): unknown => (error as { code?: unknown }).code

const describeError = (error: unknown, depth = 0): Record<string, unknown> => {
  if (!(error instanceof Error)) return { name: typeof error }
  const driver = (error as { driverError?: unknown }).driverError ?? error
  const isDatabase = typeof driver === 'object' && driver !== null && 'severity' in driver && 'routine' in driver
  // A parser quotes the text it stumbles over, and the text may be a person's.
  const isQuoting = error instanceof SyntaxError
  return {
    name: error.name,
    ...(isDatabase
      ? describeDatabaseError(driver)
      : { code: codeOf(error), ...(isQuoting ? {} : { message: error.message.slice(0, 300) }) }),
    // The first lines of a stack repeat the message, however many lines that has.
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 7)
      .join('\n'),
    cause: error.cause === undefined || depth === MAX_CAUSES ? undefined : describeError(error.cause, depth + 1),
  }
}

/** A loop and no list of entries: every operation of a hub passes here. */
const allowListed = (fields: Record<string, unknown>): Record<string, unknown> => {
  const allowed: Record<string, unknown> = {}
  for (const key of Object.keys(fields)) {
    if (ALLOWED.has(key)) allowed[key] = fields[key]
    else if (key === 'err' || key === 'error') allowed['error'] = describeError(fields[key])
  }
  return allowed
}

/** A log of one process. `destination` is standard error by default, so that standard output stays for people. */
export const createLog = (options: { readonly name: string; readonly level?: string; readonly destination?: DestinationStream }): Log =>
  pino(
    {
      name: options.name,
      level: options.level ?? 'info',
      base: undefined,
      formatters: { log: allowListed, level: (label) => ({ level: label }) },
    },
    options.destination ?? standardErrorLines(),
  )
