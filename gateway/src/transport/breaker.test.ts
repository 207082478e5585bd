import { describe, expect, it } from '@jest/globals'

import { createBreaker, type BreakerPermit } from './breaker.js'
import { createVirtualClock } from '../../test/fixture-clock.js'

const setUp = () => {
  const clock = createVirtualClock()
  const moves: string[] = []
  const breaker = createBreaker({ clock, onState: (from, to) => void moves.push(`${from} → ${to}`) })
  const call = (): BreakerPermit => {
    const permit = breaker.admit()
    if (permit === null) throw new Error('refused')
    return permit
  }
  return {
    clock,
    breaker,
    moves,
    call,
    failing: (times: number) => Array.from({ length: times }).forEach(() => breaker.fail(call())),
    working: (times: number) => Array.from({ length: times }).forEach(() => breaker.succeed(call())),
  }
}

describe('a breaker', () => {
  it('opens at five failures in a row, and refuses at once', () => {
    const { breaker, failing } = setUp()
    failing(4)
    expect(breaker.state()).toBe('closed')
    failing(1)
    expect(breaker.state()).toBe('open')
    expect(breaker.admit()).toBeNull()
    expect(breaker.isRefusing()).toBe(true)
  })

  it('opens when half of ten calls within two seconds fail, though never five in a row', () => {
    const { breaker, failing, working } = setUp()
    for (let n = 0; n < 4; n++) {
      failing(1)
      working(1)
    }
    failing(1)
    expect(breaker.state()).toBe('closed')
    working(1)
    failing(1)
    expect(breaker.state()).toBe('open')
  })

  it('forgets what lies more than two seconds back', async () => {
    const { breaker, failing, working, clock } = setUp()
    for (let n = 0; n < 4; n++) {
      failing(1)
      working(1)
    }
    await clock.pass(2100)
    working(2)
    failing(1)
    working(1)
    failing(1)
    expect(breaker.state()).toBe('closed')
  })

  it('lets exactly one probe through after a second; its success closes, its failure opens again', async () => {
    const { breaker, failing, clock, moves, call } = setUp()
    failing(5)
    await clock.pass(999)
    expect(breaker.admit()).toBeNull()
    await clock.pass(1)
    const probe = call()
    expect(probe.isProbe).toBe(true)
    expect(breaker.admit()).toBeNull()
    breaker.fail(probe)
    expect(breaker.state()).toBe('open')
    await clock.pass(1000)
    breaker.succeed(call())
    expect(moves).toEqual(['closed → open', 'open → half-open', 'half-open → open', 'open → half-open', 'half-open → closed'])
  })

  it('gives the probe to another call when the first one was called off', async () => {
    const { breaker, failing, clock, call } = setUp()
    failing(5)
    await clock.pass(1000)
    breaker.forget(call())
    expect(breaker.state()).toBe('half-open')
    expect(call().isProbe).toBe(true)
  })

  it('does not hear outcomes of calls from an earlier state', async () => {
    const { breaker, failing, clock, call } = setUp()
    const [slow, slower, slowest] = [call(), call(), call()]
    failing(5)
    breaker.succeed(slow)
    expect(breaker.state()).toBe('open')
    await clock.pass(1000)
    const probe = call()
    breaker.fail(slower)
    expect(breaker.state()).toBe('half-open')
    breaker.succeed(probe)
    breaker.fail(slowest)
    expect(breaker.state()).toBe('closed')
  })

  it('opens on answers that came and could not be used', () => {
    const { breaker, working } = setUp()
    for (let n = 0; n < 5; n++) {
      working(1)
      breaker.noteUnusable()
    }
    expect(breaker.state()).toBe('open')
  })

  it('opens again when the probe itself brought such an answer', async () => {
    const { breaker, failing, working, clock } = setUp()
    failing(5)
    await clock.pass(1000)
    working(1)
    breaker.noteUnusable()
    expect(breaker.state()).toBe('open')
  })

  it('has confidence again after the second good call', async () => {
    const { breaker, failing, working, clock } = setUp()
    failing(5)
    await clock.pass(1000)
    working(3)
    breaker.noteUnusable()
    expect(breaker.state()).toBe('closed')
  })
})
