import type { AssertionClaims } from '@commonhall/shared/identity'

/** What the hub states about a call, apart from what each call gets fresh (times, nonce, digest). */
export type CallIdentity = Omit<AssertionClaims, 'iss' | 'iat' | 'exp' | 'jti' | 'digest' | 'aud' | 'deadlineMs'>

/** Longest wait for one call. */
export const CALL_DEADLINE_MS = 5000
/** Largest answer of a party, decompressed. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024

/**
 * UTF-8 bytes held in a string, one character per byte (`buffer.latin1Slice()`; out again by `Buffer.from(text, 'latin1')`).
 *
 * Parties' answers travel through the hub in this form: slices cost nothing, text of any script is never decoded, and what is
 * spliced into an answer is the bytes that its owner wrote. Never show one to a person and never compare it with decoded text.
 */
export type ByteText = string

/** One operation for one party, ready to be sent. */
export interface PartyCall {
  readonly party: string
  /** The operation as planned, as an ordinary string; for parties in this process, and as the key of their caches. */
  readonly query: string
  /** JSON up to the variables: `{"query":"…","variables":` as bytes. Made once per compiled plan. */
  readonly bodyPrefix: ByteText
  /** JSON object of the variables as bytes; `{}` when there are none. The whole body is `bodyPrefix + variables + '}'`. */
  readonly variables: ByteText
  /** A mutation is never sent twice and never shared between requests. */
  readonly isMutation: boolean
}

/** What surrounds a call: on whose behalf, until when. */
export interface CallContext {
  readonly identity: CallIdentity
  /** `identity` without the trace as `claimMembers` writes it, for whoever has made it already. */
  readonly statedMembers?: string
  /** End of the whole operation on the monotonic clock (`performance.now()`), in milliseconds; it travels with the call. */
  readonly deadlineAtMs: number
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal
  /**
   * Names the principal for sharing of calls in flight: equal keys may share one answer. Absent: never shared.
   */
  readonly shareKey?: string
  /** Headers that travel to the party beside our own, chosen by an allow-list of the configuration. None unless said. */
  readonly headers?: Readonly<Record<string, string>>
  /** Place of the call in a trace, as the header of that name says it; never the client's own. */
  readonly traceparent?: string
  /** Told when the answer will be that of an equal call in flight. */
  readonly onShared?: () => void
}

/** A way to one party: in this process or over HTTP; both state the same identity and apply the same checks. */
export interface PartyLink {
  readonly party: string
  /**
   * Sends an operation and gives the body of its answer: valid UTF-8, at most `MAX_ANSWER_BYTES`, of a JSON content type.
   * Whether it is JSON at all is found by whoever reads it.
   *
   * Rejects with a `HubError`: PARTY_UNAVAILABLE, DEADLINE_EXCEEDED. Errors inside an answer are no rejection.
   */
  call(call: PartyCall, context: CallContext): Promise<ByteText>
  /** Events of a subscription, each the body of one answer; ends when the party ends it, throws as `call` rejects. */
  subscribe(call: PartyCall, context: CallContext): AsyncIterable<ByteText>
  /** Told by the engine: an answer arrived but could not be used as a whole (no JSON, no data with errors at the root). Counts like a failure. */
  noteUnusable(): void
  /** Whether the party answered last time; true before the first call. */
  isUp(): boolean
  close(): Promise<void>
}
