import { afterEach, describe, expect, it } from '@jest/globals'

import { createGateway, type Gateway, type GatewayOptions } from '../../src/gateway.js'
import { startFixture, TEST_KEY } from '../fixture-gateway.js'
import { startIssuer } from '../fixture-issuer.js'
import { startPartyServer } from '../fixture-party-server.js'
import { createFakeTelemetry } from './fixture-telemetry.js'

const QUERY = 'query ($id: ID!) { person(id: $id) { name score } }'
const SECRET = 'p1'
const CALLERS_TRACE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

describe('traces', () => {
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  const start = async (options: Partial<GatewayOptions> = {}) => {
    const local = await startFixture()
    await local.gateway.stop()
    const parties = [local.residents, local.committees, local.government]
    const servers = await Promise.all(parties.map((party) => startPartyServer(party)))
    const issuer = await startIssuer()
    const lines: Record<string, unknown>[] = []
    const write = (fields: Readonly<Record<string, unknown>>): void => void lines.push(fields)
    const gateway = await createGateway({
      subgraphs: parties.map(({ name }, at) => ({ kind: 'http' as const, name, url: servers[at]?.url ?? '' })),
      signingKey: TEST_KEY,
      pairwiseKeys: {},
      issuers: [issuer],
      port: 0,
      log: { info: write, warn: write, error: write },
      admission: { clients: { clients: { portal: {} } } },
      ...options,
    })
    ends.push(
      () => issuer.close(),
      ...servers.map((server) => () => server.close()),
      () => gateway.stop(),
    )
    for (const server of servers) server.received.length = 0
    return { gateway, servers, issuer, lines }
  }
  const ask = async ({ url }: Gateway, headers: Record<string, string> = {}, query = QUERY): Promise<Record<string, unknown>> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables: { id: SECRET } }),
    })
    return (await response.json()) as Record<string, unknown>
  }

  it('have a span for the operation, for its cold plan and for each call, with the same trace id everywhere and no value', async () => {
    const { api, spans } = createFakeTelemetry()
    const { gateway, servers, lines } = await start({ openTelemetry: api })
    const answer = await ask(gateway)
    const [operation] = spans
    expect(spans.map(({ name, parentId }) => [name, parentId])).toEqual([
      ['hub.operation', null],
      ['hub.plan', operation?.id],
      ['hub.call', operation?.id],
      ['hub.call', operation?.id],
    ])
    expect(spans.every(({ isEnded }) => isEnded)).toBe(true)
    expect(operation?.attributes).toMatchObject({ 'graphql.operation.type': 'query', 'hub.code': 'ok', 'hub.transport': 'http' })
    expect(spans.slice(2).map(({ attributes }) => attributes['hub.party'])).toEqual(['residents', 'committees'])
    expect(JSON.stringify(spans.map(({ attributes }) => Object.values(attributes)))).not.toContain(SECRET)
    expect((answer['extensions'] as { traceId: string }).traceId).toBe(operation?.traceId)
    expect(lines.find(({ documentId }) => typeof documentId === 'string')).toMatchObject({ traceId: operation?.traceId })
    const sent = servers.flatMap(({ received }) => received.map(({ headers }) => headers['traceparent']))
    expect(sent).toEqual(spans.slice(2).map(({ id, traceId }) => `00-${traceId}-${id}-01`))
    // Known by now.
    await ask(gateway)
    expect(spans.filter(({ name }) => name === 'hub.plan')).toHaveLength(1)
  })

  it('are linked to the trace of a registered client, and of nobody else', async () => {
    const { api, spans } = createFakeTelemetry()
    const { gateway, issuer, servers } = await start({ openTelemetry: api, forwardHeaders: ['traceparent'] })
    const tokenOf = async (client: string): Promise<string> => `Bearer ${await issuer.token({ client_id: client })}`
    const linksOf = async (headers: Record<string, string>): Promise<unknown> => {
      spans.length = 0
      await ask(gateway, { traceparent: CALLERS_TRACE, ...headers })
      return spans[0]?.links.map(({ traceId, spanId }) => [traceId, spanId])
    }
    expect(await linksOf({ authorization: await tokenOf('portal') })).toEqual([['a'.repeat(32), 'b'.repeat(16)]])
    expect(await linksOf({ authorization: await tokenOf('stranger') })).toEqual([])
    expect(await linksOf({ 'hub-client': 'portal' })).toEqual([])
    expect(await linksOf({ authorization: await tokenOf('portal'), traceparent: 'nonsense' })).toEqual([])
    const sent = servers.flatMap(({ received }) => received.map(({ headers }) => String(headers['traceparent'])))
    expect(sent.some((header) => header.includes('a'.repeat(32)))).toBe(false)
  })

  it('tell of a refused operation and of a failed call', async () => {
    const { api, spans } = createFakeTelemetry()
    const { gateway, servers } = await start({ openTelemetry: api })
    await ask(gateway, {}, '{ nothing }')
    expect(spans[0]).toMatchObject({ status: { code: 2, message: 'BAD_REQUEST' }, isEnded: true })
    spans.length = 0
    await servers[1]?.close()
    await ask(gateway)
    expect(spans[0]?.attributes['hub.code']).toBe('partial')
    const failed = spans.find(({ attributes }) => attributes['hub.party'] === 'committees')
    expect(failed).toMatchObject({ status: { code: 2, message: 'CONNECTION' }, isEnded: true })
  })

  it('leave ids and headers as they are when there is no provider behind the API', async () => {
    const { api } = createFakeTelemetry(true)
    const { gateway, servers } = await start({ openTelemetry: api })
    const answer = await ask(gateway)
    expect((answer['extensions'] as { traceId: string }).traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/)
    expect(servers.flatMap(({ received }) => received.map(({ headers }) => headers['traceparent']))).toEqual([undefined, undefined])
  })

  it('reach a party in the same process as the active span', async () => {
    const { api, spans, activeSpan } = createFakeTelemetry()
    const local = await startFixture({ openTelemetry: api })
    ends.push(() => local.gateway.stop())
    const seen: (string | undefined)[] = []
    const person = local.world.root['person'] as (args: { id: string }) => unknown
    local.world.root['person'] = (args: { id: string }) => {
      seen.push(activeSpan()?.id)
      return person(args)
    }
    await ask(local.gateway)
    expect(seen).toEqual([spans.find(({ attributes }) => attributes['hub.party'] === 'residents')?.id])
  })
})
