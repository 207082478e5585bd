import { once } from 'node:events'
import type { Socket } from 'node:net'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { WebSocket } from 'ws'

import { answerWith, dial, startLive, type LiveFixture } from './fixture-live.js'
import { settle, until } from './fixture-source.js'

const LIVE = 'subscription { ticks }'
const MINUTES = 3_600_000

describe('when the hub stops', () => {
  let live: LiveFixture
  beforeEach(async () => {
    live = await startLive()
  })
  afterEach(() => live.door.close(0))

  const stream = (accept: string): Promise<Response> =>
    fetch(live.url, { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify({ query: LIVE }) })
  const openSocket = async () => {
    const socket = new WebSocket(live.webSocketUrl, 'graphql-transport-ws')
    const messages: { type: string; id?: string }[] = []
    socket.on('message', (data: Buffer) => void messages.push(JSON.parse(data.toString()) as { type: string }))
    const closed = new Promise<[number, string]>((resolve) => socket.on('close', (code, reason) => resolve([code, reason.toString()])))
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await until(() => messages.length === 1)
    return { socket, messages, closed }
  }

  it.each([
    ['text/event-stream', /"reason":"GOING_AWAY".*\n\nevent: complete\ndata: \n\n$/s],
    ['multipart/mixed;subscriptionSpec=1.0', /"payload":null,.*"reason":"GOING_AWAY".*\r\n--graphql--\r\n$/s],
  ])('tells streams of %s, after what they had, and closes', async (accept, lastWords) => {
    const response = await stream(accept)
    live.sources[0]?.push(answerWith({ ticks: 1 }))
    await settle()
    await live.door.close(MINUTES)
    const text = await response.text()
    expect(text).toContain('"ticks":1')
    expect(text).toMatch(lastWords)
    expect(live.sources[0]?.isLeft).toBe(true)
  })

  it('closes WebSockets so that clients resume, and lets a running query finish first', async () => {
    let answer = (): void => undefined
    live.answer = () => new Promise((resolve) => (answer = () => resolve(answerWith({ hello: 'in time' }))))
    const [busy, calm] = [await openSocket(), await openSocket()]
    busy.socket.send(JSON.stringify({ type: 'subscribe', id: 'q', payload: { query: '{ hello }' } }))
    calm.socket.send(JSON.stringify({ type: 'subscribe', id: 's', payload: { query: LIVE } }))
    await until(() => live.asked.length === 2 && live.sources[0]?.isOpen === true)
    const stopped = live.door.close(MINUTES)
    // No error for the subscription: a client gives up what ended with an error, and resumes what a closed socket has interrupted.
    expect(await calm.closed).toEqual([1001, 'Going away, resume'])
    expect(calm.messages.map(({ type }) => type)).toEqual(['connection_ack'])
    busy.socket.send(JSON.stringify({ type: 'subscribe', id: 'late', payload: { query: '{ hello }' } }))
    await until(() => busy.messages.some(({ id }) => id === 'late'))
    expect(busy.messages.at(-1)).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'OVERLOADED', reason: 'GOING_AWAY' } }] })
    answer()
    expect(await busy.closed).toEqual([1001, 'Going away, resume'])
    expect(busy.messages.slice(-2)).toMatchObject([
      { type: 'next', id: 'q', payload: { data: { hello: 'in time' } } },
      { type: 'complete', id: 'q' },
    ])
    await stopped
  })

  it('cuts when the grace is over whoever does not go: silent sockets, and clients that read nothing', async () => {
    const sockets: Socket[] = [await dial(live.door.port)]
    sockets[0]?.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n')
    const { socket } = await openSocket()
    socket.pause()
    await live.door.close(20)
    expect([live.door.webSockets(), live.door.liveOperations()]).toEqual([0, 0])
    socket.terminate()
  })
})

describe('when a release is swapped', () => {
  let live: LiveFixture
  beforeEach(async () => {
    live = await startLive()
  })
  afterEach(() => live.door.close(0))

  const subscribe = async () => {
    const response = await fetch(live.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: LIVE }),
    })
    return response.text()
  }
  const ticksOf = (text: string): number[] => [...text.matchAll(/"ticks":(\d+)/g)].map((match) => Number(match[1]))

  it('live operations go on, each event comes once, and clients notice nothing', async () => {
    const text = subscribe()
    await until(() => live.sources[0]?.isOpen === true)
    live.sources[0]?.push(answerWith({ ticks: 1 }), answerWith({ ticks: 2 }))
    await settle()
    await live.swap()
    await until(() => live.sources[1]?.isOpen === true)
    live.sources[0]?.push(answerWith({ ticks: 3 }))
    live.sources[1]?.push(answerWith({ ticks: 3 }), answerWith({ ticks: 4 }))
    await until(() => live.sources[0]?.isLeft === true)
    live.sources[1]?.push(answerWith({ ticks: 5 }))
    await settle()
    live.sources[1]?.end()
    expect(ticksOf(await text)).toEqual([1, 2, 3, 4, 5])
    expect(live.lines.filter(({ message }) => message === 'live operation opened')).toHaveLength(1)
  })

  it('an operation that the new release cannot run ends with a reason', async () => {
    const text = subscribe()
    await until(() => live.sources[0]?.isOpen === true)
    live.refusal = new Error('the field is gone')
    await live.swap()
    expect(await text).toMatch(/"code":"SUBSCRIPTION_ENDED","reason":"RELEASE_CHANGED".*event: complete/s)
    expect(await text).not.toContain('the field is gone')
  })

  it('a hundred operations move, and none of their sources is left behind', async () => {
    await live.door.close(0)
    live = await startLive({ live: { maxPerCaller: 200 } })
    const texts = Array.from({ length: 100 }, subscribe)
    await until(() => live.sources.length === 100 && live.sources.every(({ isOpen }) => isOpen))
    await live.swap()
    await until(() => live.sources.length === 200 && live.sources.every(({ isOpen }) => isOpen))
    await live.clock.pass(2000)
    expect(live.sources.slice(0, 100).every(({ isLeft }) => isLeft)).toBe(true)
    for (const source of live.sources.slice(100)) {
      source.push(answerWith({ ticks: 7 }))
      source.end()
    }
    for (const text of texts) expect(ticksOf(await text)).toEqual([7])
  })
})
