import { afterEach, describe, expect, it } from '@jest/globals'

import { openTracing } from './open-tracing.js'

const REGISTERED = Symbol.for('opentelemetry.js.api.1')
const registry = globalThis as Record<symbol, unknown>

describe('tracing of a process', () => {
  const before = registry[REGISTERED]
  afterEach(() => {
    registry[REGISTERED] = before
  })

  it('is off without a provider, and off when it is said so', async () => {
    registry[REGISTERED] = undefined
    expect(await openTracing(undefined)).toBeNull()
    registry[REGISTERED] = { trace: {} }
    expect(await openTracing('off')).toBeNull()
  })

  it('is on when a provider is registered', async () => {
    registry[REGISTERED] = { trace: {} }
    expect(await openTracing(undefined)).not.toBeNull()
  })

  it('fits the API itself, which gives no ids without a provider', async () => {
    registry[REGISTERED] = undefined
    const tracing = await openTracing('on')
    expect(tracing?.begin()).toBeNull()
    const report = { party: 'residents', startedAtMs: 0, ms: 0, bytes: 0, representations: 0, isOk: false, isShared: false }
    expect(await tracing?.call('t', report, async (traceparent) => `called with ${String(traceparent)}`)).toBe('called with null')
    tracing?.planned('t', 1)
    tracing?.link('t', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`)
    tracing?.end('t', { kind: 'query', code: 'ok', client: 'c', transport: 'http', documentId: null })
    expect(tracing?.traceparent('t')).toBeNull()
  })
})
