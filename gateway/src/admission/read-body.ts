import type { IncomingMessage } from 'node:http'

import { HubError } from '@commonhall/shared/errors'

/** Body bytes nobody in particular may send. */
export const ANONYMOUS_BODY_BYTES = 32 * 1024
/** Body bytes a signed-in caller may send. */
export const SIGNED_IN_BODY_BYTES = 1024 * 1024

const JSON_UTF8 = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i

/** Refuses every content type but JSON in UTF-8, and every content encoding: exotic charsets have been a way to exhaust servers. */
export const checkContentType = (request: IncomingMessage): void => {
  const isJson = JSON_UTF8.test(request.headers['content-type'] ?? '')
  if (!isJson || request.headers['content-encoding'] !== undefined) throw new HubError('UNSUPPORTED_MEDIA_TYPE')
}

/** The body as text, counted while it is read: refused with BODY_TOO_LARGE at the first byte too many, with BAD_REQUEST when it is no UTF-8. */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<string> => {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > maxBytes) throw new HubError('BODY_TOO_LARGE', { reason: `BYTES_OVER_${maxBytes}` })
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw new HubError('BODY_TOO_LARGE', { reason: `BYTES_OVER_${maxBytes}` })
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, bytes))
  } catch (cause) {
    if (cause instanceof HubError) throw cause
    throw new HubError('BAD_REQUEST', { cause, reason: 'BODY_UNREADABLE' })
  }
}
