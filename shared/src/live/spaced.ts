/** Waits; ends early when the signal is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

const sleepWithTimer: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * Hands on what a source gives, with at least `everyMs` from one to the next; the first comes at once.
 *
 * Meant for sources that keep the newest of what waits, such as `LiveTopics.watch`: what came in between is told by the last of it.
 */
export const spaced = <T>(source: AsyncIterable<T>, everyMs: number, sleep: Sleep = sleepWithTimer): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const items = source[Symbol.asyncIterator]()
    const leaving = new AbortController()
    let isFirst = true
    return {
      async next() {
        if (!isFirst) await sleep(everyMs, leaving.signal)
        isFirst = false
        return items.next()
      },
      async return() {
        leaving.abort()
        await items.return?.()
        return { done: true, value: undefined }
      },
    }
  },
})
