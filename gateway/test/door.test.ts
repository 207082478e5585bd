import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { connect } from 'node:net'

import type { Gateway } from '../src/gateway.js'
import { startFixture } from './fixture-gateway.js'
import type { FixtureSubgraph } from './fixture-subgraph.js'

const JSON_TYPE = { 'content-type': 'application/json' }
type Body = { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[]; extensions?: Record<string, unknown> }

describe('the door', () => {
  let gateway: Gateway
  let residents: FixtureSubgraph
  beforeAll(async () => {
    ;({ gateway, residents } = await startFixture({
      corsOrigins: ['https://portal.example'],
      extraRoutes: (request, response) => {
        if (request.url !== '/hello') return false
        response.end('hello')
        return true
      },
    }))
  })
  afterAll(() => gateway.stop())

  const send = async (init: RequestInit & { path?: string }): Promise<{ status: number; body: Body; headers: Headers }> => {
    const response = await fetch(gateway.url + (init.path ?? ''), {
      ...init,
      headers: { 'accept-language': 'en', ...(init.headers as Record<string, string>) },
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body, headers: response.headers }
  }
  const post = (body: string, headers: Record<string, string> = JSON_TYPE) => send({ method: 'POST', headers, body })
  const query = (text: string, headers?: Record<string, string>) => post(JSON.stringify({ query: text }), headers)
  const codeOf = ({ body }: { body: Body }) => body.errors?.[0]?.extensions['code']

  it('answers a query with data, the parties it touched and security headers', async () => {
    const { status, body, headers } = await query('{ me { name score } }')
    expect(status).toBe(200)
    expect(body).toEqual({
      data: { me: { name: 'Person 1', score: 10 } },
      extensions: {
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        parties: { residents: { state: 'ok', ms: expect.any(Number) }, committees: { state: 'ok', ms: expect.any(Number) } },
      },
    })
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('speaks both media types; what is wrong in the document is 400 in the new one and 200 in the old one', async () => {
    const accept = (type: string) => query('{ nobody }', { ...JSON_TYPE, accept: type })
    expect([(await accept('application/graphql-response+json')).status, (await accept('application/json')).status]).toEqual([400, 200])
    expect((await accept('application/graphql-response+json, application/json;q=0.9')).headers.get('content-type')).toContain(
      'graphql-response',
    )
    expect((await accept('*/*')).headers.get('content-type')).toContain('application/json')
    expect(codeOf(await accept('text/html'))).toBe('NOT_ACCEPTABLE')
  })

  it('takes queries by GET, with the preflight header only, and no mutation', async () => {
    const path = `?query=${encodeURIComponent('query Q($id: ID!) { person(id: $id) { name } }')}&variables=${encodeURIComponent('{"id":"p2"}')}`
    expect((await send({ path, headers: { 'hub-preflight': '1' } })).body.data).toEqual({ person: { name: 'Person 2' } })
    const simple = await send({ path })
    expect([simple.status, codeOf(simple), simple.body.errors?.[0]?.extensions['reason']]).toEqual([
      400,
      'BAD_REQUEST',
      'PREFLIGHT_HEADER_MISSING',
    ])
    const before = residents.calls.length
    const mutation = await send({ path: `?query=${encodeURIComponent('mutation { third }')}`, headers: { 'hub-preflight': '1' } })
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    expect(residents.calls.length).toBe(before)
  })

  it.each<[string, number, string, () => Promise<{ status: number; body: Body }>]>([
    ['another method', 405, 'METHOD_NOT_ALLOWED', () => send({ method: 'PUT', headers: JSON_TYPE, body: '{}' })],
    ['a form', 415, 'UNSUPPORTED_MEDIA_TYPE', () => post('query=%7Bme%7D', { 'content-type': 'application/x-www-form-urlencoded' })],
    ['text', 415, 'UNSUPPORTED_MEDIA_TYPE', () => post('{"query":"{__typename}"}', { 'content-type': 'text/plain' })],
    [
      'another charset',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      () => post('{"query":"{__typename}"}', { 'content-type': 'application/json; charset=utf-7' }),
    ],
    ['no JSON', 400, 'BAD_REQUEST', () => post('{"query":')],
    ['an empty body', 400, 'BAD_REQUEST', () => post('')],
    ['a batch', 400, 'BAD_REQUEST', () => post('[{"query":"{__typename}"}]')],
    ['a number', 400, 'BAD_REQUEST', () => post('7')],
    ['no query', 400, 'BAD_REQUEST', () => post('{"variables":{}}')],
    ['variables that are a list', 400, 'BAD_REQUEST', () => post('{"query":"{__typename}","variables":[]}')],
    ['an operation name that is a number', 400, 'BAD_REQUEST', () => post('{"query":"{__typename}","operationName":7}')],
    ['an unknown operation', 400, 'BAD_REQUEST', () => post('{"query":"query A{__typename}","operationName":"B"}')],
    ['a key that reaches a prototype', 400, 'BAD_REQUEST', () => post('{"query":"{__typename}","variables":{"f":{"__proto__":{"a":1}}}}')],
    ['an alias that reaches a prototype', 400, 'BAD_REQUEST', () => query('{ __proto__: me { id } }')],
    ['a subscription', 400, 'BAD_REQUEST', () => query('subscription { me { id } }')],
    ['a body over 32 KiB', 413, 'BODY_TOO_LARGE', () => query(`{ me { id } } # ${'x'.repeat(33 * 1024)}`)],
    ['too many tokens', 400, 'DOCUMENT_TOO_LARGE', () => query(`{ me { ${'id '.repeat(2100)} } }`)],
    ['too deep', 400, 'DOCUMENT_TOO_LARGE', () => query(`{ me ${'{ friends '.repeat(16)}{ id }${' }'.repeat(16)} }`)],
    [
      'too many aliases',
      400,
      'DOCUMENT_TOO_LARGE',
      () => query(`{ me { ${Array.from({ length: 31 }, (_, n) => `a${n}: id`).join(' ')} } }`),
    ],
    ['too many root fields', 400, 'DOCUMENT_TOO_LARGE', () => query(`{ ${'me { id } '.repeat(21)} }`)],
    [
      'an input nested 8,000 levels deep',
      400,
      'DOCUMENT_TOO_LARGE',
      () => query(`{ count(filter: ${'['.repeat(8000)}${']'.repeat(8000)}) }`),
    ],
    [
      'fragments that double',
      400,
      'DOCUMENT_TOO_LARGE',
      () => {
        const fragments = Array.from(
          { length: 20 },
          (_, n) => `fragment F${n} on Person { ${n === 19 ? 'id' : `...F${n + 1} friends { id } ...F${n + 1}`} }`,
        )
        return query(`{ me { ...F0 } } ${fragments.join(' ')}`)
      },
    ],
    ['a fragment that reaches itself', 200, 'BAD_REQUEST', () => query('{ me { ...F } } fragment F on Person { friends { ...F } }')],
    ['a variable of another type', 200, 'BAD_REQUEST', () => post('{"query":"query Q($k:Int){me{score(k:$k)}}","variables":{"k":"many"}}')],
  ])('refuses %s with %i %s, in words and with a remedy', async (_, status, code, ask) => {
    const answer = await ask()
    expect([answer.status, codeOf(answer)]).toEqual([status, code])
    expect(answer.body).not.toHaveProperty('data')
    expect(answer.body.errors?.[0]).toMatchObject({
      message: expect.any(String),
      extensions: { remedy: expect.any(String), traceId: expect.any(String) },
    })
  })

  it('counts the bytes of a body that does not say its length', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16 * 1024).fill(32)) })
    const init = { method: 'POST', headers: JSON_TYPE, body: endless, duplex: 'half' } as RequestInit
    // The connection is cut while the client still sends: it sees the answer or the cut, never an open end.
    const outcome = await fetch(gateway.url, init).then(
      (response) => response.status,
      () => 413,
    )
    expect(outcome).toBe(413)
  })

  it('refuses bytes that are no UTF-8', async () => {
    const response = await fetch(gateway.url, { method: 'POST', headers: JSON_TYPE, body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) })
    expect(response.status).toBe(400)
  })

  it('speaks Chinese unless English is asked for', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'accept-language': 'zh-CN' },
      body: 'x',
    })
    expect(((await response.json()) as Body).errors?.[0]?.message).toBe('不支持这种内容类型。')
    expect(response.headers.get('content-language')).toBe('zh-CN')
  })

  it('lets allowed origins read the answers, and no other', async () => {
    const preflight = (origin: string) =>
      fetch(gateway.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    expect((await preflight('https://portal.example')).headers.get('access-control-allow-origin')).toBe('https://portal.example')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
    expect(
      (await query('{ __typename }', { ...JSON_TYPE, origin: 'https://evil.example' })).headers.get('access-control-allow-origin'),
    ).toBeNull()
  })

  it('tells its health, hosts further routes, and says so when there is nothing at an address', async () => {
    const base = gateway.url.replace('/graphql', '')
    expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ status: 'live' })
    expect(await (await fetch(`${base}/health/ready`)).json()).toEqual({
      status: 'ready',
      release: gateway.releaseId,
      // Nobody has asked the third one yet.
      parties: { residents: 'up', committees: 'up', government: expect.stringMatching(/^(up|unknown)$/) },
    })
    expect(await (await fetch(`${base}/hello`)).text()).toBe('hello')
    expect((await fetch(`${base}/nothing`)).status).toBe(404)
  })

  it('survives a client that sends nonsense and goes away', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () =>
        socket.end('POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 100\r\nhost: x\r\n\r\n{"que'),
      )
      socket.on('close', () => resolve()).on('error', () => {})
      socket.resume()
    })
    expect((await query('{ __typename }')).body.data).toEqual({ __typename: 'Query' })
  })
})

describe('stopping', () => {
  it('says not ready first, finishes what runs, takes nothing new', async () => {
    const { gateway, residents } = await startFixture()
    let release: (() => void) | undefined
    const called = new Promise<void>((reached) => {
      residents.interfere = () => {
        reached()
        return new Promise((resolve) => {
          release = () => resolve({ data: { me: { id: 'late' } } })
        })
      }
    })
    const running = fetch(gateway.url, { method: 'POST', headers: JSON_TYPE, body: '{"query":"{ me { id } }"}' })
    await called
    const stopped = gateway.stop()
    expect(gateway.ready().ready).toBe(false)
    await expect(fetch(gateway.url, { method: 'POST', headers: { ...JSON_TYPE, connection: 'close' }, body: '{}' })).rejects.toThrow()
    release?.()
    expect(((await (await running).json()) as Body).data).toEqual({ me: { id: 'late' } })
    await stopped
    await gateway.stop()
  })
})
