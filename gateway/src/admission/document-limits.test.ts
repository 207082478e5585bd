import { describe, expect, it } from '@jest/globals'
import { parse } from 'graphql'

import { ANONYMOUS_LIMITS, checkDocument } from './document-limits.js'

const reasonOf = (query: string): string | undefined => {
  try {
    checkDocument(parse(query), ANONYMOUS_LIMITS)
    return undefined
  } catch (error) {
    return (error as { reason?: string }).reason
  }
}
const times = (n: number, make: (index: number) => string): string => Array.from({ length: n }, (_, index) => make(index)).join(' ')

describe('limits of a document', () => {
  it('are met exactly', () => {
    expect(reasonOf(`{ ${times(20, (n) => `f${n}`)} }`)).toBeUndefined()
    expect(reasonOf(`{ a { ${times(30, (n) => `x${n}: id`)} } }`)).toBeUndefined()
    expect(reasonOf(`${'{ a '.repeat(15)}${'}'.repeat(15)}`)).toBeUndefined()
  })

  it.each([
    [
      'root fields hidden in fragments',
      `{ ...F ...G } fragment F on Query { ${times(11, (n) => `f${n}`)} } fragment G on Query { ${times(11, (n) => `g${n}`)} }`,
      'ROOT_FIELDS_OVER_20',
    ],
    [
      'aliases of introspection',
      `{ ${times(20, (n) => `f${n}`)} }`.replace('f0', `s { ${times(31, (n) => `s${n}: __typename`)} }`),
      'ALIASES_OVER_30',
    ],
    [
      'aliases multiplied by fragments',
      `{ a { ...F } b { ...F } } fragment F on T { ${times(16, (n) => `x${n}: id`)} }`,
      'ALIASES_OVER_30',
    ],
    [
      'depth through fragments',
      `${'{ a '.repeat(8)}{ ...F }${'}'.repeat(8)} fragment F on T ${'{ b '.repeat(8)}${'}'.repeat(8)}`,
      'DEPTH_OVER_15',
    ],
    ['directives', `{ a { ${times(51, (n) => `f${n} @include(if: true)`)} } }`, 'DIRECTIVES_OVER_50'],
    [
      'fragments that double, at once',
      `{ a { ...F0 } } ${times(40, (n) => `fragment F${n} on T { ${n === 39 ? 'id' : `...F${n + 1} ...F${n + 1}`} }`)}`,
      'SELECTIONS_OVER_5000',
    ],
  ])('count %s', (_, query, reason) => expect(reasonOf(query)).toBe(reason))

  it.each([
    ['inline fragments', `{ ${'... { '.repeat(45)}id${' }'.repeat(45)} }`],
    ['lists in a literal', `{ a(place: ${'['.repeat(45)}1${']'.repeat(45)}) }`],
    ['objects in the default of a variable', `query ($place: GeoJSON = ${'{ a: '.repeat(45)}1${' }'.repeat(45)}) { a(place: $place) }`],
    ['as many levels as the parser follows', `{ ${'... { '.repeat(900)}id${' }'.repeat(900)} }`],
  ])('count %s nested in one another', (_, query) => expect(reasonOf(query)).toBe('NESTING_OVER_40'))

  it('leave a fragment that reaches itself to validation', () => {
    expect(reasonOf('{ a { ...F } } fragment F on T { b { ...F } }')).toBeUndefined()
  })

  it.each(['__proto__', 'constructor', 'prototype', '__schema', '__hub_empty', '_a_x'])('refuse the alias %s', (alias) =>
    expect(reasonOf(`{ a { ${alias}: id } }`)).toBe('RESERVED_ALIAS'),
  )

  it('allow the aliases of __typename that Relay writes', () => {
    expect(reasonOf('{ a { __isNode: __typename } }')).toBeUndefined()
  })
})
