import { createHash, randomUUID, sign, verify, type KeyObject } from 'node:crypto'

import type { ActorPost, Language, Role } from './actor.js'
import type { HubSigningKey } from './keys.js'

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
export const bodyDigest = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('base64url')

/**
 * Signs an assertion for one call: compact JWS (RFC 7515), EdDSA (RFC 8037). About 50 µs.
 *
 * `nowMs` comes from the gateway's clock. The lifetime is capped at 60 s.
 */
export const signAssertion = (
  claims: Omit<AssertionClaims, 'iss' | 'iat' | 'exp' | 'jti'>,
  key: HubSigningKey,
  nowMs: number = Date.now(),
): string => {
  const iat = Math.floor(nowMs / 1000)
  const whole: AssertionClaims = { iss: 'hub', iat, exp: iat + ASSERTION_LIFETIME_SECONDS, jti: randomUUID(), ...claims }
  const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'hub-assertion+jwt', kid: key.keyId })).toString('base64url')
  const body = Buffer.from(JSON.stringify(whole)).toString('base64url')
  const signature = sign(null, Buffer.from(`${head}.${body}`), key.privateKey)
  return `${head}.${body}.${signature.toString('base64url')}`
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

/**
 * Checks an assertion: signature, issuer, audience, time window (±30 s leeway, life ≤ 60 s) and body.
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
  const [head, body, signature] = parts
  if (parts.length !== 3 || head === undefined || body === undefined || signature === undefined) return { ok: false, failure: 'MALFORMED' }
  const headJson = parseJson(head) as { alg?: unknown; kid?: unknown; typ?: unknown } | null
  // The algorithm is pinned: a header may not choose "none" or a symmetric one.
  if (headJson === null || headJson.alg !== 'EdDSA' || headJson.typ !== 'hub-assertion+jwt') return { ok: false, failure: 'MALFORMED' }
  const key = typeof headJson.kid === 'string' ? expected.keys.get(headJson.kid) : undefined
  if (key === undefined || !verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
    return { ok: false, failure: 'BAD_SIGNATURE' }
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
