import type { Clock } from './clock.js'

const WINDOW_SECONDS = 10
const SHARE = 0.1
const FREE = 3

/** How many second tries a party's trouble may cost: a herd of retries is what keeps a struggling party down. */
export interface RetryBudget {
  noteCall(): void
  /** Takes a retry from the budget, or says that there is none: at most 3 and a tenth of the calls of the last 10 seconds. */
  take(): boolean
}

/** An untouched budget. */
export const createRetryBudget = (clock: Clock): RetryBudget => {
  const calls = new Array<number>(WINDOW_SECONDS).fill(0)
  const retries = new Array<number>(WINDOW_SECONDS).fill(0)
  const secondOf = new Array<number>(WINDOW_SECONDS).fill(-1)
  const slot = (): number => {
    const second = Math.floor(clock.nowMs() / 1000)
    const at = second % WINDOW_SECONDS
    if (secondOf[at] !== second) {
      secondOf[at] = second
      calls[at] = 0
      retries[at] = 0
    }
    return at
  }
  const sum = (counts: readonly number[]): number => {
    const oldest = Math.floor(clock.nowMs() / 1000) - WINDOW_SECONDS
    return counts.reduce((total, count, at) => total + ((secondOf[at] as number) > oldest ? count : 0), 0)
  }
  return {
    noteCall() {
      const at = slot()
      calls[at] = (calls[at] as number) + 1
    },
    take() {
      const at = slot()
      if (sum(retries) + 1 > FREE + sum(calls) * SHARE) return false
      retries[at] = (retries[at] as number) + 1
      return true
    },
  }
}
