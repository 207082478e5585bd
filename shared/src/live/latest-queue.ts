import { HubError } from '../errors/index.js'

/** What waits for one slow reader: of each subject the newest, in the order in which the subjects became news. */
export interface LatestQueue<T> extends AsyncIterableIterator<T> {
  push(subject: string, value: T): void
  /** Ends it with an error, after what waits. */
  fail(error: Error): void
}

/** Subjects that may wait; more means a reader that has gone away without a word. */
export const MAX_WAITING = 1_000

/**
 * Makes a queue that never drops a subject: a newer state takes the place of an older one of the same subject.
 *
 * With more than 1,000 subjects waiting it ends with SLOW_CONSUMER. `onClose` is called once, when the reader leaves or it fails.
 */
export const createLatestQueue = <T>(onClose: () => void): LatestQueue<T> => {
  const waiting = new Map<string, T>()
  let failure: Error | null = null
  let isClosed = false
  let wake: (() => void) | null = null
  const close = (): void => {
    if (isClosed) return
    isClosed = true
    onClose()
  }
  const ring = (): void => {
    wake?.()
    wake = null
  }
  const queue: LatestQueue<T> = {
    push(subject, value) {
      if (isClosed) return
      if (waiting.size >= MAX_WAITING && !waiting.has(subject)) return queue.fail(new HubError('SLOW_CONSUMER'))
      waiting.set(subject, value)
      ring()
    },
    fail(error) {
      if (isClosed) return
      failure = error
      close()
      ring()
    },
    async next() {
      for (;;) {
        for (const [subject, value] of waiting) {
          waiting.delete(subject)
          return { done: false, value }
        }
        if (failure !== null) {
          const error = failure
          failure = null
          throw error
        }
        if (isClosed) return { done: true, value: undefined }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async return() {
      waiting.clear()
      close()
      ring()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => queue,
  }
  return queue
}
