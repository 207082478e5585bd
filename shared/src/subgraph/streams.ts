/** Where the answers of a stream come from: events, and what each becomes. */
export interface StreamSource<T> {
  readonly events: AsyncIterable<unknown>
  /** Never rejects. */
  readonly write: (event: unknown) => Promise<T>
}

/** What a stream is made of. */
export interface StreamParts<T> {
  readonly begin: () => Promise<{ readonly only: T } | StreamSource<T>>
  /** The last answer of a stream whose beginning, source or writing broke. */
  readonly onFault: (error: unknown) => T
}

/** Every stream that a subgraph has open, so that stopping ends them all. */
export interface Streams<T> {
  /**
   * A stream that begins with its first `next()`: `begin` gives its source, or the one answer that is all of it.
   *
   * Ends when the signal is aborted, when it is returned, when its source ends, and on `endAll`; a wait is ended at once.
   */
  open(signal: AbortSignal, parts: StreamParts<T>): AsyncIterable<T>
  readonly count: number
  endAll(): void
}

const ENDED = { done: true as const, value: undefined }

/** One reader's way through one source. Reads are sequential, as `for await` makes them. */
const createStream = <T>({ begin, onFault }: StreamParts<T>, onEnd: () => void) => {
  let isEnded = false
  let source: { readonly events: AsyncIterator<unknown>; readonly write: (event: unknown) => Promise<T> } | null = null
  let letGo: () => void = () => undefined
  const ending = new Promise<typeof ENDED>((resolve) => {
    letGo = () => resolve(ENDED)
  })
  /** The end from inside: the answer that is on its way is still read. */
  const finish = (): void => {
    if (isEnded) return
    isEnded = true
    onEnd()
  }
  /** The end from outside: a wait is over at once. */
  const end = (): void => {
    if (isEnded) return
    finish()
    letGo()
    // Not awaited: a source that does not let go must not hold its reader.
    source?.events.return?.()?.catch(() => undefined)
  }
  const step = async (): Promise<IteratorResult<T, undefined>> => {
    if (source === null) {
      const begun = await begin()
      if ('only' in begun) {
        if (isEnded) return ENDED
        finish()
        return { done: false, value: begun.only }
      }
      source = { events: begun.events[Symbol.asyncIterator](), write: begun.write }
      if (isEnded) {
        source.events.return?.()?.catch(() => undefined)
        return ENDED
      }
    }
    const event = await source.events.next()
    if (isEnded) return ENDED
    if (event.done === true) {
      finish()
      return ENDED
    }
    return { done: false, value: await source.write(event.value) }
  }
  const next = (): Promise<IteratorResult<T, undefined>> => {
    if (isEnded) return Promise.resolve(ENDED)
    const stepping = step().catch((error: unknown): IteratorResult<T, undefined> => {
      if (isEnded) return ENDED
      finish()
      source?.events.return?.()?.catch(() => undefined)
      return { done: false, value: onFault(error) }
    })
    return Promise.race([stepping, ending])
  }
  const iterator: AsyncIterator<T, undefined> = {
    next,
    return() {
      end()
      return Promise.resolve(ENDED)
    },
  }
  return { iterator, end }
}

/** Keeps the streams of one subgraph. */
export const createStreams = <T>(): Streams<T> => {
  const open = new Set<() => void>()
  return {
    open: (signal, parts) => ({
      [Symbol.asyncIterator]() {
        const { iterator, end } = createStream(parts, () => {
          open.delete(end)
          signal.removeEventListener('abort', end)
        })
        open.add(end)
        signal.addEventListener('abort', end, { once: true })
        if (signal.aborted) end()
        return iterator
      },
    }),
    get count() {
      return open.size
    },
    endAll() {
      for (const end of open) end()
    },
  }
}
