import type { TestHub, TestPersona } from '@commonhall/harness'
import { isErrorCode } from '@commonhall/shared/errors'

/** What came of a hostile request: DONE, NOTHING (null), or a code of the catalogue. */
export interface Outcome {
  readonly code: string
  /** What a clear answer must not be; empty when the answer is clear. */
  readonly faults: readonly string[]
  readonly data: Record<string, unknown> | null
}

interface Told {
  readonly message?: unknown
  readonly code?: unknown
  readonly remedy?: unknown
}

const unclear = ({ message, code, remedy }: Told): string[] => {
  const faults: string[] = []
  if (typeof code !== 'string' || !isErrorCode(code)) faults.push(`no code of the catalogue: ${JSON.stringify({ message, code })}`)
  if (code === 'INTERNAL') faults.push('INTERNAL')
  if (typeof message !== 'string' || message === '') faults.push(`no message with ${String(code)}`)
  if (typeof remedy !== 'string' || remedy === '') faults.push(`no remedy with ${String(code)}`)
  if (typeof message === 'string' && /select |insert |column|constraint|syntax error at or near|at \/|\.ts:|node_modules/i.test(message))
    faults.push(`too much said: ${message}`)
  if (typeof message === 'string' && message.length > 2_000) faults.push(`a message of ${message.length} characters`)
  return faults
}

/** Reads an answer as a careful front-end would. */
export const outcomeOf = (status: number, text: string): Outcome => {
  let body: { data?: Record<string, unknown> | null; errors?: ReadonlyArray<{ message: string; extensions?: Record<string, unknown> }> }
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    return { code: 'UNREADABLE', faults: [`no JSON with ${status}: ${text.slice(0, 80)}`], data: null }
  }
  const faults = status >= 500 ? [`status ${status}`] : []
  for (const { message, extensions } of body.errors ?? [])
    faults.push(...unclear({ message, code: extensions?.['code'], remedy: extensions?.['remedy'] }))
  const values = Object.values(body.data ?? {}) as Array<(Record<string, unknown> & Told) | null>
  for (const value of values) if (value?.['__typename'] === 'Refusal') faults.push(...unclear(value))
  const [first] = values
  const code =
    body.errors?.[0]?.extensions?.['code'] ??
    (first === null || first === undefined ? 'NOTHING' : first['__typename'] === 'Refusal' ? first.code : 'DONE')
  return { code: String(code), faults, data: body.data ?? null }
}

/** Sends a request as somebody; the body goes over the wire as it is. */
export const send = async (
  hub: TestHub,
  persona: TestPersona | null,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Outcome> => {
  const response = await fetch(hub.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(persona === null ? {} : { authorization: `Bearer ${await hub.token(persona)}` }),
      ...headers,
    },
    body,
  })
  return outcomeOf(response.status, await response.text())
}

/** Sends a query with variables. */
export const ask = (hub: TestHub, persona: TestPersona | null, query: string, variables: unknown): Promise<Outcome> =>
  send(hub, persona, JSON.stringify({ query, variables }))
