import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { generateHubKey, loadVerifyKey } from '../identity/index.js'
import { createLog } from '../telemetry/index.js'
import { listenSubgraph, type SubgraphListener } from './listen.js'

describe('the door of a subgraph', () => {
  let listener: SubgraphListener
  let executed = 0
  beforeAll(async () => {
    listener = await listenSubgraph({
      subgraph: {
        name: 'residents',
        sdl: '',
        execute: async () => {
          executed += 1
          return { data: {} }
        },
        async *subscribe() {
          executed += 1
          yield { data: {} }
        },
        stop: async () => undefined,
      },
      verifyKeys: loadVerifyKey(generateHubKey().publicKeyPem),
      port: 0,
      isReady: async () => false,
      log: createLog({ name: 'test', level: 'silent' }),
      patience: { headersTimeout: 50, requestTimeout: 50 },
    })
  })
  afterAll(() => listener.close())

  it.each([
    ['without an assertion', 'POST', '/graphql', '{"query":"{ __typename }"}', 401],
    ['by another method', 'PUT', '/graphql', '{}', 405],
    ['at another address', 'POST', '/graphql/', '{}', 404],
    ['about a party that is not ready', 'GET', '/health/ready', undefined, 503],
  ])('answers a call %s with %s %s … and runs nothing', async (_, method, path, body, status) => {
    const response = await fetch(new URL(path, listener.url), { method, ...(body === undefined ? {} : { body }) })
    expect(response.status).toBe(status)
    expect(await response.text()).not.toMatch(/at .*\.ts|type Query/)
    expect(executed).toBe(0)
  })

  it.each([
    ['headers', 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
    ['body', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'],
  ])('cuts whoever never ends the %s', async (_, words) => {
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    socket.write(words)
    await once(socket, 'close')
    expect(executed).toBe(0)
  })
})
