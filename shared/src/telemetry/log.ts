import { pino, type DestinationStream, type Logger } from 'pino'

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
  'eventType',
  'position',
  'path',
  'method',
  'migration',
  'signal',
  'failure',
  'planMs',
])

const describeError = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message.slice(0, 300),
        stack: error.stack?.split('\n').slice(1, 8).join('\n'),
        cause: error.cause === undefined ? undefined : describeError(error.cause),
      }
    : { name: typeof error }

const allowListed = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => ALLOWED.has(key) || key === 'err' || key === 'error')
      .map(([key, value]) => (key === 'err' || key === 'error' ? ['error', describeError(value)] : [key, value])),
  )

/** A log of one process. `destination` is standard error by default, so that standard output stays for people. */
export const createLog = (options: { readonly name: string; readonly level?: string; readonly destination?: DestinationStream }): Log =>
  pino(
    {
      name: options.name,
      level: options.level ?? 'info',
      base: undefined,
      mixin: () => ({ service: options.name }),
      formatters: { log: allowListed, level: (label) => ({ level: label }) },
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  )
