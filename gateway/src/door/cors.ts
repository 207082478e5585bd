import type { IncomingMessage } from 'node:http'

const ALLOWED_HEADERS = 'authorization, content-type, accept-language, hub-acting-for, hub-purpose, hub-preflight, apollo-require-preflight'

/** Headers that let an allowed origin read the answer; empty for every other origin. Never with cookies: the API knows none. */
export const corsHeaders = (request: IncomingMessage, origins: readonly string[]): Record<string, string> => {
  const { origin } = request.headers
  if (origins.length === 0) return {}
  if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return { vary: 'origin' }
  return { 'access-control-allow-origin': origin, vary: 'origin' }
}

/** Headers of the answer to a CORS preflight. */
export const preflightHeaders = (request: IncomingMessage, origins: readonly string[]): Record<string, string> => {
  const headers = corsHeaders(request, origins)
  if (headers['access-control-allow-origin'] === undefined) return headers
  return {
    ...headers,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': ALLOWED_HEADERS,
    'access-control-max-age': '600',
  }
}
