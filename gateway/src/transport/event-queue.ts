import type { PartyFault } from './party-fault.js'
import type { ByteText } from './party-link.js'

/** How the reader of a queue reaches back to its source. */
export interface EventSource {
  /** There is room again: the source may read on. */
  readonly resume: () => void
  /** Nobody reads any more, for whatever reason: the source is to be closed. Called once. */
  readonly close: () => void
}

/** Events between a socket and whoever reads them; one reader. */
export interface EventQueue {
  readonly events: AsyncIterator<ByteText>
  /** False when the source should stop reading until `resume`. */
  push(event: ByteText): boolean
  /** The source has ended; events that are still queued are read first. */
  end(fault: PartyFault | null): void
}

/**
 * An empty queue. Back-pressure is the source's part: it gets `false` as soon as one event waits for its reader, so what is held is
 * what one read from the socket brought.
 */
export const createEventQueue = (source: EventSource): EventQueue => {
  type Step = IteratorResult<ByteText, undefined>
  const done: Step = { done: true, value: undefined }
  const queue: ByteText[] = []
  let reader: { resolve(step: Step): void; reject(fault: PartyFault): void } | null = null
  let ended: { readonly fault: PartyFault | null } | null = null
  let isClosed = false

  const close = (): void => {
    if (isClosed) return
    isClosed = true
    source.close()
  }
  const end = (fault: PartyFault | null): void => {
    if (ended !== null) return
    const waiting = reader
    reader = null
    // A fault is told once; whoever asks again learns that it is over.
    ended = { fault: waiting === null ? fault : null }
    close()
    if (fault === null) waiting?.resolve(done)
    else waiting?.reject(fault)
  }

  return {
    push(event) {
      if (ended !== null) return false
      if (reader === null) return queue.push(event) === 0
      const waiting = reader
      reader = null
      waiting.resolve({ done: false, value: event })
      return true
    },
    end,
    events: {
      next() {
        const event = queue.shift()
        if (event !== undefined) return Promise.resolve({ done: false, value: event })
        if (ended === null) {
          return new Promise((resolve, reject) => {
            // First the reader, then the source: it may bring an event before `resume` returns.
            reader = { resolve, reject }
            source.resume()
          })
        }
        const { fault } = ended
        ended = { fault: null }
        return fault === null ? Promise.resolve(done) : Promise.reject(fault)
      },
      return() {
        queue.length = 0
        end(null)
        return Promise.resolve(done)
      },
    },
  }
}
