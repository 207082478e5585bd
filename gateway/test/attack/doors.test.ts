import { once } from 'node:events'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { WebSocket } from 'ws'

import { createOverloadGuard, OVERLOAD_LIMITS } from '../../src/admission/overload.js'
import { dial, startLive, type LiveFixture } from '../live/fixture-live.js'

const PROTOCOL = 'graphql-transport-ws'
const UPGRADE = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'

describe('who asks for an upgrade', () => {
  let live: LiveFixture
  beforeEach(async () => {
    live = await startLive()
  })
  afterEach(() => live.door.close(0))

  it.each([
    ['at another address', '/elsewhere', ''],
    ['from a foreign page', '/graphql', 'origin: https://evil.example\r\n'],
  ])('%s is let go, and keeps no half of a connection', async (_, path, header) => {
    const socket = await dial(live.door.port)
    try {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${header}${UPGRADE}\r\n`)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 40[34] /)
      // We never end our side: theirs must not wait for us.
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      while (!socket.destroyed) {
        socket.write('more')
        await new Promise((resolve) => setImmediate(resolve))
      }
      await closed
    } finally {
      socket.destroy()
    }
  })

  it('and resets the line before the answer ends nothing but its own connection', async () => {
    for (let times = 0; times < 20; times++) {
      const socket = await dial(live.door.port)
      socket.write(`GET /elsewhere HTTP/1.1\r\nhost: x\r\n${UPGRADE}\r\n`)
      if (times % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect((await fetch(live.url.replace('/graphql', '/health/live'))).status).toBe(200)
  })
})

describe('a WebSocket', () => {
  let live: LiveFixture
  beforeEach(async () => {
    live = await startLive()
  })
  afterEach(() => live.door.close(0))

  it('whose ping holds fifteen thousand brackets ends, and ends nothing else', async () => {
    const socket = new WebSocket(live.webSocketUrl, PROTOCOL)
    socket.on('error', () => undefined)
    await once(socket, 'open')
    socket.send(`{"type":"ping","payload":{"a":${'['.repeat(15_000)}${']'.repeat(15_000)}}}`)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(4400)
  })
})

describe('a body that trickles', () => {
  it('takes no place from requests that come whole', async () => {
    const overload = createOverloadGuard({ ...OVERLOAD_LIMITS, minInFlight: 1, maxInFlight: 2 })
    const live = await startLive({ overload })
    const body = JSON.stringify({ query: '{ hello }' })
    const slow = await Promise.all(Array.from({ length: 5 }, () => dial(live.door.port)))
    const heads = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
    for (const socket of slow) socket.write(heads + body.slice(0, 3))
    // Answered later than the heads above have been read, because they were sent before.
    const healthUrl = live.url.replace('/graphql', '/health/live')
    for (let times = 0; times < 5; times++) await fetch(healthUrl)
    const response = await fetch(live.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect([response.status, overload.inFlight]).toEqual([200, 0])
    const [first] = slow
    first?.write(body.slice(3))
    const [answer] = (await once(first as NonNullable<typeof first>, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /)
    for (const socket of slow) socket.destroy()
    await live.door.close(0)
  })
})
