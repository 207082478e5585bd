import { describe, expect, it } from '@jest/globals'

import { METRICS } from './metric-names.js'
import { createMetrics, type GatewayMetrics } from './metrics.js'
import type { OperationOutcome } from './observer.js'

const outcome = (over: Partial<OperationOutcome> = {}): OperationOutcome => ({
  ...{ kind: 'query', code: 'ok', transport: 'http', client: 'anonymous', durationMs: 20, bytes: 200 },
  ran: { documentId: 'd', isTrusted: false, cost: 7 },
  ...over,
})

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*",?)*\})? (-?[0-9.e+-]+|\+Inf|Nan)( [0-9]+)?$/i

/** Reads the exposition format strictly: throws at any line that is none. */
const read = async (metrics: GatewayMetrics): Promise<{ samples: Map<string, number>; types: Map<string, string> }> => {
  const samples = new Map<string, number>()
  const types = new Map<string, string>()
  for (const line of (await metrics.text()).split('\n')) {
    if (line === '' || line.startsWith('# HELP ')) continue
    const type = /^# TYPE ([a-z_:0-9]+) (counter|gauge|histogram|summary)$/i.exec(line)
    if (type !== null) {
      if (types.has(type[1] as string)) throw new Error(`typed twice: ${line}`)
      types.set(type[1] as string, type[2] as string)
      continue
    }
    if (!SAMPLE.test(line)) throw new Error(`no sample: ${line}`)
    const at = line.lastIndexOf(' ')
    const key = line.slice(0, at)
    if (samples.has(key)) throw new Error(`twice: ${line}`)
    samples.set(key, line.slice(at + 1) === '+Inf' ? Infinity : Number(line.slice(at + 1)))
  }
  return { samples, types }
}

describe('metrics of a gateway', () => {
  it('are valid text in which every metric of the catalogue has its type, and the process has its own', async () => {
    const metrics = createMetrics()
    const { types } = await read(metrics)
    for (const { name } of Object.values(METRICS)) expect(types.get(name)).toBeDefined()
    expect(types.get('nodejs_eventloop_lag_p99_seconds')).toBe('gauge')
    expect(types.get('process_resident_memory_bytes')).toBe('gauge')
  })

  it('count operations by kind, code, way in and client, with their time in seconds', async () => {
    const metrics = createMetrics({ process: false, clients: ['dashboard'] })
    metrics.operation(outcome())
    metrics.operation(outcome({ durationMs: 30 }))
    metrics.operation(outcome({ client: 'dashboard', code: 'partial', transport: 'websocket' }))
    metrics.operation(outcome({ kind: 'none', code: 'RATE_LIMITED', ran: null, client: 'someone' }))
    const { samples } = await read(metrics)
    expect(samples.get('hub_operations_total{kind="query",code="ok",transport="http",client="anonymous"}')).toBe(2)
    expect(samples.get('hub_operations_total{kind="query",code="partial",transport="websocket",client="dashboard"}')).toBe(1)
    expect(samples.get('hub_operations_total{kind="none",code="RATE_LIMITED",transport="http",client="signed-in"}')).toBe(1)
    expect(samples.get('hub_refusals_total{code="RATE_LIMITED"}')).toBe(1)
    expect(samples.get('hub_cost_units_total{client="anonymous"}')).toBe(14)
    expect(samples.get('hub_operation_duration_seconds_sum{kind="query"}')).toBeCloseTo(0.07)
    expect(samples.get('hub_operation_duration_seconds_bucket{kind="query",le="0.025"}')).toBe(2)
    expect(samples.get('hub_operation_duration_seconds_bucket{kind="query",le="+Inf"}')).toBe(3)
    expect(samples.get('hub_operation_duration_seconds_count{kind="query"}')).toBe(3)
  })

  it('count calls by party, and say what the link says', async () => {
    const metrics = createMetrics({ process: false })
    const call = { party: 'residents', startedAtMs: 0, ms: 4, bytes: 100, representations: 3, isOk: true, isShared: false }
    metrics.calls([call, { ...call, isOk: false, bytes: 0 }])
    metrics.partyFault('residents', 'LATE')
    const link = { state: 'half-open' as const, inFlight: 2, queued: 1, calls: 9, failures: 1, retries: 4, shared: 5 }
    metrics.watch({ links: () => new Map([['residents', link]]) })
    const { samples } = await read(metrics)
    expect(samples.get('hub_party_calls_total{party="residents",outcome="ok"}')).toBe(1)
    expect(samples.get('hub_party_calls_total{party="residents",outcome="failed"}')).toBe(1)
    expect(samples.get('hub_party_faults_total{party="residents",reason="LATE"}')).toBe(1)
    expect(samples.get('hub_party_representations_total{party="residents"}')).toBe(6)
    expect(samples.get('hub_party_retries_total{party="residents"}')).toBe(4)
    expect(samples.get('hub_party_shared_calls_total{party="residents"}')).toBe(5)
    expect(samples.get('hub_party_breaker_state{party="residents",state="half-open"}')).toBe(1)
    expect(samples.get('hub_party_breaker_state{party="residents",state="closed"}')).toBe(0)
  })

  it('do not grow with documents, clients or reasons, of whatever number', async () => {
    const metrics = createMetrics({ process: false, nowMs: () => 0 })
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 10_000; at += 1)
        metrics.operation(outcome({ client: `client ${at}`, ran: { documentId: `document ${at}`, isTrusted: at % 2 === 0, cost: 1 } }))
    }
    for (let at = 0; at < 10_000; at += 1) metrics.partyFault(`party ${at}`, `reason ${at}`)
    const { samples } = await read(metrics)
    const of = (name: string) => [...samples].filter(([key]) => key.startsWith(`${name}{`))
    expect(of('hub_operations_total')).toHaveLength(1)
    expect(of('hub_document_operations_total').length).toBeLessThanOrEqual(231)
    expect(of('hub_party_faults_total').length).toBeLessThanOrEqual(501)
    expect(of('hub_party_faults_total').reduce((sum, [, value]) => sum + value, 0)).toBe(10_000)
    expect(of('hub_document_operations_total').reduce((sum, [, value]) => sum + value, 0)).toBe(30_000)
  })

  it('name the busiest documents of free text, and give the name of one that nobody uses any more to another', async () => {
    let nowMs = 0
    const metrics = createMetrics({ process: false, nowMs: () => nowMs })
    const use = (documentId: string, times: number): void => {
      for (let at = 0; at < times; at += 1) metrics.operation(outcome({ ran: { documentId, isTrusted: false, cost: 1 } }))
    }
    for (let at = 0; at < 30; at += 1) use(`old ${at}`, 100)
    use('new', 150)
    expect((await read(metrics)).samples.has('hub_document_operations_total{document="new"}')).toBe(false)
    nowMs += 2 * 3_600_000
    use('new', 150)
    const { samples } = await read(metrics)
    expect(samples.get('hub_document_operations_total{document="new"}')).toBeGreaterThan(0)
    expect(samples.has('hub_document_operations_total{document="old 3"}')).toBe(false)
  })
})
