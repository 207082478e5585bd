import { isUtf8 } from 'node:buffer'

import type { ByteText } from '../transport/party-link.js'
import { jsonText } from './answers.js'

/** What a client may say in the protocol `graphql-transport-ws`. */
export type ClientMessage =
  | { readonly type: 'connection_init' | 'ping' | 'pong'; readonly payload: Readonly<Record<string, unknown>> | null }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly type: 'complete'; readonly id: string }

const MAX_ID_LENGTH = 255

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isId = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH

/** Reads a message; null for everything that the protocol does not know. Ids are 1 to 255 characters. */
export const readMessage = (data: Buffer): ClientMessage | null => {
  if (!isUtf8(data)) return null
  let value: unknown
  try {
    value = JSON.parse(data.toString())
  } catch {
    return null
  }
  if (!isRecord(value)) return null
  const { type, id, payload = null } = value
  switch (type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return payload === null || isRecord(payload) ? { type, payload } : null
    case 'subscribe':
      return isId(id) && isRecord(payload) ? { type, id, payload } : null
    case 'complete':
      return isId(id) ? { type, id } : null
    default:
      return null
  }
}

/** Messages of the hub, as bytes. Results are spliced in as they are. */
export const MESSAGES = {
  ack: '{"type":"connection_ack"}',
  pong: (payload: Readonly<Record<string, unknown>> | null): ByteText =>
    payload === null ? '{"type":"pong"}' : `{"type":"pong","payload":${jsonText(payload)}}`,
  next: (id: string, result: ByteText): ByteText => `{"id":${jsonText(id)},"type":"next","payload":${result}}`,
  error: (id: string, errors: readonly object[]): ByteText => `{"id":${jsonText(id)},"type":"error","payload":${jsonText(errors)}}`,
  complete: (id: string): ByteText => `{"id":${jsonText(id)},"type":"complete"}`,
} as const

/** Why the hub closes a WebSocket: the code and the words of the close frame. The first six are the protocol's own. */
export const CLOSE = {
  invalidMessage: [4400, 'Invalid message'],
  notAcknowledged: [4401, 'Unauthorized'],
  forbidden: [4403, 'Forbidden'],
  wrongProtocol: [4406, 'Subprotocol not acceptable'],
  initTimeout: [4408, 'Connection initialisation timeout'],
  initTwice: [4429, 'Too many initialisation requests'],
  tokenExpired: [4403, 'Token expired'],
  slow: [4410, 'Slow consumer: messages wait that were not read'],
  tooLarge: [1009, 'Message too big'],
  goingAway: [1001, 'Going away, resume'],
  tryLater: [1013, 'Try again later'],
} as const satisfies Record<string, readonly [number, string]>

/** Close frames hold 123 bytes of words. */
export const idTaken = (id: string): readonly [number, string] => {
  const words = `Subscriber for ${id} already exists`
  return [4409, Buffer.byteLength(words) <= 123 ? words : 'Subscriber already exists']
}
