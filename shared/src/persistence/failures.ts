import { HubError } from '../errors/index.js'

/** SQLSTATE classes: connection, rollback of a deadlock's victim, resources, intervention, system. The same request may pass when tried again. */
const STORAGE_CLASSES = ['08', '40', '53', '57', '58']
const SOCKET_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']

/** What pg says of a connection that broke without a code. */
const LOST_CONNECTION = /Connection terminated|is not queryable|timeout exceeded when trying to connect/

const codeOf = (error: unknown): string => {
  const candidate = error as { code?: unknown; driverError?: { code?: unknown } } | null
  const code = candidate?.code ?? candidate?.driverError?.code
  return typeof code === 'string' ? code : ''
}

/** Turns a database that is away, full or shutting down into STORAGE (503, try again with the same key); leaves every other error alone. */
export const asHubError = (error: unknown): unknown => {
  const code = codeOf(error)
  const isGone = SOCKET_CODES.includes(code) || STORAGE_CLASSES.includes(code.slice(0, 2))
  const isTerminated = error instanceof Error && LOST_CONNECTION.test(error.message)
  return isGone || isTerminated ? new HubError('STORAGE', { cause: error }) : error
}

/** Whether a write failed on a unique constraint, by the constraint's name; its name says what is violated. */
export const isUniqueViolation = (error: unknown, constraint: string): boolean => {
  const driver = (error as { driverError?: unknown }).driverError ?? error
  const { code, constraint: violated } = driver as { code?: unknown; constraint?: unknown }
  return code === '23505' && violated === constraint
}
