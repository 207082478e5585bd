import { once } from 'node:events'
import type { Socket } from 'node:net'

import { afterEach, describe, expect, it } from '@jest/globals'
import { WebSocket } from 'ws'

import { answerWith, dial, postWords, startLive, type LiveFixture } from './fixture-live.js'
import { settle, until } from './fixture-source.js'

const LIVE = 'subscription { ticks }'
const EVENT_BYTES = 200 * 1024
const MIB = 1024 * 1024
const event = (n: number) => answerWith({ n, ticks: 'x'.repeat(EVENT_BYTES) })

describe('a client that does not keep up', () => {
  let live: LiveFixture
  afterEach(() => live.door.close(0))

  /** Sends events until the operation ends or so many have been sent; gives how many. */
  const flood = async (index: number, most: number, between: () => void = () => undefined): Promise<number> => {
    for (let n = 0; n < most; n++) {
      if (live.sources[index]?.isLeft === true) return n
      live.sources[index]?.push(event(n))
      between()
      await settle()
    }
    return most
  }
  const closedLine = () => live.lines.find(({ message }) => message === 'live operation closed')
  /** What was on its way: up to the last chunk of the answer, or to the end of the connection. */
  const readRest = async (socket: Socket): Promise<string> => {
    const chunks: string[] = []
    const isOver = new Promise<void>((resolve) => {
      socket.on('close', resolve)
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk.toString('latin1'))
        if (chunks.slice(-2).join('').endsWith('\r\n0\r\n\r\n')) resolve()
      })
    })
    socket.resume()
    await isOver
    socket.destroy()
    return chunks.join('')
  }
  const subscribeRaw = async (accept: string): Promise<Socket> => {
    const socket = await dial(live.door.port)
    socket.pause()
    socket.write(postWords(LIVE, accept))
    await until(() => live.sources.at(-1)?.isOpen === true)
    return socket
  }

  it.each([
    ['server-sent events', 'text/event-stream', /data: \{"errors":\[\{.*"code":"SLOW_CONSUMER".*\nevent: complete\ndata: \n\n/s],
    ['multipart', 'multipart/mixed;subscriptionSpec=1.0', /\{"payload":null,"errors":\[\{.*"code":"SLOW_CONSUMER".*\r\n--graphql--\r\n/s],
  ])('is cut with a reason over %s, and reads it at the end of what it had', async (_, accept, lastWords) => {
    live = await startLive()
    const socket = await subscribeRaw(accept)
    const sent = await flood(0, 1000)
    expect(sent).toBeLessThan(200)
    expect(closedLine()).toMatchObject({ state: 'SLOW_CONSUMER', transport: expect.any(String) })
    // All but what may wait in one connection, and the event that was one too many, had gone to the socket.
    expect((sent - Number(closedLine()?.['count'])) * EVENT_BYTES).toBeLessThanOrEqual(MIB + 2 * EVENT_BYTES)
    expect(await readRest(socket)).toMatch(lastWords)
    expect(live.door.liveOperations()).toBe(0)
  })

  it('is cut when it reads a byte at a time', async () => {
    live = await startLive()
    const socket = await subscribeRaw('text/event-stream')
    let bytes = 0
    const sent = await flood(0, 1000, () => (bytes += (socket.read(1) as Buffer | null)?.length ?? 0))
    expect([sent < 200, bytes > 0, closedLine()?.['state']]).toEqual([true, true, 'SLOW_CONSUMER'])
  })

  it('is cut altogether when it does not even read the last word', async () => {
    live = await startLive()
    const socket = await subscribeRaw('text/event-stream')
    await flood(0, 1000)
    expect(socket.destroyed).toBe(false)
    await live.clock.pass(5000)
    // The hub waits for nobody any more: its side of the connection is gone.
    await live.door.close(3_600_000)
    expect(await readRest(socket)).not.toContain('SLOW_CONSUMER')
  })

  it('has its WebSocket closed with a code of its own, and all its operations end', async () => {
    live = await startLive()
    const socket = new WebSocket(live.webSocketUrl, 'graphql-transport-ws')
    const closed = new Promise<[number, string]>((resolve) => socket.on('close', (code, reason) => resolve([code, reason.toString()])))
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    for (const id of ['a', 'b']) socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query: LIVE } }))
    await until(() => live.sources.length === 2 && live.sources.every(({ isOpen }) => isOpen))
    socket.pause()
    expect(await flood(0, 1000)).toBeLessThan(200)
    socket.resume()
    expect(await closed).toEqual([4410, 'Slow consumer: messages wait that were not read'])
    await until(() => live.door.liveOperations() === 0)
    expect(live.lines.filter(({ message }) => message === 'live operation closed').map(({ state }) => state)).toEqual([
      'SLOW_CONSUMER',
      'left',
    ])
  })

  it('has its WebSocket closed when it asks on without reading', async () => {
    live = await startLive()
    live.answer = async () => event(0)
    const socket = new WebSocket(live.webSocketUrl, 'graphql-transport-ws')
    const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)))
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    socket.pause()
    for (let n = 0; n < 400 && live.door.webSockets() === 1; n++) {
      socket.send(JSON.stringify({ type: 'subscribe', id: String(n), payload: { query: '{ hello }' } }))
      await settle()
    }
    expect(live.asked.length).toBeLessThan(400)
    socket.resume()
    expect(await closed).toBe(4410)
  })

  it('costs others nothing: of two hundred, all that read get every event in order', async () => {
    live = await startLive({ live: { maxPerCaller: 300 } })
    const slow = await subscribeRaw('text/event-stream')
    const readers = Array.from({ length: 200 }, async () => {
      const response = await fetch(live.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: LIVE }),
      })
      return response.text()
    })
    await until(() => live.sources.length === 201 && live.sources.every(({ isOpen }) => isOpen))
    await flood(0, 1000)
    expect(closedLine()?.['state']).toBe('SLOW_CONSUMER')
    for (let n = 0; n < 50; n++) {
      for (const source of live.sources.slice(1)) source.push(answerWith({ n }))
      await settle()
    }
    for (const source of live.sources.slice(1)) source.end()
    const expected = Array.from({ length: 50 }, (_, n) => n)
    for (const text of readers)
      expect([...(await text).matchAll(/"data":\{"n":(\d+)\}/g)].map((match) => Number(match[1]))).toEqual(expected)
    slow.destroy()
    await until(() => live.door.liveOperations() === 0)
  })
})
