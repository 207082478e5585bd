import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { ACTS, type ActName } from '../../stories/suggestion-life/documents.js'
import type { HubUnderFire, PersonaName } from './hub-under-fire.js'

/** An act that the hub has answered with its record. */
export interface Acknowledged {
  readonly act: ActName
  readonly clientKey: string
  readonly record: Readonly<Record<string, unknown>>
  /** When the last request before the answer was lost on the way; null when the first one was answered. */
  readonly lostAtMs: number | null
}

/** A client that repeats an act with the same key until it is acknowledged, as every front-end should. */
export interface PatientClient {
  act(persona: PersonaName | null, name: ActName, input: Readonly<Record<string, unknown>>): Promise<Acknowledged['record']>
  query(persona: PersonaName, text: string, variables?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
  readonly acknowledged: readonly Acknowledged[]
  /** Requests that got no answer, by what came instead: a code of the catalogue, or CONNECTION. */
  readonly failures: ReadonlyMap<string, number>
}

/** The hub may say so at any time; the remedy is to try again with the same key. */
const PASSING = new Set(['STORAGE', 'PARTY_UNAVAILABLE', 'OVERLOADED', 'DEADLINE_EXCEEDED', 'CONNECTION'])
/** Another party has not heard of the record yet; its event is on the way. */
const NOT_YET = new Set(['NOT_FOUND', 'WRONG_STAGE'])
const PATIENCE_MS = 90_000
const REQUEST_MS = 10_000
const PAUSE_MS = 60

interface Wire {
  readonly data?: Record<string, Record<string, unknown> | null> | null
  readonly errors?: ReadonlyArray<{ readonly message: string; readonly extensions?: { readonly code?: string } }>
}

/** A patient client of one hub; any number of its acts may run at once. */
export const createPatientClient = (hub: HubUnderFire): PatientClient => {
  const acknowledged: Acknowledged[] = []
  const failures = new Map<string, number>()

  const post = async (persona: PersonaName | null, query: string, variables: object): Promise<Wire> => {
    const response = await fetch(`http://127.0.0.1:${hub.port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(persona === null ? {} : { authorization: `Bearer ${hub.tokens[persona]}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(REQUEST_MS),
    })
    return (await response.json()) as Wire
  }

  /** The code of what stood in the way, or the root field. */
  const attempt = async (
    persona: PersonaName | null,
    query: string,
    variables: object,
  ): Promise<{ failure: string } | { value: Record<string, unknown> }> => {
    const wire = await post(persona, query, variables).catch(() => null)
    if (wire === null) return { failure: 'CONNECTION' }
    const code = wire.errors?.[0]?.extensions?.code
    if (wire.errors !== undefined) return { failure: code ?? JSON.stringify(wire.errors) }
    const [value] = Object.values(wire.data ?? {})
    if (value === null || value === undefined) return { failure: 'NOTHING' }
    return value['__typename'] === 'Refusal' ? { failure: String(value['code']) } : { value }
  }

  const insist = async (
    persona: PersonaName | null,
    query: string,
    variables: object,
  ): Promise<{ value: Record<string, unknown>; lostAtMs: number | null }> => {
    const until = performance.now() + PATIENCE_MS
    let lostAtMs: number | null = null
    for (;;) {
      const result = await attempt(persona, query, variables)
      if ('value' in result) return { value: result.value, lostAtMs }
      const { failure } = result
      if (PASSING.has(failure)) {
        lostAtMs = Date.now()
        failures.set(failure, (failures.get(failure) ?? 0) + 1)
      } else if (!NOT_YET.has(failure))
        throw new Error(`refused for good with ${failure}: ${query.slice(0, 60)} ${JSON.stringify(variables)}`)
      if (performance.now() > until) throw new Error(`not acknowledged in ${PATIENCE_MS} ms, last ${failure}: ${query.slice(0, 60)}`)
      await sleep(PAUSE_MS * (0.5 + Math.random()))
    }
  }

  return {
    acknowledged,
    failures,
    async act(persona, name, input) {
      const clientKey = randomUUID()
      const { value, lostAtMs } = await insist(persona, ACTS[name], { input: { ...input, clientKey } })
      acknowledged.push({ act: name, clientKey, record: value, lostAtMs })
      return value
    },
    query: async (persona, text, variables = {}) => (await insist(persona, text, variables)).value,
  }
}
