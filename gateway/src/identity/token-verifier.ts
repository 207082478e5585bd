import { hash as hashOf } from 'node:crypto'

import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'

import { HubError } from '@commonhall/shared/errors'

import { identityOfClaims, type TokenIdentity } from './principal.js'

/** An OpenID Connect issuer the hub trusts. */
export interface TrustedIssuer {
  readonly issuer: string
  readonly jwksUri: string
  /** Name of this hub in the issuer's tokens. */
  readonly audience: string
  /** Claim with OAuth scopes (`scope`, `scp`) that answer @requiresScopes. Left out, scopes of tokens grant nothing. */
  readonly scopeClaim?: string
}

/** Checks access tokens. */
export interface TokenVerifier {
  /** The identity in an `Authorization` header; null without one. Anything but a good bearer token is refused as UNAUTHENTICATED. */
  identify(authorization: string | undefined): Promise<TokenIdentity | null>
}

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256']
const TYPES = ['at+jwt', 'application/at+jwt', 'JWT']
const CACHE_MS = 60_000
const MAX_TOKEN_LENGTH = 16 * 1024
const LEEWAY_SECONDS = 5

const refuse = (detail: string, cause?: unknown): HubError => new HubError('UNAUTHENTICATED', { detail, cause })

/**
 * A verifier for several issuers. A good token costs one signature check (about 0.3 ms), then a hash for up to 60 s and never
 * beyond its expiry. Keys are fetched when a token needs them; an issuer that is down while its keys are unknown answers
 * OVERLOADED (503), because the token may well be good.
 */
export const createTokenVerifier = (issuers: readonly TrustedIssuer[], nowMs: () => number): TokenVerifier => {
  const trusted = new Map<string, TrustedIssuer & { keys: JWTVerifyGetKey }>(
    issuers.map((issuer) => [issuer.issuer, { ...issuer, keys: createRemoteJWKSet(new URL(issuer.jwksUri), { timeoutDuration: 3000 }) }]),
  )
  const known = new LRUCache<string, { identity: TokenIdentity; untilMs: number }>({ max: 10_000 })

  const verify = async (token: string): Promise<{ identity: TokenIdentity; expiresMs: number }> => {
    let claimedIssuer: string | undefined
    try {
      claimedIssuer = decodeJwt(token).iss
    } catch (cause) {
      throw refuse('no JWT', cause)
    }
    const issuer = claimedIssuer === undefined ? undefined : trusted.get(claimedIssuer)
    if (issuer === undefined) throw refuse('issuer is not trusted')
    try {
      const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
        algorithms: ALGORITHMS,
        issuer: issuer.issuer,
        audience: issuer.audience,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: LEEWAY_SECONDS,
        currentDate: new Date(nowMs()),
      })
      if (!TYPES.includes(protectedHeader.typ ?? '')) throw refuse('token type')
      return { identity: identityOfClaims(payload, issuer.scopeClaim), expiresMs: (payload.exp ?? 0) * 1000 }
    } catch (cause) {
      if (cause instanceof HubError) throw cause
      const isRefusal = cause instanceof errors.JOSEError && !(cause instanceof errors.JWKSTimeout) && cause.code !== 'ERR_JOSE_GENERIC'
      if (isRefusal) throw refuse('verification failed', cause)
      throw new HubError('OVERLOADED', { detail: 'the keys of the issuer cannot be read now', cause })
    }
  }

  return {
    async identify(authorization) {
      if (authorization === undefined) return null
      const [scheme, token, rest] = authorization.split(' ')
      if (scheme?.toLowerCase() !== 'bearer' || token === undefined || token === '' || rest !== undefined) throw refuse('no bearer token')
      if (token.length > MAX_TOKEN_LENGTH) throw refuse('token too long')
      // The token itself is kept nowhere, only its hash.
      const hash = hashOf('sha256', token, 'base64')
      const cached = known.get(hash)
      if (cached !== undefined && cached.untilMs > nowMs()) return cached.identity
      const { identity, expiresMs } = await verify(token)
      known.set(hash, { identity, untilMs: Math.min(nowMs() + CACHE_MS, expiresMs) })
      return identity
    },
  }
}
