import { describe, expect, it } from '@jest/globals'

import { readStandaloneSettings } from '../../src/standalone/index.js'
import { optionsOf } from '../../src/standalone/options-of.js'

const optionsFor = (environment: Record<string, string>) =>
  optionsOf(readStandaloneSettings({ supergraph: 'supergraph.graphql' }, environment), '')

describe('observation of `commonhall gateway`', () => {
  it('is silent unless it is set, but for slow operations', () => {
    const options = optionsFor({})
    expect(options).not.toHaveProperty('metrics')
    expect(options).not.toHaveProperty('openTelemetry')
    expect(options).not.toHaveProperty('explainToAll')
    expect(options.slowOperationMs).toBe(2000)
  })

  it('is set by the environment; metrics stay on loopback', () => {
    expect(optionsFor({ COMMONHALL_METRICS_PORT: '9464', COMMONHALL_TRACING: 'on', COMMONHALL_SLOW_OPERATION_MS: '250' })).toMatchObject({
      metrics: { port: 9464, host: '127.0.0.1' },
      openTelemetry: 'on',
      slowOperationMs: 250,
    })
    expect(() => optionsFor({ COMMONHALL_METRICS_HOST: '0.0.0.0' })).toThrow('metrics.port')
  })
})
