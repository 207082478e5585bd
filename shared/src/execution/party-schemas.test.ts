import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  buildASTSchema,
  execute,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'

import { createExecutor } from './executor.js'
import { randomOperation } from './random-operation.data.js'

const RUNS = Number(process.env['EXECUTOR_RUNS'] ?? 100)

interface Made {
  readonly seed: number
  readonly __typename: string
}

const mix = (seed: number, text: string): number => {
  let mixed = seed | 0
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

const leafOf = (type: GraphQLNamedType, seed: number): unknown => {
  if (isEnumType(type)) return type.getValues()[seed % type.getValues().length]?.name
  if (type.name === 'Int') return seed % 1_000
  if (type.name === 'Float') return seed / 7
  if (type.name === 'Boolean') return seed % 2 === 0
  return seed % 3 === 0 ? `社区 "${seed}"` : `text-${seed}`
}

/** A value that the type allows: now or later, sometimes null, sometimes an error where null is allowed. */
const valueOf = (schema: GraphQLSchema, type: GraphQLOutputType, seed: number): unknown => {
  if (isNonNullType(type)) return plainOf(schema, type.ofType, seed)
  if (seed % 11 === 0) return null
  if (seed % 13 === 0) return Promise.reject(new Error(`no ${seed}`))
  const value = plainOf(schema, type, seed)
  return seed % 3 === 0 ? Promise.resolve(value) : value
}

const plainOf = (schema: GraphQLSchema, type: GraphQLOutputType, seed: number): unknown => {
  if (isListType(type)) return Array.from({ length: seed % 4 }, (_, at) => valueOf(schema, type.ofType, mix(seed, String(at))))
  if (isNonNullType(type)) return plainOf(schema, type.ofType, seed)
  if (isLeafType(type)) return leafOf(type, seed)
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
  return { seed, __typename: possible[seed % possible.length]?.name }
}

/** The committed schema of a party with resolvers that make up what its types allow; the same for the same seed. */
const schemaOf = (party: string): GraphQLSchema => {
  const sdl = readFileSync(new URL(`../../../subgraphs/${party}/schema.graphql`, import.meta.url), 'utf8')
  const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true })
  const resolve: GraphQLFieldResolver<Made | undefined, { readonly seed: number }> = (source, args, { seed }, { fieldName, returnType }) =>
    valueOf(schema, returnType, mix(source?.seed ?? seed, fieldName + JSON.stringify(args)))
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('__')) for (const field of Object.values(type.getFields())) field.resolve = resolve
  return schema
}

describe('the executor on the schemas of the parties', () => {
  it.each(['government', 'committees', 'nonprofits', 'residents'])('answers like graphql-js for random operations on %s', async (party) => {
    const schema = schemaOf(party)
    const executor = createExecutor(schema)
    const samples = { DateTime: ['2026-03-02T02:00:00Z'], Date: ['2026-03-02'], Decimal: ['1.50'], GeoJSON: ['x'] }
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), fc.constantFrom('query', 'mutation'), async (seed, contextSeed, kind) => {
        const { query, variables } = randomOperation(schema, seed, { maxDepth: 3, samples, kind: kind as 'query' | 'mutation' })
        const document = parse(query)
        fc.pre(validate(schema, document).length === 0)
        const contextValue = { seed: contextSeed }
        const expected = (await execute({ schema, document, contextValue, variableValues: variables })) as ExecutionResult
        const operation = executor.prepare(query)
        if ('errors' in operation) throw new Error(operation.errors.join())
        const given = await operation.run({ context: contextValue, variables })
        expect(given.data).toBe(expected.data === undefined ? undefined : JSON.stringify(expected.data))
        const told = (errors: ExecutionResult['errors']) =>
          (errors ?? []).map(({ message, path }) => JSON.stringify([path, message])).sort()
        expect(told(given.errors)).toEqual(told(expected.errors))
      }),
      { numRuns: RUNS },
    )
  })
})
