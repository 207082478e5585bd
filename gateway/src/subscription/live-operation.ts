import { HubError } from '@commonhall/shared/errors'

import type { Clock } from '../transport/clock.js'
import type { ByteText } from '../transport/party-link.js'
import { createEventBuffer, type ByteAccount } from './event-buffer.js'

/** Where a transport puts the answers of one live operation. */
export interface LiveSink {
  /** Hands one answer to the client; false: hold the next one until `drained`. */
  next(answer: ByteText): boolean
  /** A sign of life; asked only while nothing waits. */
  beat(): void
  /** The last word, after which nothing is asked any more: `fault` tells why, null is the plain end. */
  end(fault: unknown): void
}

/** Why a live operation ended: the source's end, the client's leave, or the code of an error. */
export type LiveReason = 'complete' | 'left' | (string & {})

/** What a live operation was, for its log line. */
export interface LiveSummary {
  readonly reason: LiveReason
  /** Handed to the client. */
  readonly events: number
  readonly bytes: number
  readonly fault: unknown
}

/** One subscription of one client, from its start to its end. */
export interface LiveOperation {
  /** Told by the transport: the client has read, there is room again. */
  drained(): void
  /** Told by the transport: the client has gone or wants no more; nothing is written any more. */
  left(): void
  /** Ends it from the hub's side, after what already waits. */
  end(fault: HubError): void
  beat(): void
}

/** What a live operation is made of. */
export interface LiveOperationOptions<T> {
  readonly events: AsyncIterable<T>
  readonly textOf: (event: T) => ByteText
  readonly sink: LiveSink
  /** Bytes that wait in the client's connection. */
  readonly account: ByteAccount
  readonly maxBufferedEvents: number
  readonly clock: Clock
  /** When it ends by itself, and what its client is told then. */
  readonly lifetimeMs: number
  readonly lifetimeFault: () => HubError
  /** Called once, when nothing of it remains. */
  readonly onClosed: (summary: LiveSummary) => void
}

const reasonOf = (fault: unknown): LiveReason =>
  fault instanceof HubError ? `${fault.code}${fault.reason === undefined ? '' : ` ${fault.reason}`}` : 'INTERNAL'

/**
 * Runs one live operation: events go to the client as they come, in their order, each exactly once.
 *
 * A client that does not read is never waited for and never makes the source wait: a bounded number of events is kept, one more
 * cuts the operation at once with SLOW_CONSUMER, because dropping events silently would be wrong data.
 */
export const startLiveOperation = <T>(options: LiveOperationOptions<T>): LiveOperation => {
  const { sink } = options
  const buffer = createEventBuffer(options.maxBufferedEvents, options.account)
  const iterator = options.events[Symbol.asyncIterator]()
  let [events, bytes] = [0, 0]
  let isBlocked = false
  /** Set when no further event may come; the last word waits for the buffer. */
  let ending: { readonly fault: unknown } | null = null
  let isClosed = false

  const stopSource = (): void => {
    stopTimer()
    // An iterator may be waiting for an event that never comes; whoever opened it also holds its signal.
    void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
  const close = (reason: LiveReason, fault: unknown): void => {
    isClosed = true
    buffer.clear()
    options.onClosed({ reason, events, bytes, fault })
  }
  const hand = (text: ByteText): void => {
    events += 1
    bytes += text.length
    isBlocked = !sink.next(text)
  }
  const lastWord = (fault: unknown): void => {
    sink.end(fault)
    close(fault === null ? 'complete' : reasonOf(fault), fault)
  }
  const finish = (fault: unknown): void => {
    if (isClosed || ending !== null) return
    ending = { fault }
    stopSource()
    if (buffer.isEmpty) lastWord(fault)
  }
  const cut = (fault: HubError): void => {
    if (ending === null) stopSource()
    ending = { fault }
    lastWord(fault)
  }
  const offer = (text: ByteText): void => {
    if (!isBlocked) hand(text)
    else if (!buffer.push(text)) cut(new HubError('SLOW_CONSUMER', { detail: `${events} events had been read` }))
  }

  const pump = async (): Promise<void> => {
    try {
      for (;;) {
        const step = await iterator.next()
        if (isClosed || ending !== null) return
        if (step.done === true) return finish(null)
        offer(options.textOf(step.value))
      }
    } catch (fault) {
      finish(fault ?? new HubError('INTERNAL'))
    }
  }

  const stopTimer = options.clock.setTimer(options.lifetimeMs, () => finish(options.lifetimeFault()))
  void pump()

  return {
    drained() {
      isBlocked = false
      while (!isClosed && !isBlocked) {
        const text = buffer.shift()
        if (text === undefined) break
        hand(text)
      }
      if (!isClosed && ending !== null && buffer.isEmpty) lastWord(ending.fault)
    },
    left() {
      if (isClosed) return
      if (ending === null) stopSource()
      ending = { fault: null }
      close('left', null)
    },
    end: finish,
    beat() {
      if (!isBlocked && !isClosed && ending === null) sink.beat()
    },
  }
}
