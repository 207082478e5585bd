import type { Clock } from '../src/transport/clock.js'

/** A clock for tests that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Lets `ms` pass: timers fire in order of time, and what they set in motion settles in between. */
  pass(ms: number): Promise<void>
  /** Lets promises settle without time passing. */
  settle(): Promise<void>
  timers(): number
}

interface Timer {
  readonly atMs: number
  readonly nth: number
  readonly onTime: () => void
}

/** A clock at 1,000 s, so that no window reaches before zero. */
export const createVirtualClock = (startMs = 1_000_000): VirtualClock => {
  const timers = new Set<Timer>()
  let nowMs = startMs
  let nth = 0
  const settle = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    nowMs: () => nowMs,
    setTimer(delayMs, onTime) {
      const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), nth: nth++, onTime }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    settle,
    timers: () => timers.size,
    async pass(ms) {
      const endMs = nowMs + ms
      await settle()
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs || a.nth - b.nth)
        if (next === undefined) break
        timers.delete(next)
        nowMs = Math.max(nowMs, next.atMs)
        next.onTime()
        await settle()
      }
      nowMs = endMs
    },
  }
}
