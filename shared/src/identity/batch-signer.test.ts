import { sign } from 'node:crypto'

import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { isSignedInBatch, signTree } from './assertion-tree.js'
import {
  bodyDigest,
  createBatchSigner,
  createReplayGuard,
  generateHubKey,
  loadHubKeys,
  loadVerifyKey,
  signAssertion,
  verifyAssertion,
  type HubSigningKey,
  type StatedClaims,
} from './index.js'

const NOW = Date.parse('2026-03-02T02:00:00Z')
const bodyOf = (n: number) => `{"query":"{ q${n} }"}`
const PARTIES = ['government', 'committees', 'nonprofits', 'residents'] as const

describe('assertions that share a signature', () => {
  let key: HubSigningKey
  let stranger: HubSigningKey
  beforeAll(() => {
    key = loadHubKeys(generateHubKey().privateKeyPem)
    stranger = loadHubKeys(generateHubKey().privateKeyPem)
  })
  const claimsOf = (n: number): StatedClaims => ({
    aud: PARTIES[n % 4] as string,
    digest: bodyDigest(bodyOf(n)),
    sub: `pseudonym ${n}`,
    roles: ['resident'],
    actingFor: null,
    client: 'app',
    purpose: null,
    language: 'zh',
    traceId: `t${n}`,
    scope: 'query',
    deadlineMs: 1000,
  })
  const signMany = (count: number, by = key): string[] => {
    const signed: string[] = []
    let flush = (): void => undefined
    const signer = createBatchSigner(by, (task) => {
      flush = task
    })
    for (let n = 0; n < count; n++) signer.sign(claimsOf(n), NOW, (assertion) => void (signed[n] = assertion))
    expect(signed).toEqual([])
    flush()
    return signed
  }
  const verify = (assertion: string | undefined, n: number, over: { audience?: string; body?: string; nowMs?: number } = {}) =>
    verifyAssertion(assertion, {
      audience: PARTIES[n % 4] as string,
      body: bodyOf(n),
      keys: loadVerifyKey(key.publicKeyPem),
      nowMs: NOW,
      ...over,
    })
  const parts = (assertion: string | undefined) => (assertion ?? '').split('.') as [string, string, string, string]

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 100, 255, 256, 257, 300])('verify one by one, %d of them', (count) => {
    const signed = signMany(count)
    expect(signed).toHaveLength(count)
    signed.forEach((assertion, n) => expect(verify(assertion, n)).toMatchObject({ ok: true, claims: { sub: `pseudonym ${n}` } }))
    expect(new Set(signed.map((assertion) => parts(assertion).at(-1))).size).toBe(count === 257 ? 2 : Math.ceil(count / 256))
  })

  it('have the plain form when there is only one', () => {
    expect(signMany(1)[0]?.split('.')).toHaveLength(3)
    expect(signMany(2)[0]?.split('.')).toHaveLength(4)
  })

  it('are worthless at another party, with another body, later, and a second time', () => {
    const [first] = signMany(5)
    expect(verify(first, 0, { audience: 'committees' })).toEqual({ ok: false, failure: 'WRONG_AUDIENCE' })
    expect(verify(first, 0, { body: bodyOf(1) })).toEqual({ ok: false, failure: 'BODY_MISMATCH' })
    expect(verify(first, 0, { nowMs: NOW + 91_000 })).toEqual({ ok: false, failure: 'EXPIRED' })
    const guard = createReplayGuard()
    const admit = (): boolean => {
      const result = verify(first, 0)
      return result.ok && guard.admit(result.claims.jti, result.claims.exp, NOW)
    }
    expect([admit(), admit()]).toEqual([true, false])
  })

  it('cannot swap claims or proofs with a neighbour', () => {
    const [left, right] = signMany(2).map(parts) as unknown as [string[], string[]]
    expect(verify([right[0], right[1], left[2], left[3]].join('.'), 1)).toEqual({ ok: false, failure: 'BAD_SIGNATURE' })
    expect(verify([left[0], left[1], right[2], left[3]].join('.'), 0)).toEqual({ ok: false, failure: 'BAD_SIGNATURE' })
  })

  it('cannot take the proof of another batch, known or not', () => {
    const [one] = signMany(3)
    const [other] = signMany(3)
    expect(verify(one, 0).ok && verify(other, 0).ok).toBe(true)
    const [head, body, proof] = parts(one)
    expect(verify([head, body, proof, parts(other)[3]].join('.'), 0).ok).toBe(false)
    expect(verify([head, body, parts(other)[2], parts(other)[3]].join('.'), 0).ok).toBe(false)
  })

  it('are refused from a stranger who names our key', () => {
    const forged = signMany(2, stranger).map(parts)[0] as string[]
    const own = parts(signMany(2)[0])
    expect(verify([own[0], forged[1], forged[2], forged[3]].join('.'), 0)).toEqual({ ok: false, failure: 'BAD_SIGNATURE' })
    expect(verify(forged.join('.'), 0)).toEqual({ ok: false, failure: 'BAD_SIGNATURE' })
  })

  it('are not taken in the form of the other kind', () => {
    const plain = signAssertion(claimsOf(0), key, NOW).split('.') as [string, string, string]
    const batch = parts(signMany(2)[0])
    for (const mixed of [
      [plain[0], plain[1], batch[2], plain[2]],
      [plain[0], plain[1], '', plain[2]],
      [batch[0], plain[1], plain[2]],
      [batch[0], batch[1], batch[3]],
      [batch[0], batch[1], '', batch[3]],
      [batch[0], batch[1], batch[2], batch[3], ''],
    ])
      expect(verify(mixed.join('.'), 0).ok).toBe(false)
  })

  it('do not accept a node as a leaf, nor a signature without its label', () => {
    const [proof = ''] = signTree(['a', 'b'], key.privateKey)
    const [, signature = ''] = proof.split('.')
    const [publicKey] = [...loadVerifyKey(key.publicKeyPem).values()]
    if (publicKey === undefined) throw new Error('no key')
    expect(isSignedInBatch('a', proof.split('.')[0] as string, signature, publicKey)).toBe(true)
    // The root itself, signed as a message of its own: what a signature made for another purpose would look like.
    const root = Buffer.alloc(32, 7)
    const bare = sign(null, root, key.privateKey).toString('base64url')
    expect(isSignedInBatch('a', Buffer.concat([Buffer.of(0), root]).toString('base64url'), bare, publicKey)).toBe(false)
  })

  it.each([
    ['empty', Buffer.alloc(0)],
    ['without a hash', Buffer.of(0)],
    ['of half a hash', Buffer.alloc(17)],
    ['deeper than any batch', Buffer.alloc(1 + 9 * 32)],
    ['with turns beyond its depth', Buffer.concat([Buffer.of(0b10), Buffer.alloc(32)])],
  ])('are refused with a proof that is %s', (_, proof) => {
    const [head, body, , signature] = parts(signMany(2)[0])
    expect(verify([head, body, proof.toString('base64url'), signature].join('.'), 0).ok).toBe(false)
  })

  it('do not survive the change of any one character', () => {
    const signed = signMany(6)
    expect(verify(signed[3], 3).ok).toBe(true)
    const text = signed[3] as string
    const seed = Math.floor(Math.random() * 2 ** 31)
    process.stdout.write(`batch assertions, changed characters: seed ${seed}\n`)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom(...alphabet), (at, char) => {
        const changed = text.slice(0, at) + char + text.slice(at + 1)
        // The last character of a part may hold bits that base64url drops; then nothing was changed.
        const isSame = changed
          .split('.')
          .every((part, n) => Buffer.from(part, 'base64url').equals(Buffer.from(parts(text)[n] ?? '', 'base64url')))
        return isSame || !verify(changed, 3).ok
      }),
      { seed, numRuns: 500 },
    )
  })
})
