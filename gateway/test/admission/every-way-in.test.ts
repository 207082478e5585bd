import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { startAdmission, WAYS, type AdmissionFixture, type Payload } from './fixture-admission.js'

const times = (n: number, make: (index: number) => string): string => Array.from({ length: n }, (_, index) => make(index)).join(' ')

const REFUSED: ReadonlyArray<[string, string, string | null, Payload]> = [
  ['too many tokens', 'DOCUMENT_TOO_LARGE', 'TOKENS_OVER_2000', { query: `{ me { ${'id '.repeat(1997)} } }` }],
  ['too deep', 'DOCUMENT_TOO_LARGE', 'DEPTH_OVER_15', { query: `{ me ${'{ friends '.repeat(14)}{ id }${' }'.repeat(14)} }` }],
  ['too many aliases', 'DOCUMENT_TOO_LARGE', 'ALIASES_OVER_30', { query: `{ me { ${times(31, (n) => `a${n}: id`)} } }` }],
  ['too many root fields', 'DOCUMENT_TOO_LARGE', 'ROOT_FIELDS_OVER_20', { query: `{ ${'me { id } '.repeat(21)} }` }],
  ['too many directives', 'DOCUMENT_TOO_LARGE', 'DIRECTIVES_OVER_50', { query: `{ me { id ${'@skip(if: false) '.repeat(51)} } }` }],
  ['brackets too deep', 'DOCUMENT_TOO_LARGE', 'NESTING_OVER_40', { query: `{ count(filter: ${'['.repeat(40)}${']'.repeat(40)}) }` }],
  ['too many comparisons', 'DOCUMENT_TOO_LARGE', 'COMPARISONS_OVER_50000', { query: `{ me { ${'friends { id } '.repeat(200)} } }` }],
  [
    'too many operations',
    'DOCUMENT_TOO_LARGE',
    'OPERATIONS_OVER_20',
    { query: times(21, (n) => `query Q${n} { me { id } }`), operationName: 'Q1' },
  ],
  [
    'too many variables',
    'DOCUMENT_TOO_LARGE',
    'VARIABLES_OVER_200',
    { query: `query (${times(201, (n) => `$v${n}: Int`)}) { me { id } }` },
  ],
  ['too dear', 'COST_OVER_LIMIT', null, { query: '{ people { friends { friends { id } } } }' }],
  [
    'too dear by its variables',
    'COST_OVER_LIMIT',
    null,
    { query: 'query ($n: Int) { search(first: $n) { ... on Person { id } } }', variables: { n: 501 } },
  ],
  ['no document of this schema', 'BAD_REQUEST', 'DOCUMENT_INVALID', { query: '{ me { nobody } }' }],
  [
    'a wrong variable',
    'BAD_REQUEST',
    'DOCUMENT_INVALID',
    { query: 'query ($n: Int) { search(first: $n) { __typename } }', variables: { n: 'x' } },
  ],
  ['half a character', 'BAD_REQUEST', 'TEXT_IS_NO_UNICODE', { query: '{ me { id } }', variables: { a: '\ud800' } }],
  [
    'a key that reaches a prototype',
    'BAD_REQUEST',
    'RESERVED_KEY',
    { query: '{ me { id } }', variables: { a: JSON.parse('{"__proto__":1}') as unknown } },
  ],
  ['an unknown registered document', 'PERSISTED_DOCUMENT_NOT_FOUND', null, { documentId: `sha256:${'0'.repeat(64)}` }],
  ['two documents at once', 'BAD_REQUEST', 'QUERY_BESIDE_DOCUMENT_ID', { documentId: 'x', query: '{ me { id } }' }],
  ['no document', 'BAD_REQUEST', 'QUERY_MISSING', { variables: {} }],
  ['a question about the schema', 'BAD_REQUEST', 'DOCUMENT_INVALID', { query: '{ __schema { types { name } } }' }],
]

describe('every way in has the same admission', () => {
  let fixture: AdmissionFixture
  beforeAll(async () => {
    fixture = await startAdmission({ clients: { anonymous: { maxCost: 500 } } })
  })
  afterAll(() => fixture.close())

  describe.each(WAYS)('%s', (way) => {
    it('answers what is within the limits', async () => {
      const reply = await fixture.ways[way]({ query: '{ me { name } }' })
      expect(reply.text).toContain('{"data":{"me":{"name":"Person 1"}}')
    })

    it('answers at the very limits of depth and cost', async () => {
      const deep = await fixture.ways[way]({ query: `{ me ${'{ friends '.repeat(2)}{ id }${' }'.repeat(2)} }` })
      expect([deep.code, deep.text.includes('"data"')]).toEqual([null, true])
      const variables = { n: 500 }
      const dear = await fixture.ways[way]({ query: 'query ($n: Int) { search(first: $n) { ... on Person { id } } }', variables })
      expect([dear.code, dear.text.includes('"data"')]).toEqual([null, true])
    })

    it.each(REFUSED)('refuses %s as %s %s, and asks no party', async (_, code, reason, payload) => {
      const calls = fixture.residents.calls.length
      const reply = await fixture.ways[way](payload)
      expect([reply.code, reply.reason]).toEqual([code, reason])
      expect(reply.text).not.toContain('"data"')
      expect(fixture.residents.calls.length).toBe(calls)
    })
  })

  it('says what the operation costs and what it may', async () => {
    const reply = await fixture.ways.POST({ query: '{ people { friends { friends { id } } } }' })
    expect(JSON.parse(reply.text)).toMatchObject({ errors: [{ extensions: { code: 'COST_OVER_LIMIT', cost: 1110, limit: 500 } }] })
    expect(reply.status).toBe(400)
  })

  it('lets GET read and nothing else', async () => {
    expect(await fixture.ways.GET({ query: 'mutation { third }' })).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' })
  })
})
