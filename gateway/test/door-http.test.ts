import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { createOverloadGuard, OVERLOAD_LIMITS } from '../src/admission/overload.js'
import { answerWith, dial, startLive, type LiveFixture } from './live/fixture-live.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const BODY = '{"query":"{ hello }"}'

describe('HTTP at the door', () => {
  let live: LiveFixture
  const start = async (options: Parameters<typeof startLive>[0] = {}): Promise<void> => {
    live = await startLive(options)
  }
  beforeEach(() => start())
  afterEach(() => live.door.close(0))

  const post = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(live.url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: BODY })

  it('answers HEAD like GET without its body', async () => {
    const path = `${live.url}?query=${encodeURIComponent('{ hello }')}`
    const headers = { 'hub-preflight': '1' }
    const [head, get] = [await fetch(path, { method: 'HEAD', headers }), await fetch(path, { headers })]
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', get.headers.get('content-length')])
    expect((await fetch(path, { method: 'HEAD' })).status).toBe(400)
    const mutation = `${live.url}?query=${encodeURIComponent('mutation { act }')}`
    expect((await fetch(mutation, { method: 'HEAD', headers })).status).toBe(405)
  })

  it('tells by OPTIONS what is offered, and to allowed origins what their pages may send', async () => {
    const ask = (origin?: string) => fetch(live.url, { method: 'OPTIONS', headers: origin === undefined ? {} : { origin } })
    const [plain, allowed, foreign] = [await ask(), await ask('https://portal.example'), await ask('https://evil.example')]
    expect([plain.status, plain.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
    expect(allowed.headers.get('access-control-allow-headers')).toContain('hub-purpose')
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
    expect([foreign.headers.get('access-control-allow-origin'), foreign.headers.get('vary')]).toEqual([null, 'origin'])
  })

  it('compresses nothing unless told to', async () => {
    live.answer = async () => answerWith({ hello: 'x'.repeat(10_000) })
    expect((await post({ 'accept-encoding': 'br, gzip' })).headers.get('content-encoding')).toBeNull()
  })

  it.each(['br', 'gzip'])('compresses large answers with %s where it is told to, and says that they differ', async (encoding) => {
    await live.door.close(0)
    await start({ compressAnswersOverBytes: 1000 })
    const small = await post({ 'accept-encoding': encoding })
    expect([small.headers.get('content-encoding'), small.headers.get('vary')]).toEqual([null, 'origin, accept-encoding'])
    live.answer = async () => answerWith({ hello: '世'.repeat(10_000) })
    const large = await post({ 'accept-encoding': encoding })
    expect(large.headers.get('content-encoding')).toBe(encoding)
    expect(Number(large.headers.get('content-length'))).toBeLessThan(1000)
    expect(((await large.json()) as { data: unknown }).data).toEqual({ hello: '世'.repeat(10_000) })
  })

  it('joins a body that comes in pieces, also within a character', async () => {
    const bytes = Buffer.from('{"query":"{ hello }","operationName":null,"variables":{"text":"世界"}}')
    const socket = await dial(live.door.port)
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`,
    )
    for (const byte of bytes) {
      socket.write(Buffer.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    let text = ''
    for await (const chunk of socket) text += (chunk as Buffer).toString()
    expect(text).toMatch(/^HTTP\/1\.1 200 /)
    expect(live.asked[0]?.request.variables).toEqual({ text: '世界' })
  })

  it('refuses before it reads when there is more to do than can be done, on every way in', async () => {
    await live.door.close(0)
    const overload = createOverloadGuard({ ...OVERLOAD_LIMITS, minInFlight: 1, maxInFlight: 1 })
    overload.enter('act')
    await start({ overload })
    for (const accept of ['application/json', 'text/event-stream', 'multipart/mixed;subscriptionSpec=1.0']) {
      const response = await post({ accept })
      expect([response.status, Number(response.headers.get('retry-after'))]).toEqual([503, expect.any(Number)])
      expect(await response.text()).toContain('"code":"OVERLOADED"')
    }
    expect(live.asked).toEqual([])
  })
})
