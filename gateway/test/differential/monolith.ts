import {
  buildSchema,
  execute,
  Kind,
  OperationTypeNode,
  parse,
  subscribe,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'

import type { View } from './side.js'
import { MONOLITH, view } from './side.js'
import type { WorldData } from './world.js'

/** An answer reduced to what federation must not change: data, and where errors are. */
export interface Comparable {
  readonly data: unknown
  readonly errorPaths: readonly string[]
}

/** A world as one schema. */
export interface Monolith {
  readonly schema: GraphQLSchema
  /** A subscription is answered by all its events at once: a list of data, each path led by the number of its event. */
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Comparable>
}

/** Plain JSON of an answer. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown

/** Paths of errors, each once, sorted. */
export const pathsOf = (errors: ReadonlyArray<{ readonly path?: ReadonlyArray<string | number> | undefined }>): string[] =>
  [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort()

/** What a source of events hands on for one event. */
export interface WorldEvent {
  readonly value: unknown
}

/** The events of a root field as a source: its value is the list of them. */
export async function* eventsOf(root: unknown, args: Readonly<Record<string, unknown>>): AsyncGenerator<WorldEvent> {
  await Promise.resolve()
  for (const value of (typeof root === 'function' ? (root as (args: unknown) => unknown)(args) : root) as unknown[]) yield { value }
}

/** The answers to all events as one. */
export const joined = (answers: readonly Comparable[]): Comparable => ({
  data: answers.map(({ data }) => data),
  errorPaths: answers.flatMap(({ errorPaths }, at) => errorPaths.map((path) => `${at}.${path}`)).sort(),
})

/** A result of graphql-js as it is compared. */
export const comparable = (result: ExecutionResult): Comparable => ({ data: plain(result.data), errorPaths: pathsOf(result.errors ?? []) })

/** graphql-js over the composed schema and the data: the oracle. */
export const monolithOf = (schemaSdl: string, data: WorldData): Monolith => {
  const schema = buildSchema(schemaSdl)
  const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args: Record<string, unknown>, _context, info) => {
    if (info.path.prev !== undefined) return (source as View).resolve(info.parentType.name, info.fieldName, args)
    if (info.operation.operation === OperationTypeNode.SUBSCRIPTION) return view((source as WorldEvent).value, MONOLITH)
    const root = data.roots[info.fieldName]
    return view(typeof root === 'function' ? (root as (args: unknown) => unknown)(args) : root, MONOLITH)
  }
  const typeResolver = (value: unknown): string | undefined => (value as View).typeName
  return {
    schema,
    async answer(query, variables = {}) {
      const asked = { schema, document: parse(query), variableValues: variables, fieldResolver, typeResolver }
      const root = asked.document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
      if (root?.operation !== OperationTypeNode.SUBSCRIPTION) return comparable(await execute(asked))
      const events = await subscribe({
        ...asked,
        subscribeFieldResolver: (_source, args: Record<string, unknown>, _context, info) => eventsOf(data.roots[info.fieldName], args),
      })
      if (!(Symbol.asyncIterator in events)) return comparable(events)
      const answers: Comparable[] = []
      for await (const event of events) answers.push(comparable(event))
      return joined(answers)
    },
  }
}

const endsInNull = (data: unknown, path: string): boolean => {
  let value: unknown = data
  for (const key of path === '' ? [] : path.split('.')) {
    if (value === null || typeof value !== 'object') return value === null
    value = (value as Record<string, unknown>)[key]
  }
  return value === null
}

/**
 * Error paths of which only one side knows, and which lie at a place that is not null: there must be none.
 *
 * Below a null that has spread upwards the specification lets a server report one error or several (section 6.4.4); which ones
 * graphql-js reports depends on the order in which its promises settle.
 */
export const unexplainedErrors = (left: Comparable, right: Comparable): string[] => {
  const onlyOneSide = [
    ...left.errorPaths.filter((path) => !right.errorPaths.includes(path)),
    ...right.errorPaths.filter((path) => !left.errorPaths.includes(path)),
  ]
  return onlyOneSide.filter((path) => !endsInNull(left.data, path) || left.errorPaths.length === 0 || right.errorPaths.length === 0)
}
