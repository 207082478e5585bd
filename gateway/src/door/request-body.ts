import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'

import { HubError } from '@commonhall/shared/errors'

/**
 * The body of a request as text, counted while it arrives.
 *
 * Refused: BODY_TOO_LARGE at the first byte too many, BAD_REQUEST when it is no UTF-8 or the client goes away.
 */
export const readRequestBody = (request: IncomingMessage, maxBytes: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const tooLarge = (): void => reject(new HubError('BODY_TOO_LARGE', { reason: `BYTES_OVER_${maxBytes}` }))
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge()
    let first: Buffer | null = null
    let more: Buffer[] | null = null
    let bytes = 0
    let isOver = false
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) {
        // What is left is not worth reading; the answer says so and the connection closes.
        request.pause()
        return tooLarge()
      }
      if (first === null) first = chunk
      else (more ??= [first]).push(chunk)
    })
    request.on('end', () => {
      isOver = true
      const body = more === null ? (first ?? Buffer.alloc(0)) : Buffer.concat(more, bytes)
      if (isUtf8(body)) resolve(body.toString())
      else reject(new HubError('BAD_REQUEST', { reason: 'BODY_UNREADABLE' }))
    })
    const gone = (cause?: unknown): void => {
      if (!isOver) reject(new HubError('BAD_REQUEST', { cause, reason: 'BODY_UNREADABLE' }))
    }
    request.on('error', gone)
    request.on('close', gone)
  })
