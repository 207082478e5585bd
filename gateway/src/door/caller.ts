import { addressPrefix } from '../admission/address-prefix.js'
import { ANONYMOUS_BODY_BYTES, SIGNED_IN_BODY_BYTES } from '../admission/read-body.js'
import { principalOf, type Principal } from '../identity/principal.js'
import type { TokenVerifier } from '../identity/token-verifier.js'
import { readExplain, type ExplainParts } from '../observe/explain/explain-parts.js'

/** What a caller says about itself, in the headers of a request or in the parameters of a WebSocket. */
export interface CallerWords {
  readonly authorization: string | undefined
  readonly actingFor: string | undefined
  readonly purpose: string | undefined
  readonly acceptLanguage: string | undefined
  /** What a caller without a token calls itself; it can only narrow. */
  readonly clientName: string | undefined
  /** What it wants to know of how its operations are run; see `readExplain`. */
  readonly explain?: string | undefined
  /** Headers that the configuration lets through to the parties. */
  readonly forwarded?: Readonly<Record<string, string>>
}

/** Who asks, for every way in. */
export interface Caller {
  readonly principal: Principal
  readonly isSignedIn: boolean
  /** When the token ends, on the wall clock; null for nobody in particular. */
  readonly expiresAtMs: number | null
  /** Whose live operations are counted together: a person, or an address of nobody in particular. */
  readonly key: string
  readonly address: string | null
  readonly clientName: string | null
  /** Bytes of one request. */
  readonly maxBodyBytes: number
  readonly explain: ExplainParts | null
}

const MAX_NAME_LENGTH = 128

/** Of IPv6 one subscriber has as many addresses as they like, so what they are counted by is their network. */
const subscriberOf = (address: string): string => (address.includes(':') && !address.includes('.') ? addressPrefix(address) : address)

/** Checks the token and what the caller chooses of it. Refused: UNAUTHENTICATED, NOT_A_MEMBER, BAD_REQUEST. A bad token is never nobody. */
export const identifyCaller = async (tokens: TokenVerifier, words: CallerWords, address: string | undefined): Promise<Caller> => {
  const identity = words.authorization === undefined ? null : await tokens.identify(words.authorization)
  const principal = principalOf(identity, words)
  const clientName = words.clientName?.slice(0, MAX_NAME_LENGTH) ?? null
  const maxBodyBytes = identity === null ? ANONYMOUS_BODY_BYTES : SIGNED_IN_BODY_BYTES
  const from = { principal, address: address ?? null, clientName, maxBodyBytes, explain: readExplain(words.explain) }
  if (identity === null) return { ...from, isSignedIn: false, expiresAtMs: null, key: `address ${subscriberOf(address ?? '')}` }
  const { issuer, subject, expiresAtMs } = identity
  return { ...from, isSignedIn: true, expiresAtMs, key: `person ${issuer} ${subject}` }
}
