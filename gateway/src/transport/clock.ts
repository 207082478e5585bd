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

/** A timer in the ring of its slot. */
interface Entry {
  onTime: (() => void) | null
  readonly atTick: number
  before: Entry
  after: Entry
}

/** The fixed member of an empty ring. */
const ring = (): Entry => {
  const head = { onTime: null, atTick: Infinity } as unknown as Entry
  head.before = head
  head.after = head
  return head
}

/** Takes an entry out of its ring; false when it is in none. What is left of it leads nowhere, neither to the call nor to other entries. */
const unlink = (entry: Entry): boolean => {
  if (entry.onTime === null) return false
  entry.onTime = null
  entry.before.after = entry.after
  entry.after.before = entry.before
  entry.before = entry
  entry.after = entry
  return true
}

/**
 * A clock whose timers share one interval: a call in flight costs an entry in a ring instead of a timer of its own.
 *
 * Timers fire up to one tick late (20 ms) and what the event loop adds, never early. The interval runs while a timer waits. Rings and
 * not sets: the tables of a set outlive their members in the old generation, and kept every answer until the next full collection.
 */
export const createWheelClock = (now: () => number = () => performance.now()): Clock => {
  const slots = Array.from({ length: SLOTS }, ring)
  let waiting = 0
  let doneTick = 0
  let interval: NodeJS.Timeout | null = null

  const fire = (slot: Entry, tick: number): void => {
    const due: Entry[] = []
    for (let entry = slot.after; entry !== slot; entry = entry.after) if (entry.atTick <= tick) due.push(entry)
    // One that is due may call off another.
    for (const entry of due) {
      const { onTime } = entry
      if (!unlink(entry)) continue
      waiting -= 1
      onTime?.()
    }
  }
  const turn = (): void => {
    const tick = Math.floor(now() / TICK_MS)
    // After a long pause of the loop each slot is looked at once, not once per missed tick.
    const from = Math.max(doneTick + 1, tick - SLOTS + 1)
    // What is set meanwhile belongs to a later turn.
    doneTick = tick
    for (let at = from; at <= tick; at++) fire(slots[at % SLOTS] as Entry, tick)
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
      const slot = slots[atTick % SLOTS] as Entry
      const entry: Entry = { onTime, atTick, before: slot.before, after: slot }
      slot.before.after = entry
      slot.before = entry
      waiting += 1
      return () => {
        if (unlink(entry)) waiting -= 1
      }
    },
  }
}

/** The process's clock; all parties share its one interval. Nothing runs until a timer is set. */
export const SYSTEM_CLOCK: Clock = createWheelClock()
