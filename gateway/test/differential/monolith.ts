import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql'

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
  answer(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Comparable>
}

/** Plain JSON of an answer. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown

/** Paths of errors, each once, sorted. */
export const pathsOf = (errors: ReadonlyArray<{ readonly path?: ReadonlyArray<string | number> | undefined }>): string[] =>
  [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort()

/** graphql-js over the composed schema and the data: the oracle. */
export const monolithOf = (schemaSdl: string, data: WorldData): Monolith => {
  const schema = buildSchema(schemaSdl)
  return {
    schema,
    async answer(query, variables = {}) {
      const result = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        fieldResolver: (source, args: Record<string, unknown>, _context, info) => {
          if (info.path.prev === undefined) {
            const root = data.roots[info.fieldName]
            return view(typeof root === 'function' ? (root as (args: unknown) => unknown)(args) : root, MONOLITH)
          }
          return (source as View).resolve(info.parentType.name, info.fieldName, args)
        },
        typeResolver: (value) => (value as View).typeName,
      })
      return { data: plain(result.data), errorPaths: pathsOf(result.errors ?? []) }
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
