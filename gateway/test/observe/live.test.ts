import { afterEach, describe, expect, it } from '@jest/globals'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { WebSocket } from 'ws'

import { createGateway, type Gateway } from '../../src/gateway.js'
import { TEST_KEY } from '../fixture-gateway.js'
import { COMMITTEES_SDL, RESIDENTS_SDL } from '../fixture-schemas.js'
import { fixtureSubgraph } from '../fixture-subgraph.js'
import { createWorld } from '../fixture-world.js'
import { createSource, until, type Source } from '../live/fixture-source.js'
import { createFakeTelemetry } from './fixture-telemetry.js'

const QUERY = 'subscription { personChanged { name score } }'
const EXPLAIN = { 'hub-explain': 'plan, timings' }

type Ask = (gateway: Gateway) => AsyncIterableIterator<{ readonly extensions?: unknown; readonly errors?: unknown }>

const WAYS: readonly (readonly [string, Ask])[] = [
  ['sse', ({ url }) => createSseClient({ url, retryAttempts: 0, headers: EXPLAIN }).iterate({ query: QUERY })],
  [
    'websocket',
    ({ url }) =>
      createWsClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: EXPLAIN }).iterate({
        query: QUERY,
      }),
  ],
]

describe('a subscription, for its operator', () => {
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })

  it.each(WAYS)('over %s is counted, traced and explained, event by event', async (way, ask) => {
    const world = createWorld()
    const sources: Source<unknown>[] = []
    world.root['personChanged'] = () => {
      const source = createSource<unknown>()
      sources.push(source)
      return source
    }
    const person = world.root['person'] as (args: { id: string }) => unknown
    const { api, spans } = createFakeTelemetry()
    const gateway = await createGateway({
      subgraphs: [
        fixtureSubgraph('residents', `${RESIDENTS_SDL}\ntype Subscription { personChanged: Person }`, world),
        fixtureSubgraph('committees', COMMITTEES_SDL, world),
      ].map((subgraph) => ({ kind: 'local' as const, subgraph })),
      ...{ signingKey: TEST_KEY, pairwiseKeys: {}, issuers: [], port: 0, introspection: true, metrics: { port: 0 }, openTelemetry: api },
    })
    ends.push(() => gateway.stop())
    const value = async (sample: string): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${gateway.metricsPort ?? 0}/metrics`)).text()
      return Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${sample} `))
          ?.slice(sample.length + 1) ?? Number.NaN,
      )
    }

    const events = ask(gateway)
    const first = events.next()
    await until(() => sources.length === 1)
    sources[0]?.push({ personChanged: person({ id: 'p1' }) })
    expect((await first).value).toMatchObject({
      extensions: {
        hub: {
          plan: { kind: 'sequence', steps: [{ kind: 'subscription', source: { party: 'residents' } }, { party: 'committees' }] },
          timings: [{ party: 'committees', representations: 1, ok: true }],
        },
      },
    })
    expect(await value('hub_live_operations')).toBe(1)
    expect(await value(`hub_live_operations_opened_total{transport="${way}"}`)).toBe(1)
    expect(await value('hub_party_calls_total{party="committees",outcome="ok"}')).toBe(1)
    sources[0]?.end()
    expect((await events.next()).done).toBe(true)
    await until(() => spans[0]?.isEnded === true)
    expect(await value(`hub_live_operations_closed_total{transport="${way}",reason="complete"}`)).toBe(1)
    expect(await value(`hub_live_events_total{transport="${way}"}`)).toBe(1)
    expect(spans.map(({ name }) => name)).toEqual(['hub.operation', 'hub.plan', 'hub.call'])
    expect(spans[0]?.attributes).toMatchObject({ 'graphql.operation.type': 'subscription', 'hub.transport': way })
  })
})
