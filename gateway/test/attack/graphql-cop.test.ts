import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { Gateway } from '../../src/gateway.js'
import { startFixture } from '../fixture-gateway.js'

const JSON_TYPE = { 'content-type': 'application/json' }

/** The probes of graphql-cop 1.x, the scanner that most people point at a GraphQL endpoint first, against a gateway as it runs in production. */
describe('the probes of graphql-cop', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = (await startFixture({ introspection: false })).gateway
  })
  afterAll(() => gateway.stop())

  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(`${gateway.url}${path}`, init)
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() }
  }
  const post = (body: unknown, headers: Record<string, string> = JSON_TYPE) =>
    send('', { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
  const query = (text: string) => post({ query: text })
  const many = (count: number, text: (n: number) => string): string => Array.from({ length: count }, (_, n) => text(n)).join(' ')

  it.each([
    ['alias overloading', () => query(`query cop { ${many(101, (n) => `alias${n}:__typename`)} }`)],
    ['array-based batching', () => post(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })))],
    ['directive overloading', () => query(`query cop { __typename ${'@aa'.repeat(10)} }`)],
    ['directive overloading with known ones', () => query(`query cop { __typename ${'@skip(if: false) '.repeat(10)} }`)],
    ['introspection', () => query('query cop { __schema { types { name fields { name } } } }')],
    [
      'circular introspection',
      () =>
        query('query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }'),
    ],
    ['type introspection', () => query('query cop { __type(name: "Person") { name fields { name } } }')],
  ])('%s is refused without data', async (_, probe) => {
    const { status, text } = await probe()
    expect(status === 200 ? JSON.parse(text) : { errors: [] }).not.toHaveProperty('data')
    expect(text).toContain('errors')
    expect(text).not.toContain('Person')
  })

  it('field duplication is refused, and tells little', async () => {
    const { status, text } = await query(`query cop { ${'__typename '.repeat(500)} }`)
    expect(status).toBe(400)
    expect(text.length).toBeLessThan(1000)
  })

  it('field suggestions are not made', async () =>
    expect((await query('query cop { peeple { id } directive }')).text).not.toMatch(/did you mean|people/i))

  it.each(['/', '/graphiql', '/playground', '/console', '/graphql/console', '/graphql', ''])(
    'no console is served at %s to a browser',
    async (path) => {
      const origin = gateway.url.replace(/\/graphql$/, '')
      const response = await fetch(`${origin}${path}`, { headers: { accept: 'text/html' } })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(await response.text()).not.toMatch(/graphiql|playground|<html/i)
    },
  )

  it('a query by GET without proof of a preflight is refused', async () => {
    const { status, text } = await send('?query=query+cop+%7B__typename%7D', { method: 'GET' })
    expect(status).toBe(400)
    expect(text).not.toContain('"data"')
  })

  it.each([{}, { 'hub-preflight': '1' }, JSON_TYPE])('a mutation by GET is refused with %j', async (headers) => {
    const { status, text } = await send('?query=mutation+cop+%7B__typename%7D', {
      method: 'GET',
      headers: headers as Record<string, string>,
    })
    expect([400, 405]).toContain(status)
    expect(text).not.toContain('"data"')
  })

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'a request as %s, which any page may send, is refused',
    async (type) => {
      const { status, text } = await post('query=query+cop+%7B__typename%7D', { 'content-type': type })
      expect(status).toBe(415)
      expect(text).not.toContain('"data"')
    },
  )

  it('no tracing is given to whoever asks for it', async () => {
    const { text } = await post(
      { query: 'query cop { __typename }' },
      { ...JSON_TYPE, 'x-apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1' },
    )
    expect(text).not.toMatch(/tracing|ftv1|stacktrace/i)
  })

  it('unhandled errors tell nothing about the machine', async () => {
    for (const text of ['qwerty cop { abc }', '', '{', 'query cop($a: [[[) { a }', 'query ($v: Nope) { a(b: $v) }'])
      expect((await query(text)).text).not.toMatch(/exception|stack|node_modules|\/src\/|at [A-Z]\w+ \(/)
  })
})
