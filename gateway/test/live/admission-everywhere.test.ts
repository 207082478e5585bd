import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

import type { Gateway } from '../../src/gateway.js'
import { startFixture } from '../fixture-gateway.js'
import type { FixtureSubgraph } from '../fixture-subgraph.js'

type Refusal = { readonly code: unknown; readonly reason: unknown }
type Ask = (gateway: Gateway, query: string) => Promise<Refusal>
type Body = { errors?: { extensions: Record<string, unknown> }[] }

const refusalIn = ({ errors }: Body): Refusal => ({ code: errors?.[0]?.extensions['code'], reason: errors?.[0]?.extensions['reason'] })
const post =
  (accept: string): Ask =>
  async (gateway, query) => {
    const headers = { 'content-type': 'application/json', accept }
    const text = await (await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text()
    const [json = '{}'] = /\{.*\}/.exec(text) ?? []
    return refusalIn(JSON.parse(json) as Body)
  }
const get: Ask = async (gateway, query) => {
  const response = await fetch(`${gateway.url}?query=${encodeURIComponent(query)}`, { headers: { 'hub-preflight': '1' } })
  return refusalIn((await response.json()) as Body)
}
const webSocket: Ask = async (gateway, query) => {
  const client = createClient({ url: gateway.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
  try {
    for await (const result of client.iterate({ query })) return refusalIn(result as Body)
    return { code: undefined, reason: undefined }
  } catch (errors) {
    return refusalIn({ errors: errors as Body['errors'] })
  } finally {
    await client.dispose()
  }
}

const TRANSPORTS: [string, Ask][] = [
  ['POST', post('application/json')],
  ['GET', get],
  ['server-sent events', post('text/event-stream')],
  ['multipart', post('multipart/mixed;subscriptionSpec=1.0')],
  ['a WebSocket', webSocket],
]
const times = (n: number, make: (index: number) => string): string => Array.from({ length: n }, (_, index) => make(index)).join(' ')
const doubling = times(20, (n) => `fragment F${n} on Person { ${n === 19 ? 'id' : `...F${n + 1} friends { id } ...F${n + 1}`} }`)

/** Each limit with a document just beyond it. */
const LIMITS: [string, string, string, string][] = [
  ['depth', `{ me ${'{ friends '.repeat(15)}{ id }${' }'.repeat(15)} }`, 'DOCUMENT_TOO_LARGE', 'DEPTH_OVER_15'],
  ['aliases', `{ me { ${times(31, (n) => `a${n}: id`)} } }`, 'DOCUMENT_TOO_LARGE', 'ALIASES_OVER_30'],
  ['root fields', `{ ${times(21, () => 'me { id }')} }`, 'DOCUMENT_TOO_LARGE', 'ROOT_FIELDS_OVER_20'],
  ['directives', `{ me { ${times(51, () => 'id @include(if: true)')} } }`, 'DOCUMENT_TOO_LARGE', 'DIRECTIVES_OVER_50'],
  ['tokens', `{ me { ${'id '.repeat(2001)} } }`, 'DOCUMENT_TOO_LARGE', 'TOKENS_OVER_2000'],
  ['selections', `{ me { ...F0 } } ${doubling}`, 'DOCUMENT_TOO_LARGE', 'SELECTIONS_OVER_5000'],
  ['nesting', `{ count(filter: ${'['.repeat(45)}${']'.repeat(45)}) }`, 'DOCUMENT_TOO_LARGE', 'NESTING_OVER_40'],
  ['a reserved alias', '{ __proto__: me { id } }', 'BAD_REQUEST', 'RESERVED_ALIAS'],
  ['an unknown field', '{ nobody }', 'BAD_REQUEST', 'DOCUMENT_INVALID'],
  ['deferred parts', '{ me { ... @defer { id } } }', 'BAD_REQUEST', 'INCREMENTAL_DELIVERY_NOT_OFFERED'],
  ['streamed lists', '{ me { friends @stream { id } } }', 'BAD_REQUEST', 'INCREMENTAL_DELIVERY_NOT_OFFERED'],
]

describe('CVE-2026-30241 (mercurius): limits that one way in does not know', () => {
  let gateway: Gateway
  let residents: FixtureSubgraph
  beforeAll(async () => {
    ;({ gateway, residents } = await startFixture())
  })
  afterAll(() => gateway.stop())

  describe.each(TRANSPORTS)('%s', (_, ask) => {
    it.each(LIMITS)('refuses by %s', async (_limit, query, code, reason) => {
      const before = residents.calls.length
      expect(await ask(gateway, query)).toEqual({ code, reason })
      expect(residents.calls.length).toBe(before)
    })

    it('lets in what is within all limits', async () => {
      const before = residents.calls.length
      expect(await ask(gateway, '{ me { name } }')).toEqual({ code: undefined, reason: undefined })
      expect(residents.calls.length).toBe(before + 1)
    })
  })
})
