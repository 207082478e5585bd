import type { ByteText } from '../transport/party-link.js'

/** Counts bytes that wait somewhere; refuses what would exceed its bound or its parent's. */
export interface ByteAccount {
  /** False: nothing was taken. */
  take(bytes: number): boolean
  give(bytes: number): void
  readonly bytes: number
}

/** An account with a bound; `parent` counts the same bytes again, for connections inside the process. */
export const createByteAccount = (maxBytes: number, parent?: ByteAccount): ByteAccount => {
  let bytes = 0
  return {
    take(more) {
      // What is alone may be larger: it could not be delivered otherwise. The parent's bound has no such exception.
      if (bytes > 0 && bytes + more > maxBytes) return false
      if (parent !== undefined && !parent.take(more)) return false
      bytes += more
      return true
    },
    give(less) {
      bytes -= less
      parent?.give(less)
    },
    get bytes() {
      return bytes
    },
  }
}

/** Events of one operation that wait for its client, oldest first. */
export interface EventBuffer {
  /** False: it is full, and nothing was kept. */
  push(event: ByteText): boolean
  shift(): ByteText | undefined
  /** Forgets everything, and gives its bytes back. */
  clear(): void
  readonly isEmpty: boolean
}

/** A buffer bounded in events, and in bytes by the account of its connection. */
export const createEventBuffer = (maxEvents: number, account: ByteAccount): EventBuffer => {
  let events: ByteText[] = []
  return {
    push(event) {
      if (events.length >= maxEvents || !account.take(event.length)) return false
      events.push(event)
      return true
    },
    shift() {
      // At most some dozens wait, so moving them costs nothing worth a ring.
      const event = events.shift()
      if (event !== undefined) account.give(event.length)
      return event
    },
    clear() {
      for (const event of events) account.give(event.length)
      events = []
    },
    get isEmpty() {
      return events.length === 0
    },
  }
}
