import { brotliCompressSync, gzipSync } from 'node:zlib'

import { afterEach, describe, expect, it } from '@jest/globals'

import { ASSERTION_HEADER, generateHubKey, loadHubKeys, loadVerifyKey, verifyAssertion } from '@commonhall/shared/identity'

import { ANYBODY, callOf } from '../../test/fixture-raw-link.js'
import { startTcpServer, startWireServer } from '../../test/fixture-wire-server.js'
import { byteTextOf, textOfBytes } from './byte-text.js'
import { createHttpLink, type HttpLinkOptions } from './http-link.js'
import type { PartyFault } from './party-fault.js'
import type { CallContext, PartyCall } from './party-link.js'

const TEST_KEY = loadHubKeys(generateHubKey().privateKeyPem)
const JSON_TYPE = { 'content-type': 'application/json' }

describe('a link over HTTP', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close()
  })

  const linkTo = (url: string, over: Partial<HttpLinkOptions> = {}) => {
    const link = createHttpLink({ party: 'residents', url, signingKey: TEST_KEY, maxAnswerBytes: 100_000, ...over })
    open.push(link)
    const call = (made: Partial<PartyCall> = {}, around: Partial<CallContext> = {}): Promise<string> =>
      link
        .call(callOf(made), { identity: ANYBODY, deadlineAtMs: performance.now() + 4000, ...around })
        .catch((fault: unknown) => (fault as PartyFault).fault ?? String(fault))
    return { link, call }
  }
  const serve = async (...[answer]: Parameters<typeof startWireServer>) => {
    const server = await startWireServer(answer)
    open.push(server)
    return server
  }
  /** A server that answers with these bytes, and a link to it. */
  const answering = async (body: string | Buffer, headers: Record<string, string> = JSON_TYPE, over: Partial<HttpLinkOptions> = {}) => {
    const server = await serve((response) => response.writeHead(200, headers).end(body))
    return { server, ...linkTo(server.url, over) }
  }

  it('brings the bytes of the answer, of any script', async () => {
    const text = '{"data":{"me":{"name":"天生街道 😀"}}}'
    const { call, link } = await answering(text)
    expect(textOfBytes(await call())).toBe(text)
    expect(link.isUp()).toBe(true)
  })

  it('sends the bytes of the call, with a signature over them and nothing of the client', async () => {
    const { server, call } = await answering('{"data":{}}', JSON_TYPE, { headers: { 'x-api-key': 'k', Host: 'elsewhere' } })
    const variables = byteTextOf('{"name":"天生 é"}')
    await call({ variables }, { headers: { 'x-tenant': 't', [ASSERTION_HEADER]: 'forged', 'content-length': '3' } })
    const [sent] = server.received
    expect(JSON.parse(sent?.body.toString('utf8') ?? '')).toEqual({ query: '{ me { id } }', variables: { name: '天生 é' } })
    expect(Object.keys(sent?.headers ?? {}).sort()).toEqual(
      ['accept', 'connection', 'content-length', 'content-type', 'host', ASSERTION_HEADER, 'x-api-key', 'x-tenant'].sort(),
    )
    expect(sent?.headers.host).toBe(`127.0.0.1:${server.port}`)
    const verified = verifyAssertion(String(sent?.headers[ASSERTION_HEADER]), {
      audience: 'residents',
      body: sent?.body ?? '',
      keys: loadVerifyKey(TEST_KEY.publicKeyPem),
    })
    expect(verified).toMatchObject({ ok: true, claims: { client: 'anonymous', scope: 'query' } })
    expect(verified.ok && verified.claims.deadlineMs > 0 && verified.claims.deadlineMs <= 4000).toBe(true)
  })

  it('states nothing about anybody to a third party without a key', async () => {
    const { server, call } = await answering('{"data":{}}', JSON_TYPE, { signingKey: null })
    expect(await call()).toBe('{"data":{}}')
    expect(server.received[0]?.headers).not.toHaveProperty(ASSERTION_HEADER)
  })

  it('puts an answer together that comes in pieces', async () => {
    const text = JSON.stringify({ data: 'x'.repeat(50_000) })
    const server = await serve((response) => {
      response.writeHead(200, JSON_TYPE)
      for (let at = 0; at < text.length; at += 999) response.write(text.slice(at, at + 999))
      response.end()
    })
    expect(await linkTo(server.url).call()).toBe(text)
  })

  it('keeps the connection between calls, also after an error page', async () => {
    let status = 500
    const server = await serve((response) => response.writeHead(status, JSON_TYPE).end('{"data":{}}'))
    const { call } = linkTo(server.url)
    for (let n = 0; n < 5; n++) {
      status = n % 2 === 0 ? 500 : 200
      expect(await call()).toBe(n % 2 === 0 ? 'STATUS' : '{"data":{}}')
      await nextTurn()
    }
    // A connection is free again a turn of the loop after its answer, so that two may be in use.
    expect(server.accepted()).toBeLessThanOrEqual(2)
  })

  it('reads an error page to the end only while it is short', async () => {
    const server = await serve((response) => void response.writeHead(500, { 'content-type': 'text/plain' }).write('x'.repeat(200_000)))
    const { call } = linkTo(server.url)
    const closed = new Promise<void>((resolve) => {
      const look = (): void => void server.connections().then((count) => (count === 0 ? resolve() : setTimeout(look, 10)))
      look()
    })
    expect(await call()).toBe('STATUS')
    await closed
  })

  it.each<[string, number, Record<string, string>, string | Buffer, string]>([
    ['a redirect', 307, { location: 'http://127.0.0.1:1/' }, '', 'STATUS'],
    ['a page', 200, { 'content-type': 'text/html' }, '<p>', 'NOT_JSON'],
    ['no type', 200, {}, '{"data":{}}', 'NOT_JSON'],
    ['a type that only begins like JSON', 200, { 'content-type': 'application/jsonp' }, '{}', 'NOT_JSON'],
    ['compression that was not asked for', 200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync('{}'), 'CODING'],
    ['bytes that are no UTF-8', 200, JSON_TYPE, Buffer.from([0x22, 0xff, 0x22]), 'NOT_TEXT'],
    ['one byte too many', 200, JSON_TYPE, 'x'.repeat(100_001), 'TOO_LARGE'],
  ])('refuses %s', async (_, status, headers, body, fault) => {
    const server = await serve((response) => response.writeHead(status, headers).end(body))
    const { call, link } = linkTo(server.url)
    expect(await call()).toBe(fault)
    expect(link.isUp()).toBe(false)
    expect(server.received).toHaveLength(1)
  })

  it('takes an answer of exactly the greatest length', async () => {
    const { call } = await answering('x'.repeat(100_000))
    expect(await call()).toHaveLength(100_000)
  })

  it('stops reading at the cap when no length was announced', async () => {
    const server = await serve((response) => {
      response.writeHead(200, JSON_TYPE)
      const more = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more)
      }
      more()
    })
    expect(await linkTo(server.url).call()).toBe('TOO_LARGE')
  })

  it('gives up an answer that comes in crumbs', async () => {
    const server = await startTcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n')
      socket.write('1\r\nx\r\n'.repeat(20_000))
    })
    open.push(server)
    expect(await linkTo(server.url).call()).toBe('TOO_LARGE')
  })

  it.each([
    ['gzip', gzipSync('{"data":{}}')],
    ['br', brotliCompressSync('{"data":{}}')],
  ])('inflates %s where it was asked for', async (coding, body) => {
    const { call, server } = await answering(body, { ...JSON_TYPE, 'content-encoding': coding }, { acceptCompression: true })
    expect(await call()).toBe('{"data":{}}')
    expect(server.received[0]?.headers['accept-encoding']).toBe('gzip, br')
  })

  it.each<[string, Buffer, string, string]>([
    ['over the cap', gzipSync(Buffer.from(Array.from({ length: 150_000 }, (_, n) => 32 + ((n * n) % 90)))), 'gzip', 'TOO_LARGE'],
    ['over a hundred times its size', gzipSync('x'.repeat(90_000)), 'gzip', 'TOO_LARGE'],
    ['over a hundred times its size, by brotli', brotliCompressSync('x'.repeat(90_000)), 'br', 'TOO_LARGE'],
    ['that is broken', Buffer.from('no gzip at all'), 'gzip', 'CODING'],
    ['in a coding that was not offered', Buffer.from('x'), 'zstd', 'CODING'],
  ])('refuses compressed bytes %s', async (_, body, coding, fault) => {
    const { call } = await answering(body, { ...JSON_TYPE, 'content-encoding': coding }, { acceptCompression: true })
    expect(await call()).toBe(fault)
  })

  it('ends at the deadline and leaves no socket, wherever the party hangs', async () => {
    let hangs: 'before the head' | 'in the body' = 'before the head'
    const server = await serve((response) => {
      if (hangs === 'in the body') response.writeHead(200, JSON_TYPE).write('{"data":')
    })
    const { call } = linkTo(server.url)
    expect(await call({}, { deadlineAtMs: performance.now() + 60 })).toBe('LATE')
    hangs = 'in the body'
    expect(await call({}, { deadlineAtMs: performance.now() + 60 })).toBe('LATE')
    expect(server.received).toHaveLength(2)
    await expect(settled(server.connections)).resolves.toBe(0)
  })

  it('ends when nobody waits any more, before, while and after a connection is found', async () => {
    const server = await serve(() => undefined)
    const { call, link } = linkTo(server.url, { connections: 1 })
    const [first, second] = [new AbortController(), new AbortController()]
    const [running, inLine] = [call({}, { signal: first.signal }), call({}, { signal: second.signal })]
    while (server.received.length === 0) await nextTurn()
    second.abort()
    expect(await inLine).toBe('ABORTED')
    first.abort()
    expect(await running).toBe('ABORTED')
    expect(await call({}, { signal: AbortSignal.abort() })).toBe('ABORTED')
    expect(link.isUp()).toBe(true)
    await expect(settled(server.connections)).resolves.toBe(0)
    expect(server.received).toHaveLength(1)
  })

  it('knows at once that nobody listens', async () => {
    expect(await linkTo('http://127.0.0.1:1/').call()).toBe('CONNECTION')
  })

  it('dials no private address where these are refused, by number or by name', async () => {
    const server = await serve((response) => response.writeHead(200, JSON_TYPE).end('{}'))
    expect(() => linkTo(server.url, { allowPrivateAddresses: false })).toThrow('private network')
    const { call } = linkTo(server.url.replace('127.0.0.1', 'localhost'), { allowPrivateAddresses: false })
    expect(await call()).toBe('REFUSED_ADDRESS')
    expect(server.accepted()).toBe(0)
  })

  it.each(['ftp://127.0.0.1/', 'nonsense'])('is not made for %s', (url) => {
    expect(() => linkTo(url)).toThrow()
  })
})

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Waits until all connections are gone; a leaked one would let the test run out of its time. */
const settled = async (connections: () => Promise<number>): Promise<number> => {
  for (;;) {
    const count = await connections()
    if (count === 0) return count
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
