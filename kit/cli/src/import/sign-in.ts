import { request } from 'undici'

import { HubCallError } from './hub-client.js'

const GRANT = 'urn:commonhall:demo:persona'
const TIMEOUT_MS = 10_000

/** A persona that the demo sign-in does not know, or a hub without one. */
export class UnknownPersonaError extends Error {}

/**
 * The token source of an import: the token that was given, or the demo's token of a persona, asked for when first needed and again when it ran out.
 *
 * A given token is never renewed. Throws HubCallError when the sign-in does not answer, UnknownPersonaError when it says no.
 */
export const signIn = (given: string | undefined, persona: string, identityUrl: string): ((isFresh: boolean) => Promise<string>) => {
  if (given !== undefined) return () => Promise.resolve(given)
  let known: string | null = null
  return async (isFresh) => {
    if (known === null || isFresh) known = await askForToken(persona, identityUrl)
    return known
  }
}

const askForToken = async (persona: string, identityUrl: string): Promise<string> => {
  const body = new URLSearchParams({ grant_type: GRANT, client_id: 'commonhall-cli', persona }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  let answer: { access_token?: string; error_description?: string }
  try {
    const options = { method: 'POST', body, headers, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS } as const
    const response = await request(`${identityUrl}/token`, options)
    if (response.statusCode >= 500) throw new Error(String(response.statusCode))
    answer = (await response.body.json()) as typeof answer
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : 'unknown')
    throw new HubCallError(`The demo sign-in at ${identityUrl} cannot be reached (${reason}).`, true)
  }
  if (answer.access_token === undefined) throw new UnknownPersonaError(answer.error_description ?? 'no token')
  return answer.access_token
}
