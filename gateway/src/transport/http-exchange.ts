import { AnswerBytes, textOfUtf8 } from './answer-bytes.js'
import type { Clock } from './clock.js'
import { isJsonType } from './http-headers.js'
import type { AnswerSink } from './http1-connection.js'
import type { Http1Head } from './http1-head.js'
import { inflate, isTooMuch, type Coding } from './inflate.js'
import { PartyFault, type FaultReason } from './party-fault.js'
import type { ByteText } from './party-link.js'

/** What holds for every exchange with one party. */
export interface ExchangeRules {
  readonly party: string
  readonly clock: Clock
  readonly maxAnswerBytes: number
  /** Codings that the request asks for; empty for none. */
  readonly codings: readonly Coding[]
  /** Told how each exchange has ended; null: well. */
  readonly onSettled: (fault: PartyFault | null) => void
}

/** An error page up to this size is read and dropped, which keeps the connection; a longer one costs it. */
const MAX_DROPPED_BYTES = 64 * 1024
const DROP_PATIENCE_MS = 250

/**
 * One request and its answer on one connection, settled exactly once.
 *
 * Checks in the order in which bytes come: status (2xx alone; no redirect is ever followed), content type, coding, announced length,
 * length while reading, UTF-8. Whatever fails rejects at once with a `PartyFault` that holds nothing of the answer. The connection
 * is closed when bytes were left unread, and kept otherwise.
 */
export class HttpExchange implements AnswerSink {
  private readonly signal: AbortSignal | undefined
  private readonly onAbort: (() => void) | null
  private abort: (() => void) | null = null
  private bytes: AnswerBytes | null = null
  private coding: Coding | null = null
  private droppedBytes = 0
  private isSettled = false
  private isFinished = false
  private cancelTimer: () => void

  constructor(
    private readonly rules: ExchangeRules,
    wait: { readonly deadlineAtMs: number; readonly signal?: AbortSignal | undefined },
    private readonly resolve: (text: ByteText) => void,
    private readonly reject: (fault: PartyFault) => void,
  ) {
    const { signal } = wait
    this.signal = signal
    this.cancelTimer = rules.clock.setTimer(wait.deadlineAtMs - rules.clock.nowMs(), () =>
      this.end('LATE', 'no answer before the deadline'),
    )
    this.onAbort = signal === undefined ? null : () => this.end('ABORTED', 'nobody waits any more')
    if (this.onAbort !== null) signal?.addEventListener('abort', this.onAbort, { once: true })
  }

  /** Whether it is settled; then there is nothing to send any more. */
  isOver(): boolean {
    return this.isSettled
  }

  onConnect(abort: () => void): void {
    // The wait may have ended while the request stood in line for a connection.
    if (this.isSettled) abort()
    else this.abort = abort
  }

  onHead(status: number, head: Http1Head): void {
    if (status > 299) {
      this.refuse('STATUS', { detail: `HTTP status ${status}`, status })
      this.cancelTimer = this.rules.clock.setTimer(DROP_PATIENCE_MS, () => this.cut())
      return
    }
    if (!isJsonType(head.contentType)) return this.end('NOT_JSON', 'a content type that is no JSON')
    if (head.contentEncoding !== null && head.contentEncoding !== 'identity') {
      this.coding = this.rules.codings.find((coding) => coding === head.contentEncoding) ?? null
      if (this.coding === null) return this.end('CODING', 'a content encoding that was not asked for')
    }
    if ((head.contentLength ?? 0) > this.rules.maxAnswerBytes) return this.tooLarge()
    this.bytes = new AnswerBytes(this.rules.maxAnswerBytes, head.contentLength)
  }

  onData(chunk: Buffer): void {
    if (this.bytes !== null && !this.isSettled) {
      if (!this.bytes.add(chunk)) this.tooLarge()
      return
    }
    this.droppedBytes += chunk.length
    if (this.droppedBytes > MAX_DROPPED_BYTES) this.cut()
  }

  onWait(): void {
    if (!this.isSettled) this.bytes?.keep()
  }

  onComplete(): void {
    this.isFinished = true
    if (this.isSettled || this.bytes === null) return this.cancelTimer()
    const bytes = this.bytes.whole()
    if (this.coding === null) return this.take(bytes)
    // The deadline's timer runs on while inflating.
    inflate(Buffer.from(bytes), this.coding, this.rules.maxAnswerBytes).then(
      (inflated) => this.take(inflated),
      (cause: unknown) => {
        if (isTooMuch(cause)) this.tooLarge()
        else this.refuse('CODING', { detail: 'compressed bytes that cannot be inflated', cause })
      },
    )
  }

  onError(cause: Error): void {
    this.isFinished = true
    if (this.isSettled) return this.cancelTimer()
    const isAddress = (cause as { code?: unknown }).code === 'ADDRESS_REFUSED'
    this.refuse(isAddress ? 'REFUSED_ADDRESS' : 'CONNECTION', { detail: 'the connection failed', cause })
  }

  private take(bytes: Buffer): void {
    const text = textOfUtf8(bytes)
    if (text === null) return this.refuse('NOT_TEXT', { detail: 'an answer that is no UTF-8' })
    if (!this.settle()) return
    this.rules.onSettled(null)
    this.resolve(text)
  }

  private tooLarge(): void {
    this.end('TOO_LARGE', `the answer is larger than ${this.rules.maxAnswerBytes} bytes, or comes in crumbs`)
  }

  /** Refuses, and reads no further. */
  private end(fault: FaultReason, detail: string): void {
    this.refuse(fault, { detail })
    this.cut()
  }

  private refuse(fault: FaultReason, options: { readonly detail: string; readonly cause?: unknown; readonly status?: number }): void {
    if (!this.settle()) return
    const error = new PartyFault(this.rules.party, fault, options)
    this.rules.onSettled(error)
    this.reject(error)
  }

  private settle(): boolean {
    if (this.isSettled) return false
    this.isSettled = true
    this.cancelTimer()
    if (this.onAbort !== null) this.signal?.removeEventListener('abort', this.onAbort)
    return true
  }

  private cut(): void {
    this.cancelTimer()
    if (!this.isFinished) this.abort?.()
  }
}
