import { beforeEach, describe, expect, it } from '@jest/globals'
import { buildSchema, parse, print, type DocumentNode } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { ANONYMOUS_LIMITS, SIGNED_IN_LIMITS } from '../admission/document-limits.js'
import { createDocumentReader } from './checked-document.js'
import { createDocumentStore } from './document-store.js'
import { createOperationCatalogue, type OperationCatalogue, type OperationCaller } from './operation-catalogue.js'
import type { Planner } from './planner.js'

const schema = buildSchema(`
  type Query { me: Person search(first: Int): [Person] }
  type Mutation { act: Int }
  type Subscription { news: Int }
  type Person { id: ID name: String friends: [Person] }
`)
const NOBODY: OperationCaller = { limits: ANONYMOUS_LIMITS, access: { isSignedIn: false, scopes: new Set() }, isQueryOnly: false }
const SOMEBODY: OperationCaller = { ...NOBODY, limits: SIGNED_IN_LIMITS, access: { isSignedIn: true, scopes: new Set() } }

describe('the catalogue of operations', () => {
  let planned: string[]
  let answer: () => Promise<never>
  let timeMs: number
  let catalogue: OperationCatalogue
  beforeEach(() => {
    planned = []
    timeMs = 0
    answer = () => Promise.reject(new HubError('INTERNAL', { detail: 'no plan' }))
    const planner = {
      consumerSdl: '',
      plan(document: string | DocumentNode) {
        planned.push(typeof document === 'string' ? document : print(document))
        return answer()
      },
    } as unknown as Planner
    const rules = { field: () => null, type: () => null }
    catalogue = createOperationCatalogue({ schema, planner, rules, hideSchema: true, nowMs: () => timeMs })
  })
  const ready = (query: string, caller = NOBODY, operationName?: string) =>
    catalogue.ready({ query, operationName: operationName ?? null }, caller)

  it('plans a document once for all who ask for it at the same time', async () => {
    const asked = Array.from({ length: 50 }, () => ready('{ me { id } }').catch((error: unknown) => error))
    expect(await Promise.all(asked)).toHaveLength(50)
    expect(planned).toHaveLength(1)
  })

  it('remembers for a while that a document has no plan, and tries again later', async () => {
    for (let n = 0; n < 3; n++) await expect(ready('{ me { id } }')).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(planned).toHaveLength(1)
    timeMs = 5001
    await expect(ready('{ me { id } }')).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(planned).toHaveLength(2)
  })

  it('does not remember what was the fault of the moment', async () => {
    answer = () => Promise.reject(new HubError('OVERLOADED'))
    for (let n = 0; n < 3; n++) await expect(ready('{ me { id } }')).rejects.toMatchObject({ code: 'OVERLOADED' })
    expect(planned).toHaveLength(3)
  })

  it('charges before it plans, so that what is refused costs no plan', async () => {
    const charge = () => {
      throw new HubError('RATE_LIMITED')
    }
    await expect(ready('{ me { id } }', { ...NOBODY, charge })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(planned).toEqual([])
  })

  it('does not lend one caller the limits of another who asked first', async () => {
    const large = `{ me { ${'name '.repeat(50)} ${Array.from({ length: 2000 }, (_, n) => `id # ${n}\n`)
      .slice(0, 100)
      .join(' ')} } }`
    const many = `{ me { ${Array.from({ length: 700 }, (_, n) => `friends { friends { id name } } # ${n}\n`)
      .slice(0, 3)
      .join(' ')} } }`
    const limited = { ...NOBODY, limits: { ...ANONYMOUS_LIMITS, maxTokens: 50 } }
    for (const text of [large, many])
      expect(catalogue.check(text, SIGNED_IN_LIMITS).measure.tokens).toBe(catalogue.check(text, ANONYMOUS_LIMITS).measure.tokens)
    await expect(ready(large, limited)).rejects.toMatchObject({ reason: 'TOKENS_OVER_50' })
    await expect(ready(large, limited)).rejects.toMatchObject({ reason: 'TOKENS_OVER_50' })
    await expect(ready(large, SOMEBODY)).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('does not let a refusal of one caller stand for another', async () => {
    const text = '{ me { id name friends { id name } } }'
    await expect(ready(text, { ...NOBODY, limits: { ...ANONYMOUS_LIMITS, maxTokens: 5 } })).rejects.toMatchObject({
      reason: 'TOKENS_OVER_5',
    })
    await expect(ready(text, { ...NOBODY, limits: { ...ANONYMOUS_LIMITS, maxDepth: 1 } })).rejects.toMatchObject({ reason: 'DEPTH_OVER_1' })
    await expect(ready(text)).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it.each([
    ['a mutation by GET', 'mutation { act }', { isQueryOnly: true }, 'METHOD_NOT_ALLOWED', 'GET_IS_FOR_QUERIES'],
    [
      'a subscription without a stream',
      'subscription { news }',
      { kinds: new Set(['query', 'mutation'] as const) },
      'BAD_REQUEST',
      'SUBSCRIPTION_NEEDS_A_STREAM',
    ],
    ['a query where only events go', '{ me { id } }', { kinds: new Set(['subscription'] as const) }, 'BAD_REQUEST', 'NOT_A_SUBSCRIPTION'],
  ])('refuses %s', async (_, query, over, code, reason) => {
    await expect(ready(query, { ...NOBODY, ...over })).rejects.toMatchObject({ code, reason })
  })

  it('knows the operation that is meant, and says when it cannot', async () => {
    const two = 'query A { me { id } } query B { me { name } }'
    await expect(ready(two)).rejects.toMatchObject({ reason: 'OPERATION_NOT_FOUND' })
    await expect(ready(two, NOBODY, 'C')).rejects.toMatchObject({ reason: 'OPERATION_NOT_FOUND' })
    await expect(ready(two, NOBODY, 'B')).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(planned[0]).toContain('name')
  })

  it('refuses a fragment that reaches itself without following it', async () => {
    const circle = Array.from({ length: 100 }, (_, n) => `fragment F${n} on Person { ...F${(n + 1) % 100} }`).join(' ')
    await expect(ready(`{ me { ...F0 } } ${circle}`)).rejects.toMatchObject({ name: 'InvalidDocument' })
  })

  it('shows the schema to those who may see it', async () => {
    const question = '{ __schema { queryType { name } } }'
    await expect(ready(question)).rejects.toMatchObject({ name: 'InvalidDocument' })
    expect((await ready(question, { ...NOBODY, mayIntrospect: true })).documentHash).toHaveLength(64)
  })
})

describe('the store of documents', () => {
  it('stays within its bounds, however many documents come', () => {
    const reader = createDocumentReader({ schema, hideSchema: true })
    const store = createDocumentStore({ maxEntries: 2000, maxBytes: 4e6 })
    const textOf = (n: number): string => `query Q${n} { me { id name friends { id } } }`
    const one = reader.read(textOf(0), '0', ANONYMOUS_LIMITS)
    for (let n = 0; n < 10_000; n++) {
      store.set(textOf(n), { ...one, hash: String(n) })
      if (n % 500 === 0) expect(store.bytes).toBeLessThanOrEqual(4e6)
    }
    expect(store.bytes).toBeLessThanOrEqual(4e6)
    expect(store.size).toBeGreaterThan(100)
    expect(store.size).toBeLessThanOrEqual(2000)
    expect(store.get(textOf(9999))?.hash).toBe('9999')
    expect(store.get(textOf(1))).toBeUndefined()
  })

  it('finds long documents, too', () => {
    const reader = createDocumentReader({ schema, hideSchema: true })
    const store = createDocumentStore()
    const text = `{ me { id } } # ${'x'.repeat(20_000)}`
    store.set(text, reader.read(text, 'long', ANONYMOUS_LIMITS))
    expect([store.get(text)?.hash, store.get(`${text}y`)]).toEqual(['long', undefined])
  })

  it('holds documents without the tokens and the text that they came from', () => {
    const { document } = createDocumentReader({ schema, hideSchema: true }).read('{ me { id } }', 'h', ANONYMOUS_LIMITS)
    expect(JSON.stringify(document)).toBe(JSON.stringify(parse('{ me { id } }', { noLocation: true })))
  })
})
