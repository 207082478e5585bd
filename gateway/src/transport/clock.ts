/**
 * Time as the transport sees it: monotonic, in milliseconds, with timers. A test or a simulation brings its own and runs in
 * virtual time.
 */
export interface Clock {
  /** Now on the clock of `CallContext.deadlineAtMs` (`performance.now()` in production). */
  nowMs(): number
  /** Calls back once, not before `delayMs` have passed; the returned function calls it off. Never calls back synchronously. */
  setTimer(delayMs: number, onTime: () => void): () => void
}

const TICK_MS = 20
const SLOTS = 256

interface Entry {
  readonly onTime: () => void
  readonly atTick: number
}

/**
 * A clock whose timers share one interval: a call in flight costs an entry in a set instead of a timer of its own.
 *
 * Timers fire up to one tick late (20 ms) and what the event loop adds, never early. The interval runs while a timer waits.
 */
export const createWheelClock = (now: () => number = () => performance.now()): Clock => {
  const slots = Array.from({ length: SLOTS }, () => new Set<Entry>())
  let waiting = 0
  let doneTick = 0
  let interval: NodeJS.Timeout | null = null

  const turn = (): void => {
    const tick = Math.floor(now() / TICK_MS)
    // After a long pause of the loop each slot is looked at once, not once per missed tick.
    for (let at = Math.max(doneTick + 1, tick - SLOTS + 1); at <= tick; at++) {
      const slot = slots[at % SLOTS] as Set<Entry>
      for (const entry of slot) {
        if (entry.atTick > tick) continue
        slot.delete(entry)
        waiting -= 1
        entry.onTime()
      }
    }
    doneTick = tick
    if (waiting === 0 && interval !== null) {
      clearInterval(interval)
      interval = null
    }
  }

  return {
    nowMs: now,
    setTimer(delayMs, onTime) {
      if (interval === null) {
        doneTick = Math.floor(now() / TICK_MS)
        interval = setInterval(turn, TICK_MS)
      }
      const atTick = Math.max(doneTick + 1, Math.ceil((now() + Math.max(0, delayMs)) / TICK_MS))
      const slot = slots[atTick % SLOTS] as Set<Entry>
      const entry: Entry = { onTime, atTick }
      slot.add(entry)
      waiting += 1
      return () => {
        if (slot.delete(entry)) waiting -= 1
      }
    },
  }
}

/** The process's clock; all parties share its one interval. Nothing runs until a timer is set. */
export const SYSTEM_CLOCK: Clock = createWheelClock()
