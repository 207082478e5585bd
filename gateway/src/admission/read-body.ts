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
