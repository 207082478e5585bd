import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { GraphQLError } from 'graphql'
import { execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql'

import { awkwardSchema } from './awkward-world.data.js'
import { createExecutor } from './executor.js'
import { randomOperation } from './random-operation.data.js'

const RUNS = Number(process.env['EXECUTOR_RUNS'] ?? 300)
const WORLDS = Array.from({ length: 24 }, (_, seed) => awkwardSchema(seed).schema)

const written = async (schema: GraphQLSchema, query: string, variables: Record<string, unknown>) => {
  const operation = createExecutor(schema).prepare(query)
  if ('errors' in operation) throw new Error(`${query}\n${operation.errors.join('\n')}`)
  return operation.run({ context: {}, variables })
}

/** A message without what graphql-js adds to its own for authors of schemas; what resolvers throw stays whole. */
const gist = (message: string): string =>
  message.replace(/^(Abstract type .*?"\.) .*/s, '$1').replace(/^(Expected `)?.*(serialize).*/s, '$2 gave null')

/** The innermost place of the answer that an error emptied, and what the error says if it is that very place. */
const landing = (error: GraphQLError, data: unknown): string => {
  const path = error.path ?? []
  let value = data
  let depth = 0
  while (depth < path.length && value !== null && value !== undefined) value = (value as Record<string, unknown>)[String(path[depth++])]
  return depth === path.length ? JSON.stringify([path, gist(error.message)]) : JSON.stringify(path.slice(0, depth))
}

const landings = (errors: readonly GraphQLError[], data: unknown): string[] =>
  [...new Set(errors.map((error) => landing(error, data)))].sort()

const expectSame = async (schema: GraphQLSchema, query: string, variables: Record<string, unknown>): Promise<void> => {
  const expected = JSON.parse(JSON.stringify({ data: null })) as { data: unknown }
  const result = (await execute({
    schema,
    document: parse(query),
    contextValue: {},
    variableValues: variables,
  })) as ExecutionResult
  expected.data = result.data === undefined ? undefined : (JSON.parse(JSON.stringify(result.data)) as unknown)
  const given = await written(schema, query, variables)
  if (result.data === undefined) {
    expect(given.data).toBeUndefined()
    expect(given.errors.map(({ message }) => message)).toEqual(result.errors?.map(({ message }) => message))
    return
  }
  // The text itself, so that the order of keys is compared too.
  expect(given.data).toBe(JSON.stringify(result.data))
  expect(landings(given.errors, expected.data)).toEqual(landings(result.errors ?? [], expected.data))
}

describe('the executor', () => {
  it(`writes what graphql-js answers, for ${RUNS} random operations on resolvers that misbehave`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(...WORLDS), fc.integer({ min: 1, max: 4 }), async (seed, schema, maxDepth) => {
        const samples = { ID: ['1', '2', '3', 4, 'x'], Odd: [1] }
        const { query, variables } = randomOperation(schema, seed, { maxDepth, samples })
        fc.pre(validate(schema, parse(query)).length === 0)
        await expectSame(schema, query, variables)
      }),
      { numRuns: RUNS },
    )
  })
})
