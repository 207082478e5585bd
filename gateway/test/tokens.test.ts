import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { generateKeyPair } from 'jose'

import { createGateway, type Gateway } from '../src/gateway.js'
import { createTokenVerifier } from '../src/identity/token-verifier.js'
import { startFixture, TEST_KEY } from './fixture-gateway.js'
import { startIssuer, type Issuer } from './fixture-issuer.js'
import { startPartyServer, type PartyServer } from './fixture-party-server.js'

const POSTS = [
  { kind: 'COMMITTEE', partyId: 'cmt_1', role: 'cadre' },
  { kind: 'NONPROFIT', partyId: 'npo_7', role: 'worker' },
]

describe('tokens at the door, over HTTP to every party', () => {
  let issuer: Issuer
  let gateway: Gateway
  let servers: PartyServer[]
  const lines: unknown[] = []
  beforeAll(async () => {
    issuer = await startIssuer()
    const local = await startFixture()
    await local.gateway.stop()
    const parties = [local.residents, local.committees, local.government]
    servers = await Promise.all(parties.map((party) => startPartyServer(party)))
    const write = (fields: Readonly<Record<string, unknown>>): void => void lines.push(fields)
    gateway = await createGateway({
      subgraphs: parties.map(({ name }, index) => ({ kind: 'http' as const, name, url: servers[index]?.url ?? '' })),
      signingKey: TEST_KEY,
      pairwiseKeys: { residents: 'key-of-residents', committees: 'key-of-committees', government: 'key-of-government' },
      issuers: [issuer],
      port: 0,
      log: { info: write, warn: write, error: write },
    })
  })
  afterAll(async () => {
    await gateway.stop()
    await Promise.all([...servers.map((server) => server.close()), issuer.close()])
  })
  beforeEach(() => {
    lines.length = 0
    for (const server of servers) {
      server.received.length = 0
      server.claims.length = 0
    }
  })

  const ask = async (headers: Record<string, string>, query = '{ me { name score level } }') => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
      body: JSON.stringify({ query }),
    })
    return {
      status: response.status,
      body: (await response.json()) as { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] },
    }
  }
  const bearer = async (...parameters: Parameters<Issuer['token']>) => ({ authorization: `Bearer ${await issuer.token(...parameters)}` })
  const claims = () => servers.flatMap((server) => server.claims)

  it('serves nobody in particular as anonymous', async () => {
    expect((await ask({})).body.data).toEqual({ me: { name: 'Person 1', score: 10, level: 'LOW' } })
    for (const one of claims()) expect(one).toMatchObject({ sub: null, roles: ['anonymous'], actingFor: null, client: 'anonymous' })
  })

  it('turns a token into three pseudonyms, and no byte of it reaches a party', async () => {
    const headers = await bearer({ commonhall_posts: POSTS, commonhall_resident: true, commonhall_roles: ['auditor', 'king'] })
    const secret = { cookie: 'session=s3cret', 'x-forwarded-for': '203.0.113.9', 'hub-assertion': 'forged', 'hub-anything': 'inbound' }
    expect((await ask({ ...headers, ...secret, 'hub-purpose': 'CASE_HANDLING' })).status).toBe(200)
    expect(claims()).toHaveLength(3)
    expect(new Set(claims().map(({ sub }) => sub)).size).toBe(3)
    for (const one of claims()) {
      expect(one).toMatchObject({
        roles: ['resident', 'auditor', 'cadre'],
        actingFor: POSTS[0],
        client: 'dashboard',
        purpose: 'CASE_HANDLING',
        language: 'en',
      })
    }
    const seen = JSON.stringify(servers.map(({ received }) => received))
    for (const part of [
      ...headers.authorization.slice(7).split('.'),
      's3cret',
      '203.0.113.9',
      'forged',
      'inbound',
      'user-1',
      '"authorization"',
      '"cookie"',
    ]) {
      expect(seen).not.toContain(part)
    }
    expect(JSON.stringify(lines)).not.toMatch(/user-1|eyJ|Person 1/)
  })

  it('writes one line per operation, with what was called and nothing of what was said', async () => {
    await ask({}, 'query Q { person(id: "p3") { score } }')
    expect(lines).toEqual([
      expect.objectContaining({
        client: 'anonymous',
        documentId: expect.stringMatching(/^[0-9a-f]{64}$/),
        status: 200,
        code: null,
        fetches: 2,
        traceId: expect.any(String),
      }),
    ])
    expect(JSON.stringify(lines)).not.toContain('p3')
  })

  it('lets a person choose among the own posts, and no other', async () => {
    const headers = await bearer({ commonhall_posts: POSTS })
    await ask({ ...headers, 'hub-acting-for': 'npo_7' })
    expect(claims()[0]).toMatchObject({ actingFor: POSTS[1], roles: ['worker'] })
    const refused = await ask({ ...headers, 'hub-acting-for': 'dep_9' })
    expect([refused.status, refused.body.errors?.[0]?.extensions['code']]).toEqual([403, 'NOT_A_MEMBER'])
    expect((await ask({ 'hub-acting-for': 'cmt_1' })).status).toBe(403)
  })

  it('refuses a purpose that does not exist', async () => {
    expect((await ask({ 'hub-purpose': 'CURIOSITY' })).status).toBe(400)
  })

  it.each<[string, () => Promise<string>]>([
    ['an expired token', () => issuer.token({}, { expiresIn: -60 })],
    ['a token for somebody else', () => issuer.token({ aud: 'another-api' })],
    ['a token of another issuer', () => issuer.token({ iss: 'https://evil.example' })],
    ['a token without subject', () => issuer.token({ sub: undefined })],
    ['a token without expiry', () => issuer.token({ exp: undefined })],
    ['an ID token by its type', () => issuer.token({}, { typ: 'id+jwt' })],
    ['a token signed by another key', async () => issuer.token({}, { key: (await generateKeyPair('EdDSA')).privateKey })],
    [
      'a token that says it needs no signature',
      async () => {
        const [, payload] = (await issuer.token()).split('.')
        return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload ?? ''}.`
      },
    ],
    [
      'a token with another payload',
      async () => {
        const [head, payload, signature] = (await issuer.token()).split('.')
        const forged = { ...(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object), sub: 'user-2' }
        return [head, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.')
      },
    ],
    ['garbage', async () => 'garbage'],
    ['three dots', async () => '...'],
    ['nothing', async () => ''],
    ['a very long token', async () => 'a'.repeat(12_000)],
  ])('refuses %s with 401, never as anonymous, and calls nobody', async (_, make) => {
    const { status, body } = await ask({ authorization: `Bearer ${await make()}` })
    expect(status).toBe(401)
    expect(body).toEqual({
      errors: [
        { message: expect.any(String), extensions: expect.objectContaining({ code: 'UNAUTHENTICATED', remedy: expect.any(String) }) },
      ],
    })
    expect(claims()).toHaveLength(0)
  })

  it('refuses another scheme', async () => {
    expect((await ask({ authorization: 'Basic dXNlcjpwYXNz' })).status).toBe(401)
  })
})

describe('the cache of verified tokens', () => {
  it('never outlives a token', async () => {
    const issuer = await startIssuer()
    let nowMs = Date.now()
    const verifier = createTokenVerifier([issuer], () => nowMs)
    const authorization = `Bearer ${await issuer.token({}, { expiresIn: 30 })}`
    expect(await verifier.identify(authorization)).toMatchObject({ subject: 'user-1', client: 'dashboard' })
    nowMs += 29_000
    expect(await verifier.identify(authorization)).toMatchObject({ subject: 'user-1' })
    nowMs += 10_000
    await expect(verifier.identify(authorization)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await issuer.close()
  })

  it('answers 503, not 401, while the keys of the issuer cannot be read: the token may be good', async () => {
    const issuer = await startIssuer()
    await issuer.close()
    const verifier = createTokenVerifier([issuer], Date.now)
    await expect(verifier.identify(`Bearer ${await issuer.token()}`)).rejects.toMatchObject({ code: 'OVERLOADED' })
  })
})
