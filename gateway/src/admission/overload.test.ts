import { describe, expect, it } from '@jest/globals'

import { createOverloadGuard, OVERLOAD_LIMITS, type OverloadGuard, type Share } from './overload.js'

/** A loop that is turned by hand: work takes the time that it is said to take. */
const createLoop = (limits: Partial<typeof OVERLOAD_LIMITS> = {}) => {
  let timeMs = 0
  let delayMs = 0
  let turnEnds: Array<() => void> = []
  const guard: OverloadGuard = createOverloadGuard(
    { ...OVERLOAD_LIMITS, ...limits },
    { nowMs: () => timeMs, afterTurn: (done) => void turnEnds.push(done), takeLoopDelayMs: () => delayMs },
  )
  const isRefused = (share: Share, workMs: number): boolean => {
    try {
      guard.enter(share)()
      timeMs += workMs
      return false
    } catch (error) {
      expect(error).toMatchObject({ code: 'OVERLOADED', figures: { retryAfterSeconds: expect.any(Number) } })
      return true
    }
  }
  return {
    guard,
    setDelay: (ms: number) => (delayMs = ms),
    pass: (ms: number) => (timeMs += ms),
    now: () => timeMs,
    /** One turn in which so many requests were ready; gives how many were begun. */
    turn: (requests: number, workMs: number, share: Share = 'anonymous'): number => {
      let begun = 0
      for (let n = 0; n < requests; n++) if (!isRefused(share, workMs)) begun += 1
      const ended = turnEnds
      turnEnds = []
      for (const end of ended) end()
      return begun
    },
  }
}

describe('a hub that is asked for more than it can do', () => {
  it('works off a burst and refuses nothing', () => {
    const loop = createLoop()
    expect(loop.turn(40, 2)).toBe(40)
    loop.pass(50)
    expect(loop.turn(20, 2)).toBe(20)
    expect(loop.guard.isShedding).toBe(false)
  })

  it('begins only what fits in a turn once every turn has been too long for a while', () => {
    const loop = createLoop()
    for (let n = 0; n < 9; n++) loop.turn(20, 2)
    expect(loop.guard.isShedding).toBe(true)
    const fromMs = loop.now()
    const begun = Array.from({ length: 50 }, () => loop.turn(20, 2))
    expect(begun.every((count) => count >= 3 && count <= 4)).toBe(true)
    // Nearly all of the time went into work that was finished.
    expect((loop.now() - fromMs) / 2).toBe(begun.reduce((sum, count) => sum + count, 0))
  })

  it('takes everything again after the first turn that had to refuse nothing', () => {
    const loop = createLoop()
    for (let n = 0; n < 9; n++) loop.turn(20, 2)
    expect(loop.guard.isShedding).toBe(true)
    loop.turn(2, 2)
    expect(loop.guard.isShedding).toBe(false)
    expect(loop.turn(10, 2)).toBe(10)
  })

  it('does not take slow requests with pauses between them for overload', () => {
    const loop = createLoop()
    for (let n = 0; n < 50; n++) {
      expect(loop.turn(3, 30)).toBe(3)
      loop.pass(20)
    }
    for (let n = 0; n < 9; n++) loop.turn(20, 2)
    expect(loop.guard.isShedding).toBe(true)
    loop.pass(1000)
    expect(loop.turn(20, 2)).toBe(20)
  })

  it('keeps a share of each turn for people who have signed in, and the last of it for acts', () => {
    const loop = createLoop({ turnMs: 10 })
    for (let n = 0; n < 9; n++) loop.turn(20, 2)
    const shares = (['anonymous', 'signed-in', 'act'] as const).map((share) => loop.turn(40, 1, share))
    expect(shares).toEqual([8, 10, 11])
  })

  it('keeps places for them too', () => {
    const { guard } = createLoop({ maxInFlight: 20, minInFlight: 20 })
    const fill = (share: Share): number => {
      const before = guard.inFlight
      for (;;) {
        try {
          guard.enter(share)
        } catch {
          return guard.inFlight - before
        }
      }
    }
    expect([fill('anonymous'), fill('signed-in'), fill('act')]).toEqual([14, 4, 2])
    expect(guard.refused).toBe(3)
  })

  it('gives a place back once, however often it is left', () => {
    const { guard } = createLoop()
    const leave = guard.enter('act')
    leave()
    leave()
    expect(guard.inFlight).toBe(0)
  })

  it('runs fewer at once while the loop is late, never fewer than the least, and more again when all places are taken', () => {
    const loop = createLoop()
    loop.setDelay(40)
    for (let n = 0; n < 30; n++) {
      loop.pass(100)
      loop.turn(1, 0)
    }
    expect(loop.guard.limit).toBe(OVERLOAD_LIMITS.minInFlight)
    loop.setDelay(1)
    const held = Array.from({ length: OVERLOAD_LIMITS.minInFlight }, () => loop.guard.enter('act'))
    for (let n = 0; n < 40; n++) {
      loop.pass(100)
      while (loop.guard.inFlight < loop.guard.limit) held.push(loop.guard.enter('act'))
      loop.turn(1, 0)
    }
    expect(loop.guard.limit).toBeGreaterThan(4 * OVERLOAD_LIMITS.minInFlight)
    held.forEach((leave) => leave())
    expect(loop.guard.inFlight).toBe(0)
  })

  it('does not send those whom it refused back at one moment', () => {
    const { guard } = createLoop({ maxInFlight: 16, minInFlight: 16 })
    for (let n = 0; n < 16; n++) guard.enter('act')
    const waits = Array.from({ length: 8 }, () => {
      try {
        guard.enter('act')
      } catch (error) {
        return (error as { figures: Record<string, number> }).figures['retryAfterSeconds']
      }
      return 0
    })
    expect(new Set(waits)).toEqual(new Set([1, 2, 3, 4]))
  })
})
