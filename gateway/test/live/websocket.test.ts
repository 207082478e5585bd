import { once } from 'node:events'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient, type Client, type ClientOptions } from 'graphql-ws'
import { WebSocket } from 'ws'

import type { DoorOptions } from '../../src/door/open-door.js'
import { answerWith, startLive, type LiveFixture } from './fixture-live.js'
import { settle, until } from './fixture-source.js'

const LIVE = 'subscription { ticks }'
const PROTOCOL = 'graphql-transport-ws'
type Message = { type: string; id?: string; payload?: unknown }

describe('WebSockets', () => {
  let live: LiveFixture
  const clients: Client[] = []
  const start = async (options: Partial<DoorOptions> & { tokenMs?: number } = {}): Promise<void> => {
    live = await startLive(options)
  }
  beforeEach(() => start())
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose()
    await live.door.close(0)
  })

  const clientOf = (options: Partial<ClientOptions> = {}): Client => {
    const client = createClient({ url: live.webSocketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...options })
    clients.push(client)
    return client
  }
  const collect = async (client: Client, query: string): Promise<unknown[]> => {
    const seen: unknown[] = []
    for await (const result of client.iterate({ query })) seen.push(result)
    return seen
  }
  /** A socket without a library's manners. */
  const raw = async (protocol = PROTOCOL, headers: Record<string, string> = {}) => {
    const socket = new WebSocket(live.webSocketUrl, protocol === '' ? [] : protocol, { headers, perMessageDeflate: false })
    const messages: Message[] = []
    socket.on('message', (data: Buffer) => void messages.push(JSON.parse(data.toString()) as Message))
    const closed = new Promise<[number, string]>((resolve) => socket.on('close', (code, reason) => resolve([code, reason.toString()])))
    socket.on('error', () => undefined)
    const say = (message: unknown): void => socket.send(typeof message === 'string' ? message : JSON.stringify(message))
    await once(socket, 'open')
    return { socket, messages, closed, say }
  }
  const ready = async (payload?: Record<string, unknown>) => {
    const connection = await raw()
    connection.say({ type: 'connection_init', payload })
    await until(() => connection.messages.some(({ type }) => type === 'connection_ack'))
    return connection
  }

  describe('for the library of the protocol', () => {
    it('carry queries, mutations and subscriptions over one socket', async () => {
      const client = clientOf()
      const ticks = collect(client, LIVE)
      expect(await collect(client, '{ hello }')).toEqual([{ data: { hello: '世界' }, extensions: expect.anything() }])
      expect(await collect(client, 'mutation { act }')).toHaveLength(1)
      await until(() => live.sources.length === 1)
      live.sources[0]?.push(answerWith({ ticks: 1 }), answerWith({ ticks: '二' }))
      live.sources[0]?.end()
      expect((await ticks).map((result) => (result as { data: unknown }).data)).toEqual([{ ticks: 1 }, { ticks: '二' }])
      expect(live.door.webSockets()).toBe(1)
      expect(live.lines.map(({ message, transport }) => `${message} ${String(transport)}`).sort()).toEqual([
        'live operation closed websocket',
        'live operation opened websocket',
        'operation websocket',
        'operation websocket',
      ])
    })

    it('carry the errors of a refusal', async () => {
      await expect(collect(clientOf(), '{ nonsense }')).rejects.toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_REQUEST' }) }),
      ])
    })

    it('let the source go when the client completes it, and nothing more is sent', async () => {
      const client = clientOf()
      const iterator = client.iterate({ query: LIVE })
      const first = iterator.next()
      await until(() => live.sources.length === 1)
      live.sources[0]?.push(answerWith({ ticks: 1 }))
      await first
      await iterator.return?.()
      await until(() => live.sources[0]?.isLeft === true)
      await until(() => live.lines.at(-1)?.['state'] === 'left')
    })

    it('know the person by the token in the parameters, with its post, purpose and language', async () => {
      const connectionParams = { authorization: 'Bearer ann', 'hub-purpose': 'CARE', 'accept-language': 'en' }
      await collect(clientOf({ connectionParams }), '{ hello }')
      expect(live.asked[0]?.principal).toMatchObject({ person: { subject: 'ann' }, purpose: 'CARE', language: 'en' })
    })
  })

  describe('are closed with the code of the protocol', () => {
    it.each([
      ['a bad token', { authorization: 'Bearer bad' }, [4403, 'Forbidden']],
      ['a post that the person does not hold', { authorization: 'Bearer ann', 'hub-acting-for': 'cmt_1' }, [4403, 'Forbidden']],
      ['keys of tokens that cannot be read now', { authorization: 'Bearer unsure' }, [1013, 'Try again later']],
    ])('for %s', async (_, payload, close) => {
      const { say, closed } = await raw()
      say({ type: 'connection_init', payload })
      expect(await closed).toEqual(close)
    })

    it.each<[string, unknown, [number, string]]>([
      ['no JSON', 'no JSON', [4400, 'Invalid message']],
      ['a type that nobody knows', { type: 'shout' }, [4400, 'Invalid message']],
      ['an operation before the acknowledgement', { type: 'subscribe', id: '1', payload: { query: '{ hello }' } }, [4401, 'Unauthorized']],
      ['an operation without an id', { type: 'subscribe', payload: { query: '{ hello }' } }, [4400, 'Invalid message']],
      ['a payload that is a list', { type: 'ping', payload: [] }, [4400, 'Invalid message']],
      ['a message of 33 KiB from nobody', { type: 'ping', payload: { x: 'x'.repeat(33 * 1024) } }, [1009, 'Message too big']],
    ])('for %s', async (_, message, close) => {
      const { say, closed } = await raw()
      say(message)
      expect(await closed).toEqual(close)
    })

    it('for bytes that are no text, a second greeting, and an id that is taken', async () => {
      const binary = await raw()
      binary.socket.send(Buffer.from('{"type":"ping"}'), { binary: true })
      expect(await binary.closed).toEqual([4400, 'Invalid message'])
      const twice = await ready()
      twice.say({ type: 'connection_init' })
      expect(await twice.closed).toEqual([4429, 'Too many initialisation requests'])
      const taken = await ready()
      taken.say({ type: 'subscribe', id: 'a', payload: { query: LIVE } })
      taken.say({ type: 'subscribe', id: 'a', payload: { query: LIVE } })
      expect(await taken.closed).toEqual([4409, 'Subscriber for a already exists'])
    })

    it('for no word of the protocol, and for who never greets', async () => {
      expect(await (await raw('')).closed).toEqual([4406, 'Subprotocol not acceptable'])
      const silent = await raw()
      await live.clock.pass(3000)
      expect(await silent.closed).toEqual([4408, 'Connection initialisation timeout'])
    })

    it('when the token ends, and with it every operation', async () => {
      const { say, closed, messages } = await ready({ authorization: 'Bearer ann' })
      say({ type: 'subscribe', id: 'a', payload: { query: LIVE } })
      await until(() => live.sources.length === 1)
      await live.clock.pass(600_000)
      expect(await closed).toEqual([4403, 'Token expired'])
      await until(() => live.sources[0]?.isLeft === true)
      expect(messages.filter(({ type }) => type === 'next')).toEqual([])
      expect(live.door.liveOperations()).toBe(0)
    })
  })

  it('take an id again once it is free, and answer pings', async () => {
    const { say, messages } = await ready()
    for (const id of ['a', 'a']) {
      say({ type: 'subscribe', id, payload: { query: '{ hello }' } })
      await until(() => messages.at(-1)?.type === 'complete')
      messages.length = 0
    }
    say({ type: 'ping', payload: { n: 1 } })
    say({ type: 'complete', id: 'unknown' })
    await until(() => messages.length === 1)
    expect(messages).toEqual([{ type: 'pong', payload: { n: 1 } }])
  })

  it('send nothing of a result that the client has completed while it ran', async () => {
    let answer = (): void => undefined
    live.answer = () => new Promise((resolve) => (answer = () => resolve(answerWith({ hello: 'late' }))))
    const { say, messages } = await ready()
    say({ type: 'subscribe', id: 'a', payload: { query: '{ hello }' } })
    await until(() => live.asked.length === 1)
    say({ type: 'complete', id: 'a' })
    say({ type: 'ping' })
    await until(() => messages.at(-1)?.type === 'pong')
    answer()
    await settle()
    say({ type: 'ping' })
    await until(() => messages.length === 3)
    expect(messages.map(({ type }) => type)).toEqual(['connection_ack', 'pong', 'pong'])
  })

  it('are opened for pages of allowed origins and of the hub itself, and for programs, which have none', async () => {
    for (const origin of ['https://portal.example', live.url.replace('/graphql', '')]) await raw(PROTOCOL, { origin })
    await expect(raw(PROTOCOL, { origin: 'https://evil.example' })).rejects.toThrow('403')
    await expect(raw(PROTOCOL, { origin: 'null' })).rejects.toThrow('403')
  })

  it('are opened at the address of GraphQL alone', async () => {
    const socket = new WebSocket(live.webSocketUrl.replace('/graphql', '/elsewhere'), PROTOCOL)
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toContain('404')
  })

  it('are bounded in number, each in its operations, and each caller in what lives', async () => {
    await live.door.close(0)
    await start({ live: { maxSockets: 2, maxPerSocket: 3, maxPerCaller: 2 } })
    const { say, messages } = await ready()
    for (const id of ['a', 'b', 'c']) say({ type: 'subscribe', id, payload: { query: LIVE } })
    await until(() => messages.some(({ type }) => type === 'error'))
    expect(messages.at(-1)).toMatchObject({
      id: 'c',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', reason: 'CALLER_OVER_2' } }],
    })
    live.answer = () => new Promise(() => undefined)
    for (const id of ['d', 'e']) say({ type: 'subscribe', id, payload: { query: '{ hello }' } })
    await until(() => messages.at(-1)?.id === 'e')
    expect(messages.at(-1)).toMatchObject({ payload: [{ extensions: { reason: 'SOCKET_OVER_3' } }] })
    await raw()
    await expect(raw()).rejects.toThrow('503')
  })

  it('count an operation that was completed while it ran until it has ended', async () => {
    await live.door.close(0)
    await start({ live: { maxPerSocket: 2 } })
    live.answer = () => new Promise(() => undefined)
    const { say, messages } = await ready()
    for (const id of ['a', 'b', 'c']) {
      say({ type: 'subscribe', id, payload: { query: '{ hello }' } })
      say({ type: 'complete', id })
    }
    await until(() => messages.at(-1)?.id === 'c')
    expect(messages.at(-1)).toMatchObject({ type: 'error', payload: [{ extensions: { reason: 'SOCKET_OVER_2' } }] })
  })

  it('are cut when they give no sign of life between two heartbeats', async () => {
    const { socket, closed } = await ready()
    let pings = 0
    socket.on('ping', () => (pings += 1))
    await live.clock.pass(12_000)
    await until(() => pings === 1)
    // Its pong has arrived when an answer to what was said after it has.
    socket.send('{"type":"ping"}')
    await once(socket, 'message')
    await live.clock.pass(12_000)
    await until(() => pings === 2)
    expect(live.door.webSockets()).toBe(1)
    socket.pause()
    await live.clock.pass(24_000)
    await until(() => live.door.webSockets() === 0)
    socket.resume()
    expect((await closed)[0]).toBe(1006)
  })
})
