import type { IncomingMessage } from 'node:http'

import { HubError } from '@commonhall/shared/errors'

import { checkContentType } from '../admission/read-body.js'
import { requestOfBody, requestOfParameters } from '../admission/read-request.js'
import type { OperationRequest } from '../planning/operation-catalogue.js'
import { readRequestBody } from './request-body.js'

/** A header's first value. */
export const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** GET, and HEAD which is a GET without its body. */
export const isRead = (request: IncomingMessage): boolean => request.method === 'GET' || request.method === 'HEAD'

/** A GET must prove that a browser has asked first: a simple request could come from any page (XS-Search, CSRF). */
const checkPreflight = (request: IncomingMessage): void => {
  const isProven =
    header(request, 'hub-preflight') !== undefined ||
    header(request, 'apollo-require-preflight') !== undefined ||
    /^application\/json\b/i.test(request.headers['content-type'] ?? '')
  if (!isProven) throw new HubError('BAD_REQUEST', { reason: 'PREFLIGHT_HEADER_MISSING' })
}

/**
 * The operation in a request: in its parameters (GET, with proof of a preflight) or in its JSON body (POST), bounded by who asks.
 *
 * Refused: METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, BAD_REQUEST.
 */
export const readOperation = async (request: IncomingMessage, maxBytes: number): Promise<OperationRequest> => {
  if (isRead(request)) {
    checkPreflight(request)
    const url = request.url ?? ''
    const mark = url.indexOf('?')
    return requestOfParameters(new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)))
  }
  checkContentType(request)
  return requestOfBody(await readRequestBody(request, maxBytes))
}
