import type { ServerResponse } from 'node:http'

import { afterEach, describe, expect, it } from '@jest/globals'
import { WebSocketServer, type WebSocket } from 'ws'

import { ASSERTION_HEADER, generateHubKey, loadHubKeys, loadVerifyKey, verifyAssertion } from '@commonhall/shared/identity'

import { ANYBODY, callOf } from '../../test/fixture-raw-link.js'
import { startWireServer } from '../../test/fixture-wire-server.js'
import { createHttpLink, type HttpLinkOptions } from './http-link.js'
import type { PartyFault } from './party-fault.js'
import type { ByteText, CallContext } from './party-link.js'
import { createResilientLink } from './resilient-link.js'

const TEST_KEY = loadHubKeys(generateHubKey().privateKeyPem)
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const subscribe = (url: string, over: Partial<HttpLinkOptions> = {}, around: Partial<CallContext> = {}): AsyncIterator<ByteText> => {
  const link = createHttpLink({ party: 'residents', url, signingKey: TEST_KEY, maxEventBytes: 10_000, ...over })
  open.push(link)
  const context = { identity: ANYBODY, deadlineAtMs: performance.now() + 4000, ...around }
  return createResilientLink(link, { keepsDeadline: true }).subscribe(callOf(), context)[Symbol.asyncIterator]()
}

/** Reads to the end; the last word is `end` or the fault. */
const drain = async (events: AsyncIterator<ByteText>): Promise<string[]> => {
  const seen: string[] = []
  try {
    for (;;) {
      const step = await events.next()
      if (step.done === true) return [...seen, 'end']
      seen.push(step.value)
    }
  } catch (fault) {
    return [...seen, (fault as PartyFault).fault ?? String(fault)]
  }
}

describe('a subscription by server-sent events', () => {
  const stream = async (
    write: (response: ServerResponse) => void,
    head: Record<string, string> = { 'content-type': 'text/event-stream' },
  ) => {
    const server = await startWireServer((response) => {
      response.writeHead(200, head)
      response.flushHeaders()
      write(response)
    })
    open.push(server)
    return server
  }

  it('brings the bytes of each event until the party says that it is over', async () => {
    const server = await stream((response) => {
      response.write(': keep alive\n\nevent: next\ndata: {"data":{"n":1}}\n\n')
      response.write('event: next\r\ndata:{"data":\r\ndata: {"n":2}}\r\n\r\nid: 7\nretry: 5\nevent: news\ndata: x\n\nevent: ne')
      setImmediate(() => response.write('xt\ndata: {"data":{"n":"天"}}\n\nevent: complete\n\n'))
    })
    const events = await drain(subscribe(server.url))
    expect(events.map((event) => Buffer.from(event, 'latin1').toString('utf8'))).toEqual([
      '{"data":{"n":1}}',
      '{"data":\n{"n":2}}',
      '{"data":{"n":"天"}}',
      'end',
    ])
    const [sent] = server.received
    expect(sent?.headers.accept).toBe('text/event-stream')
    const keys = loadVerifyKey(TEST_KEY.publicKeyPem)
    expect(verifyAssertion(String(sent?.headers[ASSERTION_HEADER]), { audience: 'residents', body: sent?.body ?? '', keys }).ok).toBe(true)
  })

  it.each<[string, (response: ServerResponse) => void, string[]]>([
    ['breaks off', (response) => void response.write('event: next\ndata: 1\n\n', () => response.destroy()), ['1', 'STREAM']],
    ['ends without saying so', (response) => void response.end('event: next\ndata: 1\n\n'), ['1', 'STREAM']],
    ['sends an event without end', (response) => void response.write(`data: ${'x'.repeat(20_000)}`), ['TOO_LARGE']],
    ['sends lines without end', (response) => void response.write('data: xxxxxxxxxx\n'.repeat(2000)), ['TOO_LARGE']],
    ['sends bytes that are no UTF-8', (response) => void response.write(Buffer.from('data: \xff\n\n', 'latin1')), ['NOT_TEXT']],
  ])('that %s is ended by its reason', async (_, write, outcome) => {
    expect(await drain(subscribe((await stream(write)).url))).toEqual(outcome)
  })

  it.each([
    ['answers with JSON', 200, 'application/json', 'NOT_JSON'],
    ['is refused', 403, 'application/json', 'STATUS'],
    ['is led elsewhere', 307, 'text/event-stream', 'STATUS'],
  ])('that %s does not begin', async (_, status, type, fault) => {
    const server = await startWireServer((response) => response.writeHead(status, { 'content-type': type, location: '/x' }).end('{}'))
    open.push(server)
    expect(await drain(subscribe(server.url))).toEqual([fault])
    expect(server.received).toHaveLength(1)
  })

  it('that does not begin in time, or begins nowhere, is given up', async () => {
    const server = await startWireServer(() => undefined)
    open.push(server)
    expect(await drain(subscribe(server.url, {}, { deadlineAtMs: performance.now() + 50 }))).toEqual(['LATE'])
    expect(await drain(subscribe('http://127.0.0.1:1/'))).toEqual(['CONNECTION'])
  })

  it('is not read faster than its reader asks', async () => {
    const event = `event: next\ndata: ${'x'.repeat(9000)}\n\n`
    let written = 0
    let isFull = false
    const server = await stream((response) => {
      const more = (): void => {
        while (written < 5000) {
          written += 1
          if (!response.write(event)) {
            isFull = true
            return void response.once('drain', more)
          }
        }
        response.end('event: complete\n\n')
      }
      more()
    })
    const events = subscribe(server.url)
    expect((await events.next()).value).toHaveLength(9000)
    // The party is held up by the sockets' own buffers, a few megabytes of its 45.
    let before = -1
    while (before !== written) {
      before = written
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(isFull && written < 5000).toBe(true)
    const rest = await drain(events)
    expect([rest.length, rest.at(-1)]).toEqual([5000, 'end'])
  })

  it.each(['by its reader', 'by a signal'])('that is left %s leaves no socket behind', async (how) => {
    const server = await stream((response) => void response.write('event: next\ndata: 1\n\n'))
    const leave = new AbortController()
    const events = subscribe(server.url, {}, { signal: leave.signal })
    await events.next()
    if (how === 'by a signal') {
      const next = events.next()
      leave.abort()
      await expect(next).rejects.toMatchObject({ fault: 'ABORTED' })
    } else await events.return?.()
    expect((await events.next()).done).toBe(true)
    while ((await server.connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 10))
  })

  it('beyond the number that a party may hold is refused', async () => {
    const server = await stream((response) => void response.write('event: next\ndata: 1\n\n'))
    const link = createHttpLink({ party: 'residents', url: server.url, signingKey: null, maxSubscriptions: 1 })
    open.push(link)
    const start = () => link.subscribe(callOf(), { identity: ANYBODY, deadlineAtMs: Infinity })[Symbol.asyncIterator]()
    const first = start()
    await first.next()
    expect(start).toThrow(expect.objectContaining({ fault: 'BUSY' }))
    await first.return?.()
    expect((await start().next()).value).toBe('1')
  })
})

describe('a subscription by graphql-transport-ws', () => {
  const serve = async (talk: (socket: WebSocket, message: { type: string; payload?: unknown }) => void) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' })
    await new Promise<void>((resolve) => server.once('listening', resolve))
    server.on('connection', (socket) => {
      socket.on('error', () => undefined)
      socket.on('message', (data) => talk(socket, JSON.parse((data as Buffer).toString('utf8')) as { type: string }))
    })
    open.push({
      close: () =>
        new Promise<void>((resolve) => {
          for (const client of server.clients) client.terminate()
          server.close(() => resolve())
        }),
    })
    return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql` }
  }
  const over = { subscriptionProtocol: 'ws', signingKey: null } as const
  const acknowledging =
    (begin: (socket: WebSocket) => void) =>
    (socket: WebSocket, { type }: { type: string }): void => {
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}')
      if (type === 'subscribe') begin(socket)
    }

  it('brings the bytes of each payload, untouched', async () => {
    const asked: unknown[] = []
    const { url } = await serve((socket, message) => {
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack","payload":{"payload":1}}')
      if (message.type !== 'subscribe') return
      asked.push(message.payload)
      socket.send('{"type":"ping"}')
      socket.send('{"id":"1","type":"next","payload": {"data":{"big":12345678901234567890,"t":"\\"}天"}} }')
      socket.send('{"payload":{"data":null},"type":"next","id":"1"}')
      socket.send('{"id":"1","type":"complete"}')
    })
    expect((await drain(subscribe(url, over))).map((event) => Buffer.from(event, 'latin1').toString('utf8').trim())).toEqual([
      '{"data":{"big":12345678901234567890,"t":"\\"}天"}}',
      '{"data":null}',
      'end',
    ])
    expect(asked).toEqual([{ query: '{ me { id } }', variables: {} }])
  })

  it('turns the errors of an operation into an answer without data', async () => {
    const { url } = await serve(acknowledging((socket) => socket.send('{"id":"1","type":"error","payload":[{"message":"no"}]}')))
    expect(await drain(subscribe(url, over))).toEqual(['{"errors":[{"message":"no"}]}', 'end'])
  })

  it.each<[string, (socket: WebSocket) => void, string]>([
    ['closes the socket', (socket) => socket.close(4400), 'STREAM'],
    ['sends no JSON', (socket) => socket.send('x'), 'STREAM'],
    ['sends an event of another subscription', (socket) => socket.send('{"id":"2","type":"next","payload":{}}'), 'STREAM'],
    ['sends an event without payload', (socket) => socket.send('{"id":"1","type":"next"}'), 'STREAM'],
    ['sends too much', (socket) => socket.send(JSON.stringify({ id: '1', type: 'next', payload: 'x'.repeat(20_000) })), 'STREAM'],
  ])('that %s is ended by its reason', async (_, misbehave, fault) => {
    const { url } = await serve(acknowledging(misbehave))
    expect(await drain(subscribe(url, over))).toEqual([fault])
  })

  it('that never acknowledges is given up', async () => {
    const { url } = await serve(() => undefined)
    expect(await drain(subscribe(url, over, { deadlineAtMs: performance.now() + 50 }))).toEqual(['LATE'])
  })

  it('that meets no WebSocket does not begin', async () => {
    const server = await startWireServer((response) => response.writeHead(200).end())
    open.push(server)
    expect(await drain(subscribe(server.url, over))).toEqual(['STATUS'])
    expect(await drain(subscribe('http://127.0.0.1:1/', over))).toEqual(['CONNECTION'])
  })

  it('says goodbye when its reader leaves', async () => {
    const said: string[] = []
    const { url, server } = await serve((socket, message) => {
      said.push(message.type)
      acknowledging(() => socket.send('{"id":"1","type":"next","payload":{"data":{}}}'))(socket, message)
    })
    const events = subscribe(url, over)
    await events.next()
    await events.return?.()
    while (server.clients.size > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(said).toEqual(['connection_init', 'subscribe', 'complete'])
  })
})
