import type { LookupFunction } from 'node:net'

import { WebSocket } from 'ws'

import { textOfUtf8 } from './answer-bytes.js'
import { createEventQueue } from './event-queue.js'
import { watchStream, type StreamStart } from './event-stream.js'
import { memberRanges } from './json-members.js'
import { PartyFault, type FaultReason } from './party-fault.js'
import type { ByteText } from './party-link.js'

/** Room around an event for the words of the protocol. */
const ENVELOPE_BYTES = 1024
const PROTOCOL = 'graphql-transport-ws'

/** A subscription over WebSocket. */
export interface WebSocketStart extends StreamStart {
  /** http(s) or ws(s). */
  readonly url: string
  readonly lookup: LookupFunction | undefined
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string } | undefined
}

interface Message {
  readonly type?: unknown
  readonly id?: unknown
}

const pairs = (flat: readonly string[]): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (let at = 0; at + 1 < flat.length; at += 2) headers[flat[at] as string] = flat[at + 1] as string
  return headers
}

const webSocketUrl = (url: string): string => url.replace(/^http/i, 'ws')

const openSocket = (start: WebSocketStart, headers: readonly string[]): WebSocket =>
  new WebSocket(webSocketUrl(start.url), PROTOCOL, {
    headers: pairs(headers),
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: start.maxEventBytes + ENVELOPE_BYTES,
    ...start.tls,
    ...(start.lookup === undefined ? {} : { lookup: start.lookup }),
  })

/** Ends a socket politely; a party that does not answer the closing handshake keeps none of ours. */
const leave = (socket: WebSocket, start: WebSocketStart): void => {
  if (socket.readyState === WebSocket.OPEN) {
    socket.send('{"id":"1","type":"complete"}')
    socket.resume()
    socket.close(1000)
  }
  const cancel = start.clock.setTimer(1000, () => socket.terminate())
  if (socket.readyState === WebSocket.CONNECTING) socket.terminate()
  socket.once('close', cancel)
}

/**
 * Events of a subscription by the graphql-transport-ws protocol, one socket each, for third parties that offer nothing else.
 *
 * The bytes of each payload are handed on untouched. No compression, no redirect, messages bounded, the socket is read only as the
 * reader asks. The assertion (if any) covers the payload of `subscribe` and travels in the handshake.
 */
export const subscribeOverWebSocket = (start: WebSocketStart): AsyncIterator<ByteText> => {
  const { party } = start
  let socket: WebSocket | null = null
  let isOpen = false
  let isOver = false
  const say = (message: string): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(message)
  }
  const queue = createEventQueue({
    resume: () => socket?.resume(),
    close() {
      isOver = true
      watch.release()
      start.onEnd()
      if (socket !== null) leave(socket, start)
    },
  })
  const watch = watchStream(start, (fault) => queue.end(fault))
  const fail = (fault: FaultReason, detail: string, more: { readonly cause?: unknown; readonly status?: number } = {}): void =>
    queue.end(new PartyFault(party, fault, { detail, ...more }))

  const read = (bytes: Buffer): void => {
    const text = textOfUtf8(bytes)
    const message = text === null ? null : parseMessage(bytes)
    if (text === null || message === null) return fail('STREAM', 'a message that is no JSON object')
    switch (message.type) {
      case 'connection_ack':
        if (!isOpen) say(`{"id":"1","type":"subscribe","payload":${start.body.toString('utf8')}}`)
        isOpen = true
        watch.hasBegun()
        return
      case 'ping':
        return say('{"type":"pong"}')
      case 'next': {
        const range = memberRanges(text).get('payload')
        if (!isOpen || message.id !== '1' || range === undefined) return fail('STREAM', 'an event that belongs to nothing')
        if (!queue.push(text.slice(range[0], range[1]))) socket?.pause()
        return
      }
      case 'error': {
        // The errors of the operation as a whole: an answer without data, and the end.
        const range = memberRanges(text).get('payload')
        if (range !== undefined) queue.push(`{"errors":${text.slice(range[0], range[1])}}`)
        return queue.end(null)
      }
      case 'complete':
        return queue.end(null)
      default:
    }
  }

  start.makeHeaders((headers) => {
    if (isOver) return
    const opened = openSocket(start, headers)
    socket = opened
    opened.on('open', () => say('{"type":"connection_init"}'))
    opened.on('message', (data) => read(Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)))
    opened.on('unexpected-response', (request, response) => {
      fail('STATUS', `HTTP status ${response.statusCode ?? 0}`, { status: response.statusCode ?? 0 })
      request.destroy()
    })
    opened.on('error', (cause) => fail(isOpen ? 'STREAM' : 'CONNECTION', 'the connection failed', { cause }))
    opened.on('close', (code) => fail(isOpen ? 'STREAM' : 'CONNECTION', `the socket was closed with ${code}`))
  })
  return queue.events
}

const parseMessage = (bytes: Buffer): Message | null => {
  try {
    const message: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? message : null
  } catch {
    return null
  }
}
