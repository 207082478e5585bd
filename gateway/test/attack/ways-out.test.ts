import { afterEach, describe, expect, it } from '@jest/globals'

import { createHttpLink } from '../../src/transport/http-link.js'
import { SYSTEM_CLOCK } from '../../src/transport/clock.js'
import type { PartyLink } from '../../src/transport/party-link.js'
import { TEST_KEY } from '../fixture-gateway.js'
import { ANYBODY, callOf } from '../fixture-raw-link.js'
import { startWireServer } from '../fixture-wire-server.js'

const until = () => ({ identity: ANYBODY, deadlineAtMs: SYSTEM_CLOCK.nowMs() + 5000 })

describe('ways out of the hub', () => {
  const links: PartyLink[] = []
  const linkTo = (url: string, more: object = {}): PartyLink => {
    const link = createHttpLink({ party: 'residents', url, signingKey: TEST_KEY, ...more })
    links.push(link)
    return link
  }
  afterEach(async () => {
    for (const link of links.splice(0)) await link.close()
  })

  it('a certificate that cannot be read fails the calls of its party, not those that are signed in the same turn', async () => {
    const server = await startWireServer((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{}}'))
    const broken = linkTo('https://127.0.0.1:1/graphql', { tls: { cert: 'no certificate', key: 'no key' } })
    const well = linkTo(server.url)
    const outcomes = await Promise.allSettled([
      broken.call(callOf(), until()),
      well.call(callOf(), until()),
      broken.call(callOf(), until()),
    ])
    await server.close()
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { fault: 'CONNECTION' } },
      { status: 'fulfilled', value: '{"data":{}}' },
      { status: 'rejected', reason: { fault: 'CONNECTION' } },
    ])
  })

  it.each(['ws://127.0.0.1/graphql', 'ws://[::1]/graphql', 'http://169.254.169.254/latest', 'ws://2130706433/'])(
    'subscriptions at the private address %s are refused like calls',
    (subscriptionUrl) =>
      expect(() =>
        linkTo('https://party.example/graphql', { allowPrivateAddresses: false, subscriptionProtocol: 'ws', subscriptionUrl }),
      ).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' })),
  )

  it('a key that is configured for a party is not joined by a header of the client that has the same name', async () => {
    const server = await startWireServer((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{}}'))
    const link = linkTo(server.url, { headers: { 'X-Key': 'of the operator' } })
    await link.call(callOf(), { ...until(), headers: { 'x-key': 'of the client', 'x-other': 'passes' } })
    await server.close()
    const sent = server.received[0]?.rawHeaders ?? []
    expect(sent.filter((_, at) => sent[at - 1]?.toLowerCase() === 'x-key')).toEqual(['of the operator'])
    expect(sent).toContain('passes')
  })
})
