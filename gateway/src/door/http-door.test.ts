import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'

import { openHttpDoor, type HttpDoor } from './http-door.js'

const HUGE = Buffer.alloc(64 * 1024 * 1024)
const LONG_MS = 3_600_000

describe('slow clients', () => {
  let door: HttpDoor | undefined
  afterEach(async () => door?.close(0))

  const dial = async (patience: { headersMs?: number; requestMs?: number; silenceMs?: number }): Promise<Socket> => {
    door = await openHttpDoor({
      host: '127.0.0.1',
      port: 0,
      // A request of which not all has come gets no answer.
      graphql: async (request, response) => void (request.method === 'GET' && response.end(HUGE)),
      readiness: () => ({ ready: true, parties: {} }),
      corsOrigins: [],
      extraRoutes: undefined,
      patience: { headersMs: LONG_MS, requestMs: LONG_MS, silenceMs: LONG_MS, ...patience },
    })
    const socket = connect(door.port, '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    return socket
  }

  it.each([
    ['never ends its headers', 'GET /health/live HTTP/1.1\r\nhost: x\r\n', { headersMs: 50, requestMs: 50 }],
    ['never ends its body', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{', { headersMs: 50, requestMs: 50 }],
    ['says nothing at all', '', { silenceMs: 50 }],
  ])('is cut when it %s', async (_, words, patience) => {
    const socket = await dial(patience)
    socket.resume()
    socket.write(words)
    await once(socket, 'close')
    expect(socket.destroyed).toBe(true)
  })

  it('is cut when it stops reading a large answer', async () => {
    const socket = await dial({ silenceMs: 200 })
    socket.pause()
    socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\n\r\n')
    // The door's side of the connection is gone when it waits for nobody.
    await door?.close(LONG_MS)
    let bytes = 0
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length))
    socket.resume()
    await once(socket, 'close')
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(HUGE.length)
  })

  it('is let go at once by a door that closes, when it never asked for anything', async () => {
    const socket = await dial({})
    const gone = once(socket, 'close')
    socket.resume()
    await door?.close(LONG_MS)
    await gone
    expect(socket.destroyed).toBe(true)
  })
})
