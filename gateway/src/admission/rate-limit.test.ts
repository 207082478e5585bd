import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { addressPrefix } from './address-prefix.js'
import { createRateLimit } from './rate-limit.js'

const createAccounts = (maxCallers?: number) => {
  let timeMs = 1000
  const limit = createRateLimit({ nowMs: () => timeMs, maxCallers })
  return { limit, pass: (ms: number) => (timeMs += ms) }
}
const RATE = { perMinute: 60, burst: 60 }

describe('the rate', () => {
  it('lets the burst through, not one unit more, and says what is left', () => {
    const { limit } = createAccounts()
    expect(limit.spend('a', 40, RATE)).toEqual({ isAdmitted: true, remaining: 20 })
    expect(limit.spend('a', 20, RATE)).toEqual({ isAdmitted: true, remaining: 0 })
    expect(limit.spend('a', 1, RATE)).toEqual({ isAdmitted: false, retryAfterMs: 1000 })
  })

  it('tells exactly when the same charge will pass', () => {
    const { limit, pass } = createAccounts()
    limit.spend('a', 60, RATE)
    const verdict = limit.spend('a', 7, RATE)
    if (verdict.isAdmitted) throw new Error('admitted')
    pass(verdict.retryAfterMs - 1)
    expect(limit.spend('a', 7, RATE).isAdmitted).toBe(false)
    pass(1)
    expect(limit.spend('a', 7, RATE)).toEqual({ isAdmitted: true, remaining: 0 })
  })

  it('takes nothing from those whom it refuses, and nothing from others', () => {
    const { limit, pass } = createAccounts()
    limit.spend('a', 60, RATE)
    for (let n = 0; n < 100; n++) limit.spend('a', 60, RATE)
    expect(limit.spend('b', 60, RATE).isAdmitted).toBe(true)
    pass(60_000)
    expect(limit.spend('a', 60, RATE).isAdmitted).toBe(true)
  })

  it('lets a charge above the burst pass when the account is full, since it could never pass otherwise', () => {
    const { limit } = createAccounts()
    expect(limit.spend('a', 1e9, RATE)).toEqual({ isAdmitted: true, remaining: 0 })
  })

  it('remembers a bounded number of callers, the silent ones least', () => {
    const { limit } = createAccounts(1000)
    limit.spend('busy', 60, RATE)
    for (let n = 0; n < 5000; n++) {
      limit.spend(`other ${n}`, 60, RATE)
      if (n % 500 === 0) expect(limit.spend('busy', 1, RATE).isAdmitted).toBe(false)
    }
    expect(limit.size).toBe(1000)
    expect(limit.spend('other 0', 60, RATE).isAdmitted).toBe(true)
  })

  it('never lets through more than burst plus time, whatever the order of charges', () => {
    const charge = fc.record({ units: fc.integer({ min: 1, max: 60 }), waitMs: fc.integer({ min: 0, max: 5000 }) })
    fc.assert(
      fc.property(fc.array(charge, { maxLength: 60 }), (charges) => {
        const { limit, pass } = createAccounts()
        let [spent, passedMs] = [0, 0]
        for (const { units, waitMs } of charges) {
          pass(waitMs)
          passedMs += waitMs
          if (limit.spend('a', units, RATE).isAdmitted) spent += units
          expect(spent).toBeLessThanOrEqual(60 + passedMs / 1000 + 1e-6)
        }
      }),
    )
  })
})

describe('the network of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:aa:bb12:1::1', '2001:db8:aa:bb00::/56'],
    ['2001:db8::1', '2001:db8:0:0::/56'],
    ['::1', '0:0:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['no address', 'unknown'],
  ])('%s is %s', (address, prefix) => expect(addressPrefix(address)).toBe(prefix))
})
