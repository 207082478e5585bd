import type { IncomingMessage } from 'node:http'

import type { HeaderBlock } from './header-blocks.js'

const ALLOWED_HEADERS =
  'authorization, content-type, accept, accept-language, hub-acting-for, hub-client, hub-explain, hub-purpose, hub-preflight, apollo-require-preflight'

const NONE: HeaderBlock = []
const VARY: HeaderBlock = ['vary', 'origin']

/** Whether a page of this origin may read answers. */
export const isAllowedOrigin = (origin: string, origins: readonly string[]): boolean => origins.includes(origin) || origins.includes('*')

/** Headers that let an allowed origin read the answer; empty for every other origin. Never with cookies: the API knows none. */
export const corsHeaders = (request: IncomingMessage, origins: readonly string[]): HeaderBlock => {
  if (origins.length === 0) return NONE
  const { origin } = request.headers
  if (origin === undefined || !isAllowedOrigin(origin, origins)) return VARY
  return ['access-control-allow-origin', origin, 'access-control-expose-headers', 'retry-after', ...VARY]
}

/** Headers of the answer to a CORS preflight. */
export const preflightHeaders = (request: IncomingMessage, origins: readonly string[]): HeaderBlock => {
  const headers = corsHeaders(request, origins)
  if (headers.length <= VARY.length) return headers
  return [
    ...headers,
    'access-control-allow-methods',
    'GET, POST',
    'access-control-allow-headers',
    ALLOWED_HEADERS,
    'access-control-max-age',
    '600',
  ]
}
