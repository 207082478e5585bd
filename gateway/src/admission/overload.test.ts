import { describe, expect, it } from '@jest/globals'

import { HubError } from '@commonhall/shared/errors'

import { createOverloadGuard, OVERLOAD_LIMITS, type OverloadLimits, type Share } from './overload.js'

/** A loop that is turned by hand: work takes the time that it is said to take, and nothing else does. */
const createLoop = (limits: Partial<OverloadLimits> = {}) => {
  let timeMs = 0
  let busyMs = 0
  let takenMs = 0
  let utilization: number | null = null
  let turnEnds: Array<() => void> = []
  const guard = createOverloadGuard(
    { ...OVERLOAD_LIMITS, ...limits },
    {
      nowMs: () => timeMs,
      afterTurn: (done) => void turnEnds.push(done),
      takeUtilization() {
        const part = utilization ?? busyMs / Math.max(1, timeMs - takenMs)
        busyMs = 0
        takenMs = timeMs
        return part
      },
    },
  )
  const begin = (share: Share): (() => void) | null => {
    try {
      return guard.enter(share)
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'OVERLOADED') throw error
      return null
    }
  }
  const endTurn = (fromMs: number): void => {
    busyMs += timeMs - fromMs
    const ended = turnEnds
    turnEnds = []
    for (const end of ended) end()
  }
  return {
    guard,
    begin,
    now: () => timeMs,
    pass: (ms: number) => void (timeMs += ms),
    setUtilization: (part: number) => void (utilization = part),
    /** One turn in which so many requests were ready and were finished one by one; gives how many were begun. */
    turn: (requests: number, workMs: number, share: Share = 'anonymous'): number => {
      const fromMs = timeMs
      let begun = 0
      for (let n = 0; n < requests; n++) {
        const leave = begin(share)
        if (leave === null) continue
        timeMs += workMs
        begun += 1
        leave()
      }
      endTurn(fromMs)
      return begun
    },
    /** One turn in which all were begun first and worked off together; gives how many. */
    turnTogether: (requests: number, workMs: number, share: Share = 'anonymous'): number => {
      const fromMs = timeMs
      const leaves = Array.from({ length: requests }, () => begin(share)).filter((leave) => leave !== null)
      timeMs += leaves.length * workMs
      for (const leave of leaves) leave()
      endTurn(fromMs)
      return leaves.length
    },
  }
}

const OVERLOADED = 300
const overload = (loop: ReturnType<typeof createLoop>): void => {
  while (!loop.guard.isShedding) {
    loop.turn(OVERLOADED, 2)
    if (loop.now() > 10_000) throw new Error('never overloaded')
  }
}

describe('a hub that is asked for more than it can do', () => {
  it('lets callers wait and refuses nothing while the wait is bearable', () => {
    const loop = createLoop()
    for (let n = 0; n < 100; n++) expect(loop.turn(100, 2)).toBe(100)
    expect(loop.guard.isShedding).toBe(false)
  })

  it('works off a burst that is longer than that', () => {
    const loop = createLoop()
    expect(loop.turn(150, 2)).toBe(150)
    for (let n = 0; n < 20; n++) expect(loop.turn(20, 2)).toBe(20)
    expect(loop.turn(150, 2)).toBe(150)
  })

  it('begins only what fits in a turn once the loop has been late for long, and does nothing else with its time', () => {
    const loop = createLoop()
    overload(loop)
    expect(loop.now()).toBeLessThan(2000)
    const fromMs = loop.now()
    const begun = Array.from({ length: 300 }, () => loop.turn(20, 2))
    expect(begun.every((count) => count === 3)).toBe(true)
    expect(loop.now() - fromMs).toBe(300 * 3 * 2)
  })

  it('keeps the loop at its target when work is begun at once and done later', () => {
    const loop = createLoop()
    overload(loop)
    const begun = Array.from({ length: 1000 }, () => loop.turnTogether(50, 2)).slice(500)
    expect(Math.max(...begun) * 2).toBeLessThanOrEqual(OVERLOAD_LIMITS.targetDelayMs + 2)
    expect(Math.min(...begun)).toBeGreaterThanOrEqual(2)
  })

  it.each([
    ['finds what waits in a queue of its own while the loop has no time left', 1, true],
    ['does not take a slow party for overload while the loop has time left', 0.5, false],
  ])('%s', (_, utilization, isShedding) => {
    const loop = createLoop()
    loop.setUtilization(utilization)
    const waiting: Array<() => void> = []
    for (let n = 0; n < 200; n++) {
      for (let k = 0; k < 4; k++) {
        const leave = loop.begin('anonymous')
        if (leave !== null) waiting.push(leave)
      }
      loop.turn(1, 2)
      loop.pass(8)
      if (n > 50) waiting.splice(0, 2).forEach((leave) => leave())
    }
    expect(loop.guard.refused > 0).toBe(isShedding)
  })

  it('finds that connections queue where it cannot count them, and refuses until one turn brings no new one', () => {
    const loop = createLoop()
    const arrive = (): number => {
      loop.guard.noteConnection()
      return loop.turn(1, 2)
    }
    for (let n = 0; n < 400; n++) arrive()
    expect(loop.guard.isShedding).toBe(true)
    const begun = Array.from({ length: 12 }, arrive)
    expect(begun.reduce((sum, count) => sum + count, 0)).toBeLessThan(6)
    loop.turn(1, 2)
    expect(arrive()).toBe(1)
  })

  it('goes on working when connections never end', () => {
    const loop = createLoop()
    let begun = 0
    for (let n = 0; n < 4000; n++) {
      loop.guard.noteConnection()
      const count = loop.turn(1, 2)
      begun += count
      if (count === 0) loop.pass(0.1)
    }
    expect(loop.guard.isShedding).toBe(true)
    expect((begun * 2) / loop.now()).toBeGreaterThan(0.2)
  })

  it('takes everything again once nothing had to be refused for a while', () => {
    const loop = createLoop()
    overload(loop)
    for (let n = 0; n < 100; n++) loop.turn(2, 2)
    expect(loop.guard.isShedding).toBe(false)
    expect(loop.turn(100, 2)).toBe(100)
  })

  it('needs no patience with an overload that comes back soon', () => {
    const loop = createLoop({ patienceMs: 2000 })
    overload(loop)
    const firstMs = loop.now()
    while (loop.guard.isShedding) loop.turn(2, 2)
    const calmMs = loop.now()
    overload(loop)
    expect(loop.now() - calmMs).toBeLessThan(firstMs / 2)
  })

  it('takes everything again after a pause', () => {
    const loop = createLoop()
    overload(loop)
    loop.turn(20, 2)
    loop.pass(5000)
    expect(loop.turn(100, 2)).toBe(100)
  })

  it('does not take slow requests, one by one, for overload', () => {
    const loop = createLoop()
    for (let n = 0; n < 50; n++) {
      expect(loop.turn(1, 390)).toBe(1)
      loop.pass(300)
    }
    expect(loop.guard.isShedding).toBe(false)
  })

  it('keeps a share of each turn for people who have signed in, and the last of it for acts', () => {
    const loop = createLoop({ turnMs: 10 })
    overload(loop)
    expect((['anonymous', 'signed-in', 'act'] as const).map((share) => loop.turn(40, 1, share))).toEqual([8, 10, 11])
  })

  it('keeps places for them too', () => {
    const { guard, begin } = createLoop({ maxInFlight: 20 })
    const fill = (share: Share): number => {
      const before = guard.inFlight
      while (begin(share) !== null) continue
      return guard.inFlight - before
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

  it('does not send those whom it refused back at one moment', () => {
    const { guard } = createLoop({ maxInFlight: 4 })
    for (let n = 0; n < 4; n++) guard.enter('act')
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
