import type { Dispatcher, Pool } from 'undici'

import { textOfUtf8 } from './answer-bytes.js'
import type { Clock } from './clock.js'
import { createEventQueue } from './event-queue.js'
import { readHead } from './http-headers.js'
import { PartyFault, type FaultReason } from './party-fault.js'
import type { ByteText } from './party-link.js'
import { createSseParser, type StreamEvent } from './sse-parser.js'

/** A subscription about to be opened. */
export interface StreamStart {
  readonly party: string
  readonly clock: Clock
  readonly body: Buffer
  /** Hands on the flat list of names and values, a turn later. */
  readonly makeHeaders: (onHeaders: (headers: string[]) => void) => void
  /** By then the party must have begun to answer, on the clock; how long it streams is bounded by nobody here. */
  readonly startBeforeMs: number
  readonly maxEventBytes: number
  /** Each of them ends the stream. */
  readonly signals: readonly AbortSignal[]
  readonly onEnd: () => void
}

const EVENT_STREAM_TYPE = /^text\/event-stream[ \t]*(?:;|$)/i

/** The timer and the listeners of a stream that is open; `release` takes them off. */
export const watchStream = (
  start: StreamStart,
  end: (fault: PartyFault) => void,
): { readonly hasBegun: () => void; readonly release: () => void } => {
  const hasBegun = start.clock.setTimer(start.startBeforeMs - start.clock.nowMs(), () =>
    end(new PartyFault(start.party, 'LATE', { detail: 'the subscription did not begin in time' })),
  )
  const abort = (): void => end(new PartyFault(start.party, 'ABORTED', { detail: 'nobody waits any more' }))
  for (const signal of start.signals) signal.addEventListener('abort', abort, { once: true })
  if (start.signals.some(({ aborted }) => aborted)) queueMicrotask(abort)
  return {
    hasBegun,
    release() {
      hasBegun()
      for (const signal of start.signals) signal.removeEventListener('abort', abort)
    },
  }
}

/**
 * Events of a subscription by server-sent events, in the graphql-sse protocol's distinct connections mode: `next` carries an answer,
 * `complete` ends the stream, comments keep it alive, events of other names are passed over.
 *
 * The socket is read only as the reader asks. Throws a `PartyFault` from `next`: as a call does before the stream has begun, STREAM
 * when it breaks off without `complete`.
 */
export const subscribeOverSse = (start: StreamStart & { readonly pool: Pool; readonly path: string }): AsyncIterator<ByteText> => {
  const { party } = start
  const parser = createSseParser(start.maxEventBytes)
  let abort: (() => void) | null = null
  let resume: (() => void) | null = null
  let isPaused = false
  let isOver = false

  const queue = createEventQueue({
    resume() {
      if (!isPaused) return
      isPaused = false
      resume?.()
    },
    close() {
      isOver = true
      watch.release()
      start.onEnd()
      abort?.()
    },
  })
  const watch = watchStream(start, (fault) => queue.end(fault))
  const fail = (fault: FaultReason, detail: string, more: { readonly status?: number; readonly cause?: unknown } = {}): void =>
    queue.end(new PartyFault(party, fault, { detail, ...more }))

  const take = (events: readonly StreamEvent[]): boolean => {
    let hasRoom = true
    for (const { name, data } of events) {
      if (name === 'complete') queue.end(null)
      if (name !== 'next' && name !== '') continue
      const text = textOfUtf8(Buffer.from(data, 'latin1'))
      if (text === null) fail('NOT_TEXT', 'an event that is no UTF-8')
      else hasRoom = queue.push(text)
    }
    return hasRoom
  }

  const handler: Dispatcher.DispatchHandler = {
    onConnect(stop) {
      abort = stop
      if (isOver) stop()
    },
    onHeaders(status, rawHeaders, goOn) {
      if (status < 200) return true
      watch.hasBegun()
      resume = goOn
      const head = readHead(rawHeaders)
      if (status > 299) fail('STATUS', `HTTP status ${status}`, { status })
      else if (!EVENT_STREAM_TYPE.test(head.contentType)) fail('NOT_JSON', 'a content type that is no event stream')
      else if (head.contentEncoding !== null && head.contentEncoding !== 'identity')
        fail('CODING', 'a content encoding that was not asked for')
      return true
    },
    onData(chunk) {
      const events = parser.push(chunk)
      if (events === null) fail('TOO_LARGE', `an event is larger than ${start.maxEventBytes} bytes`)
      isPaused = events !== null && !take(events) && !isOver
      return !isPaused
    },
    onComplete: () => fail('STREAM', 'the stream ended without saying so'),
    onError: (cause) => fail(resume === null ? connectFault(cause) : 'STREAM', 'the connection failed', { cause }),
  }
  start.makeHeaders((headers) => {
    if (!isOver) start.pool.dispatch({ path: start.path, method: 'POST', headers, body: start.body }, handler)
  })
  return queue.events
}

const connectFault = (cause: unknown): FaultReason =>
  (cause as { code?: unknown } | null)?.code === 'ADDRESS_REFUSED' ? 'REFUSED_ADDRESS' : 'CONNECTION'
