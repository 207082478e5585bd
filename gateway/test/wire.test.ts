import { afterEach, describe, expect, it } from '@jest/globals'
import { gzipSync } from 'node:zlib'

import { createGateway, type Gateway } from '../src/gateway.js'
import { createHttpLink } from '../src/transport/http-link.js'
import { ANONYMOUS, startFixture, TEST_KEY } from './fixture-gateway.js'
import { ANYBODY, callOf } from './fixture-raw-link.js'
import { startPartyServer, type PartyServer } from './fixture-party-server.js'

/** What surrounds a call that may take so long. */
const contextOf = (ms: number) => ({ identity: ANYBODY, deadlineAtMs: performance.now() + ms })

const party = async () => {
  const fixture = await startFixture()
  await fixture.gateway.stop()
  return fixture
}

describe('a party on the wire', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })
  const call = async (
    reply?: Parameters<typeof startPartyServer>[1],
    options: { readonly url?: string; readonly party?: string; readonly nowMs?: () => number } = {},
  ) => {
    const { residents } = await party()
    const server = await startPartyServer(residents, reply)
    const link = createHttpLink({
      party: options.party ?? 'residents',
      url: options.url ?? server.url,
      signingKey: TEST_KEY,
      wallClockMs: options.nowMs,
      maxAnswerBytes: 2000,
    })
    open.push(server, link)
    return { answer: link.call(callOf(), contextOf(5000)), server, link }
  }

  it('gets a signed call over the exact bytes and answers', async () => {
    const { answer, link } = await call()
    expect(JSON.parse(await answer)).toMatchObject({ data: { me: { id: 'p1' } } })
    expect(link.isUp()).toBe(true)
  })

  it.each<[string, { status?: number; headers?: Record<string, string>; body: string | Buffer }]>([
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }],
    ['a server error', { status: 500, body: '{"data":{"me":{"id":"p1"}}}' }],
    ['a page', { headers: { 'content-type': 'text/html' }, body: '{"data":{"me":null}}' }],
    ['more than it may', { body: JSON.stringify({ data: { me: { id: 'x'.repeat(3000) } } }) }],
    ['compressed bytes nobody asked for', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"data":{"me":{"id":"p1"}}}') }],
  ])('that answers with %s is unavailable', async (_, reply) => {
    const { answer, link, server } = await call(() => reply)
    await expect(answer).rejects.toMatchObject({ code: 'PARTY_UNAVAILABLE' })
    expect(link.isUp()).toBe(false)
    expect(server.received).toHaveLength(1)
  })

  it('refuses an assertion for another party and one from the past', async () => {
    await expect((await call(undefined, { party: 'committees' })).answer).rejects.toMatchObject({ code: 'PARTY_UNAVAILABLE' })
    await expect((await call(undefined, { nowMs: () => Date.now() - 200_000 })).answer).rejects.toMatchObject({ code: 'PARTY_UNAVAILABLE' })
  })

  it('that is down is known at once', async () => {
    await expect((await call(undefined, { url: 'http://127.0.0.1:1/graphql' })).answer).rejects.toMatchObject({ code: 'PARTY_UNAVAILABLE' })
  })

  it('that hangs is cut at the deadline', async () => {
    const { residents } = await party()
    residents.interfere = () => new Promise(() => {})
    const server = await startPartyServer(residents)
    const link = createHttpLink({ party: 'residents', url: server.url, signingKey: TEST_KEY })
    open.push(server, link)
    await expect(link.call(callOf(), contextOf(100))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })
  })
})

describe('a gateway over HTTP', () => {
  it('waits until every party has given its schema, and serves on when one goes away', async () => {
    const { residents, committees } = await party()
    const early = await startPartyServer(residents)
    const late = await startPartyServer(committees)
    const lateUrl = late.url
    await late.close()
    const port = Number(new URL(lateUrl).port)
    const waiting: unknown[] = []
    const log = { info: (fields: unknown) => void waiting.push(fields), warn: () => {}, error: () => {} }
    let comeBack: Promise<PartyServer> | null = null
    const starting: Promise<Gateway> = createGateway({
      subgraphs: [
        { kind: 'http', name: 'residents', url: early.url },
        { kind: 'http', name: 'committees', url: lateUrl },
      ],
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [],
      port: 0,
      log: {
        ...log,
        info: (fields) => {
          log.info(fields)
          // The gateway says that it waits; only now the party comes up.
          comeBack ??= startPartyServer(committees, undefined, port)
        },
      },
    })
    const gateway = await starting
    expect((await fetch(gateway.url.replace('/graphql', '/health/ready'))).status).toBe(200)
    expect(waiting[0]).toMatchObject({ party: 'committees' })
    const server = await (comeBack as Promise<PartyServer> | null)
    await server?.close()
    const answer = await gateway.execute({ query: '{ me { name score } }' }, ANONYMOUS)
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual({ me: { name: 'Person 1', score: null } })
    expect(gateway.ready()).toMatchObject({ ready: true, parties: { residents: 'up', committees: 'down' } })
    await gateway.stop()
    await early.close()
  })

  it('gives up a start that is called off', async () => {
    const giveUp = new AbortController()
    const start = createGateway({
      subgraphs: [{ kind: 'http', name: 'residents', url: 'http://127.0.0.1:1/graphql' }],
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [],
      port: 0,
      log: { info: () => giveUp.abort(), warn: () => {}, error: () => {} },
      signal: giveUp.signal,
    })
    await expect(start).rejects.toThrow()
  })
})
