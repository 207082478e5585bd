import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { PARTY_NAMES } from '@commonhall/harness'

import { startStreetHub } from '../../stories/street-hub.js'
import { ACTS } from '../../stories/suggestion-life/documents.js'
import { forgeries } from './forgeries.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>

describe('tokens at the door of the whole hub', () => {
  let stand: Stand

  beforeAll(async () => {
    stand = await startStreetHub()
  }, 120_000)
  afterAll(() => stand.hub.stop())

  const post = async (headers: Record<string, string>, query: string, variables?: object) => {
    const response = await fetch(stand.hub.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : null,
    }
  }
  const journalRows = async (): Promise<number> => {
    let count = 0
    for (const party of PARTY_NAMES) count += Number((await stand.hub.sql<{ n: string }>(party, 'select count(*) as n from journal'))[0]?.n)
    return count
  }

  it('refuses each that is not good with 401, asks no party, and never takes the caller for nobody in particular', async () => {
    const submit = { kind: 'COMPLAINT', text: '伪造', community: stand.street.communities[0]?.id, channel: 'WEB', anonymous: true }
    const before = await journalRows()
    const outcomes: Record<string, unknown> = {}
    const all = await forgeries(stand.hub, stand.cast.cadre)
    const statements = await stand.hub.statements(async () => {
      for (const [fault, authorization] of Object.entries(all))
        for (const [query, variables] of [
          ['{ departments { id } me { id } }', {}],
          [ACTS.submitSuggestion, { input: submit }],
        ] as const) {
          const { status, headers, body } = await post({ authorization }, query, variables)
          const [error, ...more] = (body?.['errors'] ?? []) as Array<{ extensions: Record<string, unknown> }>
          outcomes[fault] = [
            status,
            error?.extensions['code'],
            more.length,
            body !== null && 'data' in body,
            headers.get('www-authenticate'),
          ]
          expect(error?.extensions['remedy']).toBe('Get a new token.')
        }
    })
    expect(outcomes).toEqual(Object.fromEntries(Object.keys(all).map((fault) => [fault, [401, 'UNAUTHENTICATED', 0, false, 'Bearer']])))
    expect(statements).toEqual([])
    expect(await journalRows()).toBe(before)
  })

  it('refuses a header that is larger than any token, before it reads it', async () => {
    for (const length of [20_000, 200_000]) {
      const { status, text } = await post({ authorization: `Bearer ${'A'.repeat(length)}` }, '{ departments { id } }').catch(() => ({
        status: 431,
        text: '',
      }))
      expect([401, 431]).toContain(status)
      expect(text).not.toContain('departments')
    }
  })

  it('repeats no byte of a token, good or bad, in what it answers', async () => {
    const all = { ...(await forgeries(stand.hub, stand.cast.cadre)), good: `Bearer ${await stand.hub.token(stand.cast.cadre)}` }
    for (const authorization of Object.values(all)) {
      const { text } = await post({ authorization }, '{ departments { id } }')
      for (const piece of authorization.split(/[ .]/).filter((part) => part.length > 20)) expect(text).not.toContain(piece.slice(0, 20))
    }
  })

  it('lets nobody act for a party at which the token holds no post', async () => {
    const { cadreOfOther, officer } = stand.street.personas
    for (const actingFor of [cadreOfOther.id, officer.id, 'cmt_00000000000000000000000000', '*', "' or 1=1 --", '__proto__']) {
      const authorization = `Bearer ${await stand.hub.token(stand.cast.cadre)}`
      const { status, body } = await post({ authorization, 'hub-acting-for': actingFor }, '{ departments { id } }')
      expect([actingFor, status, body]).toEqual([
        actingFor,
        403,
        {
          errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_A_MEMBER', remedy: expect.any(String) }) })],
        },
      ])
    }
  })

  it('lets an anonymous caller act for nobody', async () => {
    const { status, body } = await post({ 'hub-acting-for': stand.street.personas.cadre.id }, '{ departments { id } }')
    expect([status, body]).toEqual([
      403,
      { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_A_MEMBER' }) })] },
    ])
  })

  it('takes nothing from headers that only the hub may write', async () => {
    const inbound = { 'hub-assertion': 'forged', 'hub-subject': 'resident', 'x-forwarded-user': 'cadre', signature: 'sig=:x:' }
    const { status, body } = await post(inbound, '{ me { id } }')
    expect(status).toBe(200)
    expect((body?.['data'] as { me: unknown }).me).toBeNull()
    expect(JSON.stringify(body?.['errors'])).toContain('UNAUTHENTICATED')
  })
})
