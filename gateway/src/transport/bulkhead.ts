import type { Clock } from './clock.js'

/** How a wait for a place ended. */
export type Turn = 'entered' | 'busy' | 'late' | 'aborted'

/** Bounds the calls that one party can hold at the same time, so that a slow one fills its own room and no other. */
export interface Bulkhead {
  inFlight(): number
  queued(): number
  /** Takes a place if one is free and nobody waits for it. */
  tryEnter(): boolean
  /** Waits for a place; `busy` at once when the queue is full, and after the longest wait. */
  waitTurn(untilMs: number, signal: AbortSignal | undefined): Promise<Turn>
  /** Gives a place back; the longest waiting call gets it. */
  leave(): void
}

/** An empty bulkhead: `maxInFlight` places, `maxQueued` waiting at most `maxWaitMs`. */
export const createBulkhead = (options: {
  readonly clock: Clock
  readonly maxInFlight: number
  readonly maxQueued: number
  readonly maxWaitMs: number
}): Bulkhead => {
  const { clock } = options
  // A set keeps the order of arrival and lets whoever gives up leave from the middle.
  const queue = new Set<(turn: Turn) => void>()
  let inFlight = 0
  return {
    inFlight: () => inFlight,
    queued: () => queue.size,
    tryEnter() {
      if (inFlight >= options.maxInFlight) return false
      inFlight += 1
      return true
    },
    waitTurn(untilMs, signal) {
      if (queue.size >= options.maxQueued) return Promise.resolve('busy')
      if (signal?.aborted === true) return Promise.resolve('aborted')
      return new Promise((resolve) => {
        const leftMs = untilMs - clock.nowMs()
        const end = (turn: Turn): void => {
          queue.delete(end)
          cancel()
          signal?.removeEventListener('abort', abort)
          resolve(turn)
        }
        const abort = (): void => end('aborted')
        const cancel = clock.setTimer(Math.min(leftMs, options.maxWaitMs), () => end(leftMs <= options.maxWaitMs ? 'late' : 'busy'))
        signal?.addEventListener('abort', abort, { once: true })
        queue.add(end)
      })
    },
    leave() {
      const [next] = queue
      // The place goes on to the next one; the count stays.
      if (next !== undefined) next('entered')
      else inFlight -= 1
    },
  }
}
