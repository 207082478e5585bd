import { describe, expect, it } from '@jest/globals'
import { getIntrospectionQuery, parse } from 'graphql'

import { ANONYMOUS_LIMITS, checkDocument, checkMeasure, type DocumentLimits, type DocumentMeasure } from './document-limits.js'

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

  it('let the introspection of tools pass, twice at most, whatever hides it', () => {
    const [head, ...rest] = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true }).split('fragment ')
    const schema = (head ?? '').slice((head ?? '').indexOf('__schema'), (head ?? '').lastIndexOf('}'))
    const fragments = rest.map((text) => `fragment ${text}`).join('')
    expect(reasonOf(`{ a: ${schema} b: ${schema} } ${fragments}`)).toBeUndefined()
    expect(reasonOf(`{ ...F c: ${schema} } fragment F on Query { a: ${schema} ... { b: ${schema} } } ${fragments}`)).toBe(
      'INTROSPECTION_OVER_1000000',
    )
    expect(
      reasonOf(
        `{ ${times(19, (n) => `x${n}: __schema { types { ...T } }`)} } fragment T on __Type { fields { type { fields { name type { name } } } } }`,
      ),
    ).toBe('INTROSPECTION_OVER_1000000')
    expect(reasonOf(`{ a { ${times(20, (n) => `types { fields { args { name${n} } } }`)} } }`)).toBeUndefined()
  })

  it('leave a fragment that reaches itself to validation', () => {
    expect(reasonOf('{ a { ...F } } fragment F on T { b { ...F } }')).toBeUndefined()
  })

  it.each<[keyof DocumentLimits, keyof DocumentMeasure, string, (n: number) => string]>([
    ['maxTokens', 'tokens', 'TOKENS', (n) => `{ ${times(n - 2, (i) => `f${i}`)} }`],
    ['maxDepth', 'depth', 'DEPTH', (n) => `${'{ a '.repeat(n)}${'}'.repeat(n)}`],
    ['maxAliases', 'aliases', 'ALIASES', (n) => `{ a { ${times(n, (i) => `x${i}: id`)} } }`],
    ['maxRootFields', 'rootFields', 'ROOT_FIELDS', (n) => `{ ${times(n, (i) => `f${i}`)} }`],
    ['maxDirectives', 'directives', 'DIRECTIVES', (n) => `query ${'@a '.repeat(n - 2)} { b @a ...F } fragment F on Query @a { c }`],
    ['maxExpandedSelections', 'selections', 'SELECTIONS', (n) => `{ a { ${times(n - 1, (i) => `f${i}`)} } }`],
    ['maxNesting', 'nesting', 'NESTING', (n) => `{ a(x: ${'['.repeat(n - 1)}1${']'.repeat(n - 1)}) }`],
    ['maxOperations', 'operations', 'OPERATIONS', (n) => times(n, (i) => `query Q${i} { a }`)],
    ['maxVariables', 'variables', 'VARIABLES', (n) => `query (${times(n, (i) => `$v${i}: Int`)}) { a }`],
    ['maxComparisons', 'comparisons', 'COMPARISONS', (n) => `{ ${times(n, (i) => `f${i}`)} }`],
  ])('have %s measured exactly: met at the limit, refused one above', (limit, measured, word, make) => {
    const limits = { ...ANONYMOUS_LIMITS, maxRootFields: 1000, [limit]: 12 }
    const check = (n: number) => checkDocument(parse(make(n)), limits)
    expect(check(12)[measured]).toBe(12)
    const refusal = expect.objectContaining({ code: 'DOCUMENT_TOO_LARGE', reason: `${word}_OVER_12` })
    expect(() => check(13)).toThrow(refusal)
    // A document that somebody else has brought in before is compared with the limits of whoever asks now.
    const known = checkDocument(parse(make(13)), { ...limits, [limit]: 100 })
    expect(() => checkMeasure(known, limits)).toThrow(refusal)
  })

  it.each([
    ['fields of one name', (n: number) => `{ a { ${'id '.repeat(n)} } }`],
    ['fields of one name in nested sets', (n: number) => `{ a { ${'b { id name } '.repeat(n)} } }`],
    [
      'fragments spread side by side',
      (n: number) => `{ a { ${times(n, (i) => `...F${i}`)} } } ${times(n, (i) => `fragment F${i} on T { id }`)}`,
    ],
    ['fragments that nobody spreads', (n: number) => `{ a } fragment F on T { ${'id '.repeat(n)} }`],
    ['fields with many arguments', (n: number) => `{ a { ${`b(${times(n, (i) => `x${i}: 1`)}) `.repeat(20)} } }`],
  ])('count the comparisons that validation would make: %s', (_, make) => {
    const of = (n: number) => checkDocument(parse(make(n)), { ...ANONYMOUS_LIMITS, maxTokens: 1e6 }).comparisons
    expect(of(20)).toBeGreaterThan(1.7 * of(10))
    expect(() => of(600)).toThrow(expect.objectContaining({ reason: 'COMPARISONS_OVER_50000' }))
  })

  it('do not take a large document of ordinary shape for a bomb', () => {
    const document = `{ a { ${times(60, (n) => `f${n} { id name ...F${n % 30} }`)} } } ${times(30, (n) => `fragment F${n} on T { id g { ${times(10, (i) => `x${i}`)} } }`)}`
    expect(checkDocument(parse(document), ANONYMOUS_LIMITS).comparisons).toBeLessThan(5000)
  })

  it.each(['__proto__', 'constructor', 'prototype', '__schema', '__hub_empty', '_a_x'])('refuse the alias %s', (alias) =>
    expect(reasonOf(`{ a { ${alias}: id } }`)).toBe('RESERVED_ALIAS'),
  )

  it('allow the aliases of __typename that Relay writes', () => {
    expect(reasonOf('{ a { __isNode: __typename } }')).toBeUndefined()
  })
})
