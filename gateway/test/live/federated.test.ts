import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { WebSocket } from 'ws'

import { createGateway, type Gateway, type GatewayOptions } from '../../src/gateway.js'
import { TEST_KEY } from '../fixture-gateway.js'
import { COMMITTEES_SDL, RESIDENTS_SDL } from '../fixture-schemas.js'
import { fixtureSubgraph, type FixtureSubgraph } from '../fixture-subgraph.js'
import { createWorld } from '../fixture-world.js'
import { createSource, settle, until, type Source } from './fixture-source.js'

const LIVE = 'subscription Changes { personChanged { name score } }'
const SUBSCRIPTION = 'type Subscription { personChanged: Person }'

interface Federation {
  readonly gateway: Gateway
  readonly residents: FixtureSubgraph
  readonly committees: FixtureSubgraph
  readonly sources: Source<unknown>[]
  /** The residents' subgraph says that this person has changed. */
  change(id: string): void
}

const startFederation = async (options: Partial<GatewayOptions> = {}): Promise<Federation> => {
  const world = createWorld()
  const sources: Source<unknown>[] = []
  world.root['personChanged'] = () => {
    const source = createSource<unknown>()
    sources.push(source)
    return source
  }
  const person = world.root['person'] as (args: { id: string }) => unknown
  const residents = fixtureSubgraph('residents', `${RESIDENTS_SDL}\n${SUBSCRIPTION}`, world)
  const committees = fixtureSubgraph('committees', COMMITTEES_SDL, world)
  const gateway = await createGateway({
    subgraphs: [residents, committees].map((subgraph) => ({ kind: 'local' as const, subgraph })),
    signingKey: TEST_KEY,
    pairwiseKeys: {},
    issuers: [],
    port: 0,
    introspection: true,
    ...options,
  })
  const change = (id: string): void => {
    for (const source of sources) source.push({ personChanged: person({ id }) })
  }
  return { gateway, residents, committees, sources, change }
}

type Transport = (gateway: Gateway, query: string) => AsyncIterable<unknown>

const overSse: Transport = (gateway, query) => createSseClient({ url: gateway.url, retryAttempts: 0 }).iterate({ query })
const overWebSocket: Transport = (gateway, query) =>
  createWsClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 }).iterate({ query })
const overMultipart: Transport = async function* (gateway, query) {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'multipart/mixed;subscriptionSpec=1.0' },
    body: JSON.stringify({ query }),
  })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString()
    const parts = text.split('\r\n--graphql')
    text = parts.pop() ?? ''
    for (const part of parts) yield (JSON.parse(part.slice(part.indexOf('\r\n\r\n'))) as { payload: unknown }).payload
  }
}
const TRANSPORTS: [string, Transport][] = [
  ['server-sent events', overSse],
  ['a WebSocket', overWebSocket],
  ['multipart', overMultipart],
]

describe('a subscription over several parties', () => {
  let federation: Federation
  beforeEach(async () => {
    federation = await startFederation()
  })
  afterEach(() => federation.gateway.stop())

  it.each(TRANSPORTS)('has the fields of other parties filled for every event, over %s', async (_, transport) => {
    const events = transport(federation.gateway, LIVE)[Symbol.asyncIterator]()
    const first = events.next()
    await until(() => federation.sources[0]?.isOpen === true)
    federation.change('p1')
    expect((await first).value).toMatchObject({ data: { personChanged: { name: 'Person 1', score: 10 } } })
    federation.committees.interfere = () => {
      throw new Error('down')
    }
    federation.change('p3')
    const second = (await events.next()).value as { data: unknown; errors: unknown[] }
    expect(second.data).toEqual({ personChanged: { name: 'Person 3', score: null } })
    expect(second.errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'PARTY_UNAVAILABLE' }) })])
    federation.committees.interfere = null
    federation.change('p2')
    expect((await events.next()).value).toMatchObject({ data: { personChanged: { name: 'Person 2', score: 20 } } })
    await events.return?.()
  })

  it.each(TRANSPORTS)('goes on over a swap of releases, each event once, over %s', async (_, transport) => {
    const seen: unknown[] = []
    const events = transport(federation.gateway, LIVE)[Symbol.asyncIterator]()
    const read = async (): Promise<void> => {
      for (let step = await events.next(); step.done !== true; step = await events.next())
        seen.push((step.value as { data: { personChanged: { name: string } } }).data.personChanged.name)
    }
    const reading = read().catch(() => undefined)
    await until(() => federation.sources.length === 1 && federation.sources[0]?.isOpen === true)
    federation.change('p1')
    await until(() => seen.length === 1)
    const { residents, committees } = federation
    const wider = committees.sdl.replace('type Query {', 'type Query { extra: Int')
    await federation.gateway.replace({
      kind: 'parties',
      parties: [
        { name: 'residents', sdl: residents.sdl, url: 'local:residents' },
        { name: 'committees', sdl: wider, url: 'local:committees' },
      ],
    })
    expect(federation.gateway.schemaSdl).toContain('extra')
    await until(() => federation.sources.length === 2 && federation.sources[1]?.isOpen === true)
    for (const id of ['p2', 'p3', 'p6']) {
      federation.change(id)
      await settle()
    }
    await until(() => seen.length >= 4)
    expect(seen).toEqual(['Person 1', 'Person 2', 'Person 3', 'Person 6'])
    await federation.gateway.stop()
    await reading
  })

  it('ends with a reason when the new release no longer has its field', async () => {
    const events = overSse(federation.gateway, LIVE)[Symbol.asyncIterator]()
    const first = events.next()
    await until(() => federation.sources[0]?.isOpen === true)
    const { residents, committees } = federation
    await federation.gateway.replace({
      kind: 'parties',
      parties: [
        { name: 'residents', sdl: residents.sdl.replace(SUBSCRIPTION, ''), url: 'local:residents' },
        { name: 'committees', sdl: committees.sdl, url: 'local:committees' },
      ],
    })
    expect((await first).value).toMatchObject({ errors: [{ extensions: { code: 'SUBSCRIPTION_ENDED', reason: 'RELEASE_CHANGED' } }] })
    expect((await events.next()).done).toBe(true)
  })
})
