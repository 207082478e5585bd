import { describe, expect, it } from '@jest/globals'

import { createVirtualClock } from '../../test/fixture-clock.js'
import { DEFAULT_LIVE_LIMITS } from './live-limits.js'
import type { LiveOperation } from './live-operation.js'
import { createLiveRegistry } from './live-registry.js'

const fake = (log: string[]): LiveOperation => ({
  drained: () => undefined,
  left: () => undefined,
  end: (fault) => void log.push(`${fault.code} ${fault.reason ?? ''}`),
  beat: () => void log.push('beat'),
})
const refused = (code: string, reason: string) => expect.objectContaining({ code, reason })

describe('the places of live operations', () => {
  it('are counted for each caller and for the process, to the last one', () => {
    const registry = createLiveRegistry({ ...DEFAULT_LIVE_LIMITS, maxPerCaller: 2, maxPerProcess: 3 }, createVirtualClock())
    const first = registry.admit('ann')
    registry.admit('ann')
    expect(() => registry.admit('ann')).toThrow(refused('TOO_MANY_SUBSCRIPTIONS', 'CALLER_OVER_2'))
    registry.admit('bob')
    expect(() => registry.admit('cyd')).toThrow(refused('TOO_MANY_SUBSCRIPTIONS', 'PROCESS_OVER_3'))
    first.leave()
    first.leave()
    expect(registry.count).toBe(2)
    registry.admit('ann')
    expect(() => registry.admit('ann')).toThrow(refused('TOO_MANY_SUBSCRIPTIONS', 'PROCESS_OVER_3'))
  })

  it('are beaten with one timer, which rests when nobody is there', async () => {
    const clock = createVirtualClock()
    const registry = createLiveRegistry({ ...DEFAULT_LIVE_LIMITS, heartbeatMs: 10 }, clock)
    const log: string[] = []
    const places = [registry.admit('ann'), registry.admit('bob')]
    for (const place of places) place.fill(fake(log))
    await clock.pass(20)
    expect(log).toHaveLength(4)
    for (const place of places) place.leave()
    await clock.pass(100)
    expect(log).toHaveLength(4)
  })

  it('are told when the hub stops, also those that were just being filled, and nobody comes in any more', async () => {
    const registry = createLiveRegistry(DEFAULT_LIVE_LIMITS, createVirtualClock())
    const log: string[] = []
    const [early, late] = [registry.admit('ann'), registry.admit('bob')]
    early.fill(fake(log))
    const stopped = registry.stop()
    late.fill(fake(log))
    expect(log).toEqual(['SUBSCRIPTION_ENDED GOING_AWAY', 'SUBSCRIPTION_ENDED GOING_AWAY'])
    expect(() => registry.admit('cyd')).toThrow(refused('SUBSCRIPTION_ENDED', 'GOING_AWAY'))
    early.leave()
    late.leave()
    await stopped
    expect(registry.count).toBe(0)
  })
})
