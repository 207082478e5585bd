import { generateKeyPairSync, sign } from 'node:crypto'

import { beforeAll, describe, expect, it } from '@jest/globals'

import {
  bodyDigest,
  createReplayGuard,
  generateHubKey,
  loadHubKeys,
  loadVerifyKey,
  pairwiseSubject,
  signAssertion,
  verifyAssertion,
  type AssertionClaims,
  type HubSigningKey,
} from './index.js'

const BODY = '{"query":"{ me { id } }"}'
const NOW = Date.parse('2026-03-02T02:00:00Z')

describe('assertions of the hub', () => {
  let key: HubSigningKey
  let publicKeyPem: string
  const claims = {
    aud: 'residents',
    digest: bodyDigest(BODY),
    sub: 'pseudonym',
    roles: ['resident'],
    actingFor: null,
    client: 'app',
    purpose: null,
    language: 'zh',
    traceId: 't',
    scope: 'query',
    deadlineMs: 1000,
  } as const
  const verify = (header: string | undefined, over: Partial<{ audience: string; body: string; nowMs: number }> = {}) =>
    verifyAssertion(header, { audience: 'residents', body: BODY, keys: loadVerifyKey(publicKeyPem), nowMs: NOW, ...over })

  beforeAll(() => {
    const pair = generateHubKey()
    publicKeyPem = pair.publicKeyPem
    key = loadHubKeys(pair.privateKeyPem)
  })

  it('are accepted by the party they are for, with this body, at this time', () => {
    const result = verify(signAssertion(claims, key, NOW))
    expect(result).toMatchObject({ ok: true, claims: { sub: 'pseudonym', aud: 'residents' } })
  })

  it('are worthless at another party', () => {
    expect(verify(signAssertion(claims, key, NOW), { audience: 'government' })).toEqual({ ok: false, failure: 'WRONG_AUDIENCE' })
  })

  it('are bound to the body', () => {
    expect(verify(signAssertion(claims, key, NOW), { body: `${BODY} ` })).toEqual({ ok: false, failure: 'BODY_MISMATCH' })
  })

  it.each([
    [91_000, 'EXPIRED'],
    [-31_000, 'NOT_YET_VALID'],
  ])('live at most 60 s with 30 s of leeway (%d ms later: %s)', (laterMs, failure) => {
    expect(verify(signAssertion(claims, key, NOW), { nowMs: NOW + laterMs })).toEqual({ ok: false, failure })
  })

  it('may not claim a longer life, even when well signed', () => {
    const long = { ...claims, iat: NOW / 1000, exp: NOW / 1000 + 3600 } as Omit<AssertionClaims, 'iss' | 'jti'>
    expect(verify(signAssertion(long, key, NOW))).toEqual({ ok: false, failure: 'LIVES_TOO_LONG' })
  })

  it('are refused from another key, without a key, and with another algorithm', () => {
    const stranger = loadHubKeys(generateHubKey().privateKeyPem)
    expect(verify(signAssertion(claims, stranger, NOW))).toEqual({ ok: false, failure: 'BAD_SIGNATURE' })
    const [head, body] = signAssertion(claims, key, NOW).split('.') as [string, string, string]
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'hub-assertion+jwt', kid: key.keyId })).toString('base64url')
    expect(verify(`${none}.${body}.`)).toEqual({ ok: false, failure: 'MALFORMED' })
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const forged = sign('sha256', Buffer.from(`${head}.${body}`), rsa.privateKey).toString('base64url')
    expect(verify(`${head}.${body}.${forged}`)).toEqual({ ok: false, failure: 'BAD_SIGNATURE' })
  })

  it.each([undefined, '', 'x', 'a.b.c', '....', 'e30.e30.e30', 'A'.repeat(10_000)])(
    'are refused when missing or malformed: %.20s',
    (header) => {
      expect(verify(header).ok).toBe(false)
    },
  )

  it('are admitted once', () => {
    const guard = createReplayGuard()
    expect(guard.admit('n', NOW / 1000 + 60, NOW)).toBe(true)
    expect(guard.admit('n', NOW / 1000 + 60, NOW + 1000)).toBe(false)
    expect(guard.admit('n', NOW / 1000 + 60, NOW + 200_000)).toBe(true)
  })

  it('name a person differently to every party', () => {
    const [a, b] = ['key-a', 'key-b'].map((partyKey) => pairwiseSubject(partyKey, 'issuer', 'user-1'))
    expect(a).not.toBe(b)
    expect(a).toBe(pairwiseSubject('key-a', 'issuer', 'user-1'))
    expect(a).not.toContain('user-1')
  })
})
