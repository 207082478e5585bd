import { request } from 'undici'

/** Where the hub is, and who asks. */
export interface Hub {
  readonly url: string
  readonly language: 'zh' | 'en'
  /** The access token; `isFresh` after the hub no longer took the last one. */
  readonly token: (isFresh: boolean) => Promise<string>
}

/** How patiently a call is made. */
export interface Patience {
  /** Waits between tries, in order; none: a single try. */
  readonly waitsMs: readonly number[]
  /** Told before each wait. */
  readonly onWait?: (error: HubCallError, waitMs: number) => void
  readonly signal?: AbortSignal
}

/** A GraphQL answer of the hub. */
interface HubAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: ReadonlyArray<{ readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }>
}

/** The hub could not be reached or refused the whole call; the same call may go through later when `isTemporary`. */
export class HubCallError extends Error {
  constructor(
    message: string,
    readonly isTemporary: boolean,
    readonly code: string | null = null,
  ) {
    super(message)
  }
}

/** Codes of failures that pass; a write that may have happened is safe to repeat, because its key says that it is the same. */
const PASSING = ['PARTY_UNAVAILABLE', 'STORAGE', 'OVERLOADED', 'DEADLINE_EXCEEDED', 'RATE_LIMITED']
const TIMEOUT_MS = 60_000

/** Waits that outlast the restart of a hub: about a minute in all. */
export const RESTART_WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]

/** Asks the hub. What passes (no network, 503, a party away) is tried again after each wait; a token that ran out is renewed once. */
export const callHub = async (
  hub: Hub,
  document: string,
  variables: Record<string, unknown>,
  patience: Patience = { waitsMs: [] },
): Promise<Record<string, unknown>> => {
  const waits = [...patience.waitsMs]
  let isFresh = false
  for (;;) {
    try {
      return await callOnce(hub, await hub.token(isFresh), document, variables)
    } catch (error) {
      if (!(error instanceof HubCallError)) throw error
      if (error.code === 'UNAUTHENTICATED' && !isFresh) {
        isFresh = true
        continue
      }
      const waitMs = waits.shift()
      if (!error.isTemporary || waitMs === undefined || patience.signal?.aborted === true) throw error
      patience.onWait?.(error, waitMs)
      await pause(waitMs, patience.signal)
    }
  }
}

/** Waits, but not longer than until the person stops it. */
const pause = (waitMs: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs)
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })

const callOnce = async (hub: Hub, token: string, query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const { statusCode, text } = await post(hub, token, JSON.stringify({ query, variables }))
  let answer: HubAnswer
  try {
    answer = JSON.parse(text) as HubAnswer
  } catch {
    throw new HubCallError(`${hub.url} answered ${statusCode}, but not as a GraphQL server.`, statusCode >= 500)
  }
  const [error] = answer.errors ?? []
  if (error === undefined) return answer.data ?? {}
  const code = typeof error.extensions?.['code'] === 'string' ? error.extensions['code'] : String(statusCode)
  const remedy = error.extensions?.['remedy']
  throw new HubCallError(`${code}: ${error.message}${typeof remedy === 'string' ? ` — ${remedy}` : ''}`, PASSING.includes(code), code)
}

const post = async (hub: Hub, token: string, body: string): Promise<{ statusCode: number; text: string }> => {
  try {
    const response = await request(hub.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'accept-language': hub.language,
        authorization: `Bearer ${token}`,
      },
      body,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
    return { statusCode: response.statusCode, text: await response.body.text() }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : 'unknown')
    throw new HubCallError(`The hub at ${hub.url} cannot be reached (${reason}).`, true)
  }
}
