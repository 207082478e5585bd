import { hash, sign, verify, type KeyObject } from 'node:crypto'

import type { ActorPost, Language, Role } from './actor.js'
import { isSignedInBatch } from './assertion-tree.js'
import type { HubSigningKey } from './keys.js'
import { newNonce } from './nonce.js'

/** Header in which the gateway states, signed, on whose behalf it calls a subgraph. */
export const ASSERTION_HEADER = 'hub-assertion'
/** Longest life of an assertion; trust.md section 4. */
export const ASSERTION_LIFETIME_SECONDS = 60
const LEEWAY_SECONDS = 30
const MAX_ASSERTION_LENGTH = 8 * 1024

/** What the hub asserts to one party about one call. */
export interface AssertionClaims {
  readonly iss: 'hub'
  /** Name of the subgraph this assertion is for; it is worthless at any other. */
  readonly aud: string
  readonly iat: number
  readonly exp: number
  /** Nonce against replay. */
  readonly jti: string
  /** sha-256 of the body, base64url: the assertion is bound to this very request. */
  readonly digest: string
  /** Pairwise pseudonym of the person at this party; null when nobody signed in. */
  readonly sub: string | null
  readonly roles: readonly Role[]
  readonly actingFor: ActorPost | null
  readonly client: string
  readonly purpose: string | null
  readonly language: Language
  readonly traceId: string
  /** `sdl` lets its bearer read `_service`; `query` runs operations; `event` delivers nothing to people. */
  readonly scope: 'query' | 'sdl'
  /** Milliseconds the gateway will wait at most. */
  readonly deadlineMs: number
}

/** Why an assertion was refused; the caller learns only "refused", the log learns this. */
export type AssertionFailure =
  | 'MISSING'
  | 'MALFORMED'
  | 'BAD_SIGNATURE'
  | 'WRONG_AUDIENCE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'LIVES_TOO_LONG'
  | 'BODY_MISMATCH'
  | 'REPLAYED'

/** Digest of a request body as it stands in `AssertionClaims.digest`. */
export const bodyDigest = (body: Uint8Array | string): string => hash('sha256', body, 'base64url')

/** What the caller of `signAssertion` states; issuer, times and nonce are the signer's. */
export type StatedClaims = Omit<AssertionClaims, 'iss' | 'iat' | 'exp' | 'jti'>

/** The two forms of an assertion: signed by itself, or under the root of a tree of assertions that share a signature. */
export type AssertionForm = 'hub-assertion+jwt' | 'hub-assertion-batch+jwt'

const heads = new WeakMap<HubSigningKey, Map<AssertionForm, string>>()

const headOf = (key: HubSigningKey, typ: AssertionForm): string => {
  const known = heads.get(key)?.get(typ)
  if (known !== undefined) return known
  const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ, kid: key.keyId })).toString('base64url')
  heads.set(key, (heads.get(key) ?? new Map<AssertionForm, string>()).set(typ, head))
  return head
}

/** Claims as members of a JSON object, without its braces: what stays the same from call to call is written once. */
export const claimMembers = (claims: Partial<StatedClaims>): string => JSON.stringify(claims).slice(1, -1)

/** What is signed of an assertion: head and claims with fresh times and nonce, as `head.claims` in base64url. `members` are all stated claims. */
export const signingInput = (members: string, key: HubSigningKey, form: AssertionForm, nowMs: number): string => {
  const iat = Math.floor(nowMs / 1000)
  const whole = `{"iss":"hub","iat":${iat},"exp":${iat + ASSERTION_LIFETIME_SECONDS},"jti":"${newNonce()}",${members}}`
  return `${headOf(key, form)}.${Buffer.from(whole).toString('base64url')}`
}

/**
 * Signs an assertion for one call: compact JWS (RFC 7515), EdDSA (RFC 8037). About 30 µs.
 *
 * `nowMs` comes from the gateway's clock. The lifetime is capped at 60 s.
 */
export const signAssertion = (claims: StatedClaims, key: HubSigningKey, nowMs: number = Date.now()): string =>
  signMembers(claimMembers(claims), key, nowMs)

/** Signs an assertion whose stated claims are written already, by `claimMembers`. */
export const signMembers = (members: string, key: HubSigningKey, nowMs: number): string => {
  const input = signingInput(members, key, 'hub-assertion+jwt', nowMs)
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`
}

const parseJson = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

const isClaims = (value: unknown): value is AssertionClaims => {
  if (typeof value !== 'object' || value === null) return false
  const claims = value as Record<string, unknown>
  return (
    claims['iss'] === 'hub' &&
    typeof claims['aud'] === 'string' &&
    typeof claims['iat'] === 'number' &&
    typeof claims['exp'] === 'number' &&
    typeof claims['jti'] === 'string' &&
    typeof claims['digest'] === 'string' &&
    (claims['sub'] === null || typeof claims['sub'] === 'string') &&
    Array.isArray(claims['roles']) &&
    typeof claims['scope'] === 'string'
  )
}

const isSigned = (input: string, proof: readonly string[], key: KeyObject): boolean => {
  const [first = '', second] = proof
  if (second !== undefined) return isSignedInBatch(input, first, second, key)
  return verify(null, Buffer.from(input), key, Buffer.from(first, 'base64url'))
}

/**
 * Checks an assertion: signature (its own or its batch's), issuer, audience, time window (±30 s leeway, life ≤ 60 s) and body.
 *
 * Replay is the caller's next question (`ReplayGuard`), because only the receiving process remembers nonces.
 */
export const verifyAssertion = (
  header: string | undefined,
  expected: {
    readonly audience: string
    readonly body: Uint8Array | string
    readonly keys: ReadonlyMap<string, KeyObject>
    readonly nowMs?: number
  },
): { ok: true; claims: AssertionClaims } | { ok: false; failure: AssertionFailure } => {
  if (header === undefined || header === '') return { ok: false, failure: 'MISSING' }
  const parts = header.length > MAX_ASSERTION_LENGTH ? [] : header.split('.')
  const [head, body, ...proof] = parts
  if (head === undefined || body === undefined) return { ok: false, failure: 'MALFORMED' }
  const headJson = parseJson(head) as { alg?: unknown; kid?: unknown; typ?: unknown } | null
  // The algorithm is pinned: a header may not choose "none" or a symmetric one. The form says how many parts there are.
  const isBatch = headJson?.typ === 'hub-assertion-batch+jwt'
  if (headJson?.alg !== 'EdDSA' || (!isBatch && headJson.typ !== 'hub-assertion+jwt') || proof.length !== (isBatch ? 2 : 1))
    return { ok: false, failure: 'MALFORMED' }
  const key = typeof headJson.kid === 'string' ? expected.keys.get(headJson.kid) : undefined
  if (key === undefined || !isSigned(`${head}.${body}`, proof, key)) return { ok: false, failure: 'BAD_SIGNATURE' }
  const claims = parseJson(body)
  if (!isClaims(claims)) return { ok: false, failure: 'MALFORMED' }
  const now = (expected.nowMs ?? Date.now()) / 1000
  if (claims.aud !== expected.audience) return { ok: false, failure: 'WRONG_AUDIENCE' }
  if (claims.exp - claims.iat > ASSERTION_LIFETIME_SECONDS) return { ok: false, failure: 'LIVES_TOO_LONG' }
  if (now > claims.exp + LEEWAY_SECONDS) return { ok: false, failure: 'EXPIRED' }
  if (now < claims.iat - LEEWAY_SECONDS) return { ok: false, failure: 'NOT_YET_VALID' }
  if (claims.digest !== bodyDigest(expected.body)) return { ok: false, failure: 'BODY_MISMATCH' }
  return { ok: true, claims }
}
