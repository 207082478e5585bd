import type { GraphQLError } from 'graphql'

/** What is wrong in a document or its variables, and where; nothing else of the error is kept. */
export interface DocumentFault {
  readonly message: string
  readonly locations?: ReadonlyArray<{ readonly line: number; readonly column: number }>
}

/** A request that cannot run, with the messages of parser, validation or coercion. */
export class InvalidDocument extends Error {
  readonly errors: readonly DocumentFault[]
  constructor(errors: readonly DocumentFault[]) {
    super('The document is invalid.')
    this.name = 'InvalidDocument'
    this.errors = errors
  }
}

/** A message never repeats more of the client's text than a token of ordinary length. */
const MAX_MESSAGE_LENGTH = 300

/** Validation errors of graphql-js without nodes, sources and causes, their messages cut to 300 characters. */
export const documentFaults = (errors: readonly GraphQLError[]): DocumentFault[] =>
  errors.map(({ message, locations }) => ({
    message: message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message,
    ...(locations ? { locations: locations.map(({ line, column }) => ({ line, column })) } : {}),
  }))
