import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

import type { GatewayOptions } from '../../src/gateway.js'
import { METRICS } from '../../src/observe/metric-names.js'
import { startFixture } from '../fixture-gateway.js'

const QUERY = '{ person(id: "p1") { name score } }'

describe('what a gateway tells its operator', () => {
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })
  const start = async (options: Partial<GatewayOptions> = {}) => {
    const lines: (Record<string, unknown> & { readonly message: string })[] = []
    const write = (fields: Readonly<Record<string, unknown>>, message = ''): void => void lines.push({ ...fields, message })
    const { gateway } = await startFixture({ metrics: { port: 0 }, log: { info: write, warn: write, error: write }, ...options })
    ends.push(() => gateway.stop())
    const ask = async (query = QUERY): Promise<void> => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      await (await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text()
    }
    const address = `http://127.0.0.1:${gateway.metricsPort ?? 0}/metrics`
    const value = async (sample: string): Promise<number> => {
      const text = await (await fetch(address)).text()
      const line = text.split('\n').find((one) => one.startsWith(`${sample} `))
      return line === undefined ? Number.NaN : Number(line.slice(sample.length + 1))
    }
    return { gateway, lines, ask, value, address }
  }

  it('is counted where it happens: operations, calls, plans, cost, refusals, releases', async () => {
    const { gateway, ask, value } = await start()
    await ask()
    await ask()
    await ask('{ nothing }')
    expect(await value('hub_operations_total{kind="query",code="ok",transport="http",client="anonymous"}')).toBe(2)
    expect(await value('hub_refusals_total{code="BAD_REQUEST"}')).toBe(1)
    expect(await value('hub_operation_duration_seconds_count{kind="query"}')).toBe(2)
    expect(await value('hub_party_calls_total{party="committees",outcome="ok"}')).toBe(2)
    expect(await value('hub_party_representations_total{party="committees"}')).toBe(2)
    expect(await value('hub_party_breaker_state{party="residents",state="closed"}')).toBe(1)
    expect(await value('hub_plan_cache_entries')).toBe(1)
    expect(await value('hub_plan_cache_hits_total')).toBe(1)
    expect(await value('hub_plan_cache_misses_total')).toBe(1)
    expect(await value('hub_plan_duration_seconds_count{outcome="ok"}')).toBe(1)
    expect(await value('hub_cost_units_total{client="anonymous"}')).toBeGreaterThan(0)
    expect(await value('hub_releases_total{outcome="accepted"}')).toBe(1)
    expect(await value(`hub_release_info{release="${gateway.releaseId}"}`)).toBe(1)
    await expect(gateway.replace({ kind: 'supergraph', sdl: 'nonsense' })).rejects.toThrow()
    expect(await value('hub_releases_total{outcome="refused"}')).toBe(1)
  })

  it('is counted for WebSockets, too', async () => {
    const { gateway, value } = await start()
    const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, lazy: false })
    for await (const answer of client.iterate({ query: QUERY })) expect(answer.errors).toBeUndefined()
    expect(await value('hub_operations_total{kind="query",code="ok",transport="websocket",client="anonymous"}')).toBe(1)
    expect(await value('hub_websockets')).toBe(1)
    await client.dispose()
  })

  it('is offered on a listener of its own and never at the public door', async () => {
    const { gateway, address } = await start()
    expect((await fetch(address)).headers.get('content-type')).toContain('text/plain')
    expect((await fetch(address.replace('/metrics', '/graphql'))).status).toBe(404)
    expect((await fetch(address, { method: 'POST' })).status).toBe(405)
    expect((await fetch(gateway.url.replace('/graphql', '/metrics'))).status).toBe(404)
    const plain = await startFixture()
    ends.push(() => plain.gateway.stop())
    expect(plain.gateway.metricsPort).toBeNull()
  })

  it('is one line per operation with release, cost, parties and the time of a cold plan, and no value', async () => {
    const { gateway, ask, lines } = await start()
    await ask()
    await ask()
    const [cold, warm] = lines.filter(({ message }) => message === 'operation')
    expect(cold).toMatchObject({
      ...{ operation: 'query', transport: 'http', client: 'anonymous', status: 200, code: null, fetches: 2, count: 0 },
      release: gateway.releaseId,
      cost: expect.any(Number),
      planMs: expect.any(Number),
      parties: { residents: { state: 'ok', calls: 1 }, committees: { state: 'ok', calls: 1 } },
    })
    expect(warm).not.toHaveProperty('planMs')
    expect(JSON.stringify(lines)).not.toContain('p1')
  })

  it('is a second line for a slow operation, with the shape of its plan', async () => {
    const { ask, lines } = await start({ slowOperationMs: 0.001 })
    await ask()
    expect(lines.find(({ message }) => message === 'slow operation')).toMatchObject({ plan: 'residents → committees' })
  })

  it('is explained in the guide, every metric of it and no other', () => {
    const guide = readFileSync(new URL('../../../docs/guides/operator.md', import.meta.url), 'utf8')
    const rows = guide.split('\n').filter((line) => line.startsWith('| `hub_'))
    const told = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    expect(told.map(([, name, labels, help]) => [name, labels, help])).toEqual(
      Object.values(METRICS).map(({ name, help, ...more }) => [name, 'labels' in more ? more.labels.join(', ') : '', help]),
    )
  })
})
