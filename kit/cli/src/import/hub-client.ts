import { request } from 'undici'

/** A GraphQL answer of the hub. */
export interface HubAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: ReadonlyArray<{ readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }>
}

/** The hub could not be reached, or refused the whole call; `isTemporary` says whether the same call may go through later. */
export class HubCallError extends Error {
  constructor(
    message: string,
    readonly isTemporary: boolean,
  ) {
    super(message)
  }
}

/** Asks the hub; a network failure or 5xx is tried again up to `tries` times with growing waits (0.5, 1, 2, … s). */
export const callHub = async (
  hub: { readonly url: string; readonly token: string },
  document: string,
  variables: Record<string, unknown>,
  tries = 4,
): Promise<Record<string, unknown>> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await callOnce(hub, document, variables)
    } catch (error) {
      if (!(error instanceof HubCallError) || !error.isTemporary || attempt >= tries) throw error
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt))
    }
  }
}

const callOnce = async (
  hub: { url: string; token: string },
  document: string,
  variables: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  const response = await request(hub.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization: `Bearer ${hub.token}` },
    body: JSON.stringify({ query: document, variables }),
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  }).catch((error: unknown) => {
    throw new HubCallError(
      `The hub at ${hub.url} cannot be reached (${error instanceof Error ? error.message : 'unknown'}). Is it running?`,
      true,
    )
  })
  const text = await response.body.text()
  let answer: HubAnswer
  try {
    answer = JSON.parse(text) as HubAnswer
  } catch {
    throw new HubCallError(`${hub.url} answered ${response.statusCode}, but not as a GraphQL server.`, response.statusCode >= 500)
  }
  const [error] = answer.errors ?? []
  if (error !== undefined) {
    const code = String(error.extensions?.['code'] ?? response.statusCode)
    const remedy = error.extensions?.['remedy']
    const isTemporary = ['PARTY_UNAVAILABLE', 'STORAGE', 'OVERLOADED', 'DEADLINE_EXCEEDED'].includes(code)
    throw new HubCallError(`${code}: ${error.message}${typeof remedy === 'string' ? ` — ${remedy}` : ''}`, isTemporary)
  }
  return answer.data ?? {}
}
