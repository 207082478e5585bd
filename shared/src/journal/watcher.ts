import { createLoop } from './loop.js'

/** Looks at the clock for a party: promises due and broken, limits that ran out. */
export interface Watcher {
  /** Looks now; resolves with the number of things that the passing of time did. */
  look(): Promise<number>
  stop(): Promise<void>
}

/**
 * Runs `look` every `everyMs`. What was already told is marked in the rows themselves, in the transaction that tells it, so
 * a watcher that was down for a day tells everything once when it is back.
 */
export const createWatcher = (options: {
  readonly everyMs: number
  readonly look: () => Promise<number>
  readonly onError: (error: unknown) => void
}): Watcher => {
  const loop = createLoop({ work: options.look, pollMs: options.everyMs, onError: options.onError })
  loop.wake()
  return { look: loop.runNow, stop: loop.stop }
}
