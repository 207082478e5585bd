import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { PARTY_NAMES, type PartyName } from '@commonhall/harness'
import {
  ASSERTION_HEADER,
  bodyDigest,
  generateHubKey,
  loadHubKeys,
  loadVerifyKey,
  signAssertion,
  type AssertionClaims,
  type HubSigningKey,
} from '@commonhall/shared/identity'
import { listenSubgraph } from '@commonhall/shared/subgraph'
import { createLog } from '@commonhall/shared/telemetry'

import { startStreetHub } from '../../stories/street-hub.js'

type Stand = Awaited<ReturnType<typeof startStreetHub>>

const QUERY = JSON.stringify({ query: '{ __typename }' })
const LEAKS = [
  '{ _service { sdl } }',
  'query { a: _service { b: sdl } }',
  '{ ... on Query { _service { sdl } } }',
  'query { ...F } fragment F on Query { _service { sdl } }',
]

describe('a subgraph that is called directly, over HTTP', () => {
  let stand: Stand
  let key: HubSigningKey
  const listeners = {} as Record<PartyName, Awaited<ReturnType<typeof listenSubgraph>>>

  beforeAll(async () => {
    // Assertions are checked against the time of day, so the parties' clock must tell it too.
    stand = await startStreetHub({ now: new Date() })
    const pair = generateHubKey()
    key = loadHubKeys(pair.privateKeyPem)
    for (const name of PARTY_NAMES)
      listeners[name] = await listenSubgraph({
        subgraph: stand.hub.parties[name],
        verifyKeys: loadVerifyKey(pair.publicKeyPem),
        port: 0,
        isReady: async () => true,
        log: createLog({ name, level: 'fatal' }),
      })
  }, 120_000)
  afterAll(async () => {
    for (const name of PARTY_NAMES) await listeners[name].close()
    await stand.hub.stop()
  })

  const claimsOf = (
    party: PartyName,
    body: string,
    over: Partial<AssertionClaims> = {},
  ): Omit<AssertionClaims, 'iss' | 'iat' | 'exp' | 'jti'> => ({
    aud: party,
    digest: bodyDigest(body),
    sub: null,
    roles: ['anonymous'],
    actingFor: null,
    client: 'test',
    purpose: null,
    language: 'en',
    traceId: 'test',
    scope: 'query',
    deadlineMs: 5_000,
    ...over,
  })
  const call = async (party: PartyName, assertion: string | null, body = QUERY, path = '') => {
    stand.hub.clock.advanceMs(Date.now() - stand.hub.clock.now().getTime())
    const response = await fetch(`${listeners[party].url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(assertion === null ? {} : { [ASSERTION_HEADER]: assertion }) },
      body,
    })
    return { status: response.status, text: await response.text() }
  }
  const refused = (party: PartyName) => [party, 401, 'ASSERTION_REFUSED', false]
  const outcomeOf = (party: PartyName, { status, text }: { status: number; text: string }) => {
    const body = JSON.parse(text) as { data?: unknown; errors?: Array<{ extensions: { code: string } }> }
    return [party, status, body.errors?.[0]?.extensions.code, 'data' in body || text.includes('type ')]
  }

  it.each(PARTY_NAMES)('%s answers the hub, once per assertion', async (party) => {
    const assertion = signAssertion(claimsOf(party, QUERY), key)
    expect(await call(party, assertion)).toMatchObject({ status: 200, text: expect.stringContaining('"__typename":"Query"') })
    expect(outcomeOf(party, await call(party, assertion))).toEqual(refused(party))
  })

  it.each(PARTY_NAMES)(
    '%s refuses who has no assertion, an old one, a later one, one for somebody else, one for another body',
    async (party) => {
      const other = PARTY_NAMES.find((name) => name !== party) ?? 'government'
      const stranger = loadHubKeys(generateHubKey().privateKeyPem)
      const nowSeconds = Math.floor(Date.now() / 1000)
      const [head, body, signature] = signAssertion(claimsOf(party, QUERY), key).split('.') as [string, string, string]
      const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'hub-assertion+jwt', kid: key.keyId })).toString('base64url')
      const entitled = Buffer.from(
        JSON.stringify({ ...claimsOf(party, QUERY), iss: 'hub', jti: 'x', iat: nowSeconds, exp: nowSeconds + 60, roles: ['cadre'] }),
      ).toString('base64url')
      const faults: Record<string, string | null> = {
        missing: null,
        empty: '',
        garbage: 'garbage',
        expired: signAssertion(claimsOf(party, QUERY), key, Date.now() - 200_000),
        'not valid yet': signAssertion(claimsOf(party, QUERY), key, Date.now() + 200_000),
        'of too long a life': signAssertion({ ...claimsOf(party, QUERY), iat: nowSeconds, exp: nowSeconds + 3_600 } as never, key),
        'for another party': signAssertion(claimsOf(other, QUERY), key),
        'for another body': signAssertion(claimsOf(party, QUERY.replace('__typename', '_service{sdl}')), key),
        "signed by a stranger's key": signAssertion(claimsOf(party, QUERY), stranger),
        'without a signature': `${head}.${body}.`,
        'with algorithm none': `${none}.${body}.`,
        'with claims that were changed after signing': `${head}.${entitled}.${signature}`,
        'twice in one header': `${head}.${body}.${signature}, ${head}.${body}.${signature}`,
        huge: 'A'.repeat(12_000),
      }
      for (const [fault, assertion] of Object.entries(faults))
        expect([fault, ...outcomeOf(party, await call(party, assertion))]).toEqual([fault, ...refused(party)])
    },
  )

  it.each(PARTY_NAMES)('%s shows its schema to nobody but who may publish it', async (party) => {
    for (const query of LEAKS) {
      const body = JSON.stringify({ query })
      const { text } = await call(party, signAssertion(claimsOf(party, body), key), body)
      expect(text).toContain('ASSERTION_REFUSED')
      expect(text).not.toContain('type ')
      expect((await call(party, null, body)).text).not.toContain('type ')
    }
    const body = JSON.stringify({ query: '{ __schema { types { name } } }' })
    const { text } = await call(party, signAssertion(claimsOf(party, body), key), body)
    expect(text).not.toContain('"types"')
    const sdl = JSON.stringify({ query: '{ _service { sdl } }' })
    expect((await call(party, signAssertion(claimsOf(party, sdl, { scope: 'sdl' }), key), sdl)).text).toContain('type Query')
  })

  it('has no other door', async () => {
    const { url } = listeners.residents
    for (const [path, method] of [
      ['', 'GET'],
      ['', 'PUT'],
      ['/', 'POST'],
      ['?query={_service{sdl}}', 'POST'],
      ['/../admin', 'GET'],
    ] as const) {
      const response = await fetch(`${url}${path}`, { method, ...(method === 'GET' ? {} : { body: QUERY }) })
      expect(response.status).toBeGreaterThanOrEqual(401)
      expect(await response.text()).not.toContain('type ')
    }
  })

  it('gives entities to nobody who is not the hub', async () => {
    const query = JSON.stringify({
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { name contact } } }',
      variables: { r: [{ __typename: 'Resident', id: stand.street.personas.resident.id }] },
    })
    expect(outcomeOf('residents', await call('residents', null, query))).toEqual(refused('residents'))
    // The hub itself, on nobody's behalf, learns nothing personal either: the owner's policy decides, not the door.
    const { text } = await call('residents', signAssertion(claimsOf('residents', query), key), query)
    expect(JSON.parse(text)).toMatchObject({ data: { _entities: [{ name: null, contact: null }] } })
  })
})
