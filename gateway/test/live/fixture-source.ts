/** A source of events in the hand of a test. */
export interface Source<T> extends AsyncIterable<T> {
  push(...events: T[]): void
  /** The party ends it. */
  end(): void
  fail(fault: Error): void
  /** Somebody has asked for an event. */
  readonly isOpen: boolean
  /** Who reads it has let it go. */
  readonly isLeft: boolean
}

/** A source without bound; `signal` lets it go as `return` does. */
export const createSource = <T>(signal?: AbortSignal): Source<T> => {
  const queue: T[] = []
  let end: { readonly fault: Error | null } | null = null
  let [isOpen, isLeft] = [false, false]
  let wake = (): void => undefined
  const leave = (): void => {
    isLeft = true
    end ??= { fault: null }
    wake()
  }
  signal?.addEventListener('abort', leave)
  const source: Source<T> = {
    push(...events) {
      queue.push(...events)
      wake()
    },
    end() {
      end ??= { fault: null }
      wake()
    },
    fail(fault) {
      end ??= { fault }
      wake()
    },
    get isOpen() {
      return isOpen
    },
    get isLeft() {
      return isLeft
    },
    [Symbol.asyncIterator]: () => ({
      async next() {
        isOpen = true
        for (;;) {
          const value = queue.shift()
          if (value !== undefined) return { done: false, value }
          if (end?.fault) throw end.fault
          if (end !== null) return { done: true, value: undefined }
          await new Promise<void>((resolve) => (wake = resolve))
        }
      },
      async return() {
        leave()
        return { done: true, value: undefined }
      },
    }),
  }
  return source
}

/** Waits until all that can go on without the outside has gone on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

/** Waits for a state that something outside brings about; gives up after so many looks that the test has failed. */
export const until = async (isReached: () => boolean): Promise<void> => {
  for (let looks = 0; looks < 5000; looks++) {
    if (isReached()) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`never reached: ${isReached.toString()}`)
}
