import { describe, expect, it } from '@jest/globals'
import {
  buildSchema,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLString,
  type GraphQLLeafType,
  type GraphQLScalarType,
} from 'graphql'

import { outputTypeOf } from '../../src/execution/write/object-writer.js'
import { BUBBLE, projectNullable } from '../../src/execution/write/project-plain.js'

const VALUES: readonly unknown[] = [
  ...['', '0', '5', '-0', '5.5', ' 5 ', '1e3', '0x10', 'x', 'true', '2147483648', 'Infinity', '世界'],
  ...[0, -0, 1, -1, 5.5, 2147483647, 2147483648, -2147483648, -2147483649, 1e21, 1e308, Infinity, true, false],
  ...[{}, [], { a: 1 }, [5], { valueOf: 5 }, { toJSON: 'x' }],
]
const project = (value: unknown, type: GraphQLLeafType): unknown => {
  let isTold = false
  const found = projectNullable(value, outputTypeOf(type), ['a'], {
    invalid: () => void (isTold = true),
    nullInNonNull: () => void (isTold = true),
  })
  expect(found === BUBBLE).toBe(isTold)
  return found === BUBBLE ? 'invalid' : found
}
const asGraphqlJs = (value: unknown, type: GraphQLScalarType): unknown => {
  try {
    return type.serialize(value)
  } catch {
    return 'invalid'
  }
}

describe('a leaf that is not of the plain form of its type', () => {
  it.each([GraphQLString, GraphQLID, GraphQLInt, GraphQLFloat, GraphQLBoolean])('is taken as graphql-js takes results of %s', (type) => {
    for (const value of VALUES) expect([value, project(value, type)]).toEqual([value, asGraphqlJs(value, type)])
  })

  it.each([GraphQLString, GraphQLID, GraphQLInt, GraphQLFloat, GraphQLBoolean])(
    'never asks what throws for %s: two million errors have held the event loop for 25 s',
    (builtIn) => {
      const type = builtIn as GraphQLScalarType
      const { serialize } = type
      let asked = 0
      type.serialize = (value) => {
        asked += 1
        return serialize(value)
      }
      try {
        for (const value of VALUES) project(value, type)
      } finally {
        type.serialize = serialize
      }
      expect(asked).toBe(0)
    },
  )

  it('of a type of one’s own is taken as it is, and never as null in silence', () => {
    const own = buildSchema('scalar Own type Query { own: Own }').getType('Own') as GraphQLScalarType
    expect(project({ a: [1] }, own)).toEqual({ a: [1] })
  })

  it('in a list is null, and a list of a thousand such is none', () => {
    const list = outputTypeOf(new GraphQLList(GraphQLInt))
    const path: (string | number)[] = ['a']
    const told: string[] = []
    const faults = { invalid: (at: readonly unknown[]) => void told.push(at.join('.')), nullInNonNull: () => undefined }
    expect(projectNullable([1, 'x', 3], list, path, faults)).toEqual([1, null, 3])
    expect([told, path]).toEqual([['a.1'], ['a']])
    expect(projectNullable(Array(2_000_000).fill('x'), list, path, faults)).toBe(BUBBLE)
    expect([told.length, told.at(-1), path]).toEqual([1003, 'a', ['a']])
  })
})
