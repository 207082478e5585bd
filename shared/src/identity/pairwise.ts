import { createHmac } from 'node:crypto'

/**
 * The pseudonym under which one party knows a person: HMAC-SHA-256 with that party's key, 160 bits, base64url.
 *
 * Two parties cannot join their records by it (OpenID Connect Core, section 8.1, "pairwise"). The keys stay with the hub.
 */
export const pairwiseSubject = (partyKey: string, issuer: string, subject: string): string =>
  createHmac('sha256', partyKey).update(`${issuer}\n${subject}`).digest().subarray(0, 20).toString('base64url')
