import { describe, expect, it } from '@jest/globals'

import { HubError } from '@commonhall/shared/errors'
import { bodyDigest, type AssertionClaims } from '@commonhall/shared/identity'
import type { LocalSubgraph, SubgraphAnswer, SubgraphRequest } from '@commonhall/shared/port'

import { byteTextOf, textOfBytes } from './byte-text.js'
import { createLocalLink } from './local-link.js'
import type { CallContext, PartyCall } from './party-link.js'

const NOW_MS = Date.parse('2026-03-02T02:00:00Z')
const QUERY = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'
const call = (variables: unknown = {}): PartyCall => ({
  party: 'residents',
  query: QUERY,
  bodyPrefix: byteTextOf(`{"query":${JSON.stringify(QUERY)},"variables":`),
  variables: byteTextOf(JSON.stringify(variables)),
  isMutation: false,
})
const context = (over: Partial<CallContext> = {}): CallContext => ({
  identity: {
    sub: 'pseudonym',
    roles: ['resident'],
    actingFor: null,
    client: 'app',
    purpose: null,
    language: 'zh',
    traceId: 't',
    scope: 'query',
  },
  deadlineAtMs: performance.now() + 1_000,
  ...over,
})

/** A subgraph that notes what it was asked. */
const listening = (answer: (request: SubgraphRequest) => Promise<SubgraphAnswer>) => {
  const asked: { request: SubgraphRequest; claims: AssertionClaims }[] = []
  const subgraph: LocalSubgraph = {
    name: 'residents',
    sdl: '',
    execute(request, claims) {
      asked.push({ request, claims })
      return answer(request)
    },
    subscribe: (request, claims, signal) => ({
      [Symbol.asyncIterator]() {
        asked.push({ request, claims })
        let count = 0
        const waiting = new Promise<IteratorResult<SubgraphAnswer>>((resolve) =>
          signal.addEventListener('abort', () => resolve({ done: true, value: undefined }), { once: true }),
        )
        return {
          next: () => (count++ === 0 ? Promise.resolve({ done: false as const, value: { data: { live: '现' } } }) : waiting),
        }
      },
    }),
  }
  return { asked, link: createLocalLink(subgraph, { nowMs: () => NOW_MS }) }
}

describe('the link to a party in this process', () => {
  it('carries texts of any script there and back, and shares no object', async () => {
    const given = { data: { name: '社区 — é', half: '\ud800' } }
    const { asked, link } = listening(async () => given)
    const answer = await link.call(call({ r: [{ __typename: 'X', id: '天生街' }] }), context())
    expect(answer).toMatch(/^[\u0000-\u00ff]*$/)
    expect(JSON.parse(textOfBytes(answer))).toEqual({ data: { name: '社区 — é', half: '\ud800' } })
    expect(asked[0]?.request).toEqual({ query: QUERY, variables: { r: [{ __typename: 'X', id: '天生街' }] } })
  })

  it('states for whom, until when, and over which bytes, as a call over HTTP does', async () => {
    const { asked, link } = listening(async () => ({ data: {} }))
    const one = call({ r: ['é'] })
    await link.call(one, context())
    await link.call(one, context())
    const iat = NOW_MS / 1000
    expect(asked[0]?.claims).toMatchObject({ iss: 'hub', aud: 'residents', iat, exp: iat + 60, sub: 'pseudonym', scope: 'query' })
    expect(asked[0]?.claims.digest).toBe(bodyDigest(Buffer.from(JSON.stringify({ query: QUERY, variables: { r: ['é'] } }))))
    expect(asked[0]?.claims.deadlineMs).toBeLessThanOrEqual(1_000)
    expect(asked[0]?.claims.jti).not.toBe(asked[1]?.claims.jti)
  })

  it('says that a party which breaks is unavailable, and nothing of why to people', async () => {
    const { link } = listening(async () => {
      throw new TypeError('secret of a row')
    })
    const refused = await link.call(call(), context()).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(HubError)
    expect(refused).toMatchObject({ code: 'PARTY_UNAVAILABLE' })
    expect((refused as HubError).message).not.toContain('secret')
    expect(link.isUp()).toBe(false)
  })

  it('refuses an answer that is larger than a party may give', async () => {
    const { link } = listening(async () => ({ data: { text: '字'.repeat(3 * 1024 * 1024) } }))
    await expect(link.call(call(), context())).rejects.toMatchObject({ code: 'PARTY_UNAVAILABLE' })
  })

  it('lets go at once when nobody waits any more, and holds it against nobody', async () => {
    const { link } = listening(() => new Promise(() => undefined))
    const leaving = new AbortController()
    const answer = link.call(call(), context({ signal: leaving.signal }))
    leaving.abort()
    await expect(answer).rejects.toMatchObject({ code: 'PARTY_UNAVAILABLE' })
    await expect(link.call(call(), context({ signal: leaving.signal }))).rejects.toBeInstanceOf(HubError)
    expect(link.isUp()).toBe(true)
  })

  it('gives events one by one, and ends while waiting when the reader leaves', async () => {
    const { link } = listening(async () => ({ data: {} }))
    const events = link.subscribe(call(), context())[Symbol.asyncIterator]()
    expect(textOfBytes(((await events.next()) as { value: string }).value)).toBe('{"data":{"live":"现"}}')
    const waiting = events.next()
    await events.return?.()
    expect((await waiting).done).toBe(true)
  })

  it('ends events when the wait as a whole is given up', async () => {
    const { link } = listening(async () => ({ data: {} }))
    const leaving = new AbortController()
    const events = link.subscribe(call(), context({ signal: leaving.signal }))[Symbol.asyncIterator]()
    await events.next()
    leaving.abort()
    expect((await events.next()).done).toBe(true)
  })
})
