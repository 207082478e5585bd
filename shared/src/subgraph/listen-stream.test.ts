import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { ASSERTION_HEADER, bodyDigest, generateHubKey, loadHubKeys, loadVerifyKey, signAssertion } from '../identity/index.js'
import type { SubgraphAnswer } from '../port/index.js'
import { createLog } from '../telemetry/index.js'
import { listenSubgraph, type SubgraphListener } from './listen.js'
import { createStreams } from './streams.js'

const HUB = generateHubKey()
const KEY = loadHubKeys(HUB.privateKeyPem)
const BODY = Buffer.from('{"query":"subscription { x }"}')

/** Events that a test pushes; notes when its reader leaves. */
const createSource = () => {
  const waiting: SubgraphAnswer[] = []
  let ring = (): void => undefined
  let isOver = false
  let hasLeft: () => void = () => undefined
  const left = new Promise<void>((resolve) => (hasLeft = resolve))
  return {
    left,
    push(answer: SubgraphAnswer) {
      waiting.push(answer)
      ring()
    },
    end() {
      isOver = true
      ring()
    },
    events: {
      [Symbol.asyncIterator]: () => ({
        async next(): Promise<IteratorResult<SubgraphAnswer>> {
          while (waiting.length === 0 && !isOver) await new Promise<void>((resolve) => (ring = resolve))
          const value = waiting.shift()
          return value === undefined ? { done: true, value: undefined } : { done: false, value }
        },
        async return(): Promise<IteratorResult<SubgraphAnswer>> {
          hasLeft()
          return { done: true, value: undefined }
        },
      }),
    },
  }
}

describe('subscriptions at the door of a subgraph', () => {
  let listener: SubgraphListener
  let source: ReturnType<typeof createSource>
  let subscribed = 0
  beforeEach(async () => {
    source = createSource()
    subscribed = 0
    const streams = createStreams<SubgraphAnswer>()
    listener = await listenSubgraph({
      subgraph: {
        name: 'residents',
        sdl: '',
        execute: async () => ({ data: { once: true } }),
        subscribe: (_request, _claims, signal) =>
          streams.open(signal, {
            async begin() {
              subscribed += 1
              return { events: source.events, write: async (event) => event as SubgraphAnswer }
            },
            onFault: () => ({ errors: [{ message: 'broke' }] }),
          }),
        stop: async () => streams.endAll(),
      },
      verifyKeys: loadVerifyKey(HUB.publicKeyPem),
      port: 0,
      isReady: async () => true,
      log: createLog({ name: 'test', level: 'silent' }),
      keepAliveMs: 10,
    })
  })
  afterEach(() => listener.close())

  const open = async (over: { audience?: string; body?: Buffer; accept?: string } = {}): Promise<IncomingMessage> => {
    const identity = { sub: null, roles: ['anonymous'], actingFor: null, client: 'app', purpose: null, language: 'en' } as const
    const assertion = signAssertion(
      { ...identity, traceId: 't', scope: 'query', aud: over.audience ?? 'residents', digest: bodyDigest(BODY), deadlineMs: 1000 },
      KEY,
    )
    const request = httpRequest(listener.url, {
      method: 'POST',
      headers: { [ASSERTION_HEADER]: assertion, accept: over.accept ?? 'text/event-stream', 'content-type': 'application/json' },
    })
    request.end(over.body ?? BODY)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return response
  }
  /** Reads until the text has what is looked for, or the stream ends. */
  const readUntil = async (response: IncomingMessage, found: RegExp): Promise<string> => {
    let text = ''
    for (;;) {
      if (found.test(text)) return text
      const closed = once(response, 'close').then(
        () => null,
        () => null,
      )
      const readable = once(response, 'readable').then(
        () => '',
        () => null,
      )
      const chunk: unknown = response.read() ?? (response.destroyed ? null : await Promise.race([readable, closed]))
      if (chunk === null) return `${text}[closed]`
      text += String(chunk)
    }
  }

  it('answers at once that the subscription has begun, then writes every event and the end', async () => {
    const response = await open()
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    source.push({ data: { x: '社区' } })
    source.push({ data: null, errors: [{ message: 'no' }] })
    source.end()
    const text = await readUntil(response, /complete/)
    expect(text.replaceAll(/^:\n\n/gm, '')).toBe(
      'event: next\ndata: {"data":{"x":"社区"}}\n\nevent: next\ndata: {"data":null,"errors":[{"message":"no"}]}\n\nevent: complete\ndata:\n\n',
    )
  })

  it.each([
    ['for another party', { audience: 'government' }],
    ['over another body', { body: Buffer.from('{"query":"subscription { y }"}') }],
  ])('refuses an assertion %s before anything is subscribed to', async (_, over) => {
    const response = await open(over)
    expect(response.statusCode).toBe(401)
    response.resume()
    expect(subscribed).toBe(0)
  })

  it('executes as ever whoever accepts no stream', async () => {
    const response = await open({ accept: 'application/json' })
    expect(response.headers['content-type']).toMatch('application/json')
    expect(await readUntil(response, /\}\}/)).toBe('{"data":{"once":true}}')
  })

  it('shows signs of life while nothing happens', async () => {
    expect(await readUntil(await open(), /^:\n\n:\n\n:\n\n/)).toMatch(/^(:\n\n)+$/)
  })

  it('lets its source go when the reader leaves', async () => {
    const response = await open()
    await readUntil(response, /:/)
    response.destroy()
    await source.left
  })

  it('breaks off without a word of completion when it closes, so that the hub knows there would have been more', async () => {
    const response = await open()
    response.on('error', () => undefined)
    source.push({ data: {} })
    await readUntil(response, /next/)
    await listener.close()
    expect(await readUntil(response, /complete/)).toMatch(/\[closed\]$/)
    await source.left
  })
})
