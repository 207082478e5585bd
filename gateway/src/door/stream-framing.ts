import type { ByteText } from '../transport/party-link.js'
import type { StreamType } from './media-type.js'

/** How results stand in a body that goes on: the words of one streaming protocol. */
export interface StreamFraming {
  readonly contentType: string
  /** Written at once, so that proxies and clients know that the stream is open. */
  readonly opening: ByteText
  readonly result: (result: ByteText) => ByteText
  /** The errors of an operation that the hub ends, as `{"errors":[…]}`. */
  readonly fault: (errors: ByteText) => ByteText
  readonly beat: ByteText
  readonly closing: ByteText
}

/** A party may write line breaks between its tokens; inside strings JSON has none. */
const oneLine = (text: ByteText): ByteText => (text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text)
const sseEvent = (result: ByteText): ByteText => `event: next\ndata: ${oneLine(result)}\n\n`

/**
 * GraphQL over server-sent events, "distinct connections mode": one response for one operation, events `next` and `complete`.
 * The empty data of `complete` is for the browser's EventSource, which drops events without.
 */
export const SSE: StreamFraming = {
  contentType: 'text/event-stream; charset=utf-8',
  opening: ':\n\n',
  result: sseEvent,
  fault: sseEvent,
  beat: ':\n\n',
  closing: 'event: complete\ndata: \n\n',
}

// Each part ends with the boundary that begins the next: Apollo's client shows a part when it sees that boundary.
const part = (json: ByteText): ByteText => `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--graphql`

/**
 * Apollo's multipart subscriptions 1.0: a part per result, `{"payload":…}`, and `{}` as heartbeat. An error of the transport
 * itself stands beside a payload of null.
 */
export const MULTIPART: StreamFraming = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  opening: '--graphql',
  result: (result) => part(`{"payload":${result}}`),
  fault: (errors) => part(`{"payload":null,${errors.slice(1)}`),
  beat: part('{}'),
  closing: '--\r\n',
}

/** The framing of a kind of stream. */
export const FRAMINGS: Readonly<Record<StreamType, StreamFraming>> = { sse: SSE, multipart: MULTIPART }
