import { HubError } from '@commonhall/shared/errors'
import { ROLES, type ActorPost, type Language, type PartyKind, type Role } from '@commonhall/shared/identity'

import type { AccessClaims } from '../planning/access.js'

/** A caller as the hub knows it. Its subject leaves the hub only as a pairwise pseudonym. */
export interface Principal {
  /** Null: nobody has signed in. */
  readonly person: { readonly issuer: string; readonly subject: string } | null
  readonly roles: readonly Role[]
  readonly posts: readonly ActorPost[]
  readonly actingFor: ActorPost | null
  readonly client: string
  readonly purpose: string | null
  readonly language: Language
  /** Scopes of the token, where its issuer is trusted with scopes; see `TrustedIssuer.scopeClaim`. */
  readonly scopes?: readonly string[]
  /** Headers of the request that the configuration lets through to the parties, by lower-case name. */
  readonly forwarded?: Readonly<Record<string, string>>
}

/** What a verified token says about a person; headers of the request choose among it. */
export interface TokenIdentity {
  readonly issuer: string
  readonly subject: string
  readonly client: string
  readonly roles: readonly Role[]
  readonly posts: readonly ActorPost[]
  readonly scopes?: readonly string[]
  /** When the token ends, on the wall clock; what lives longer than one request ends with it. */
  readonly expiresAtMs: number
}

/** Purposes a reader may declare; the enum `Purpose` of the shared vocabulary. */
export const PURPOSES = [
  'CASE_HANDLING',
  'CARE',
  'SERVICE_DELIVERY',
  'ENTITLEMENT',
  'MEDIATION',
  'VOLUNTEERING',
  'DELIBERATION',
  'BOOKING',
  'OVERSIGHT',
  'SUBJECT',
] as const

const PARTY_KINDS: readonly PartyKind[] = ['GOVERNMENT', 'COMMITTEE', 'NONPROFIT', 'RESIDENT']
const SCOPE_OF: Partial<Record<PartyKind, string>> = {
  COMMITTEE: 'desk:committee',
  GOVERNMENT: 'desk:government',
  NONPROFIT: 'desk:nonprofit',
}

const readPost = (value: unknown): ActorPost | null => {
  if (typeof value !== 'object' || value === null) return null
  const { kind, partyId, role } = value as Record<string, unknown>
  const isPost =
    PARTY_KINDS.includes(kind as PartyKind) && typeof partyId === 'string' && partyId.length <= 64 && ROLES.includes(role as Role)
  return isPost ? { kind: kind as PartyKind, partyId: partyId as string, role: role as Role } : null
}

const MAX_SCOPES = 200

/** Scopes as OAuth writes them, in one string or in a list. */
const readScopes = (claim: unknown): readonly string[] => {
  const scopes: readonly unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : []
  return scopes.filter((scope) => typeof scope === 'string' && scope !== '').slice(0, MAX_SCOPES) as string[]
}

/**
 * Reads the hub's claims of a verified token; what is not of the expected shape grants nothing.
 *
 * `scopeClaim` names the claim whose scopes answer @requiresScopes; without it a token's scopes grant nothing, only posts do.
 */
export const identityOfClaims = (claims: Readonly<Record<string, unknown>>, scopeClaim?: string): TokenIdentity => {
  const posts = Array.isArray(claims['commonhall_posts']) ? claims['commonhall_posts'].map(readPost).filter((post) => post !== null) : []
  const roles: Role[] = []
  if (claims['commonhall_resident'] === true) roles.push('resident')
  if (Array.isArray(claims['commonhall_roles']) && claims['commonhall_roles'].includes('auditor')) roles.push('auditor')
  const client = claims['azp'] ?? claims['client_id']
  return {
    issuer: String(claims['iss']),
    subject: String(claims['sub']),
    client: typeof client === 'string' && client.length > 0 ? client.slice(0, 128) : 'unnamed',
    roles,
    posts,
    ...(scopeClaim === undefined ? {} : { scopes: readScopes(claims[scopeClaim]) }),
    expiresAtMs: typeof claims['exp'] === 'number' ? claims['exp'] * 1000 : 0,
  }
}

/** The language of messages: of Chinese and English the one that is asked for first; `otherwise` when neither is. */
export const languageOf = (acceptLanguage: string | undefined, otherwise: Language = 'zh'): Language => {
  for (const part of (acceptLanguage ?? '').slice(0, 200).toLowerCase().split(',')) {
    const tag = part.trim()
    if (tag.startsWith('zh')) return 'zh'
    if (tag.startsWith('en')) return 'en'
  }
  return otherwise
}

const choosePost = (posts: readonly ActorPost[], wanted: string | undefined): ActorPost | null => {
  if (wanted === undefined || wanted === '') return posts[0] ?? null
  const post = posts.find(({ partyId }) => partyId === wanted)
  if (post === undefined) throw new HubError('NOT_A_MEMBER', { reason: 'HUB_ACTING_FOR' })
  return post
}

/** What the headers of a request choose of an identity. */
export interface PrincipalWords {
  readonly actingFor: string | undefined
  readonly purpose: string | undefined
  readonly acceptLanguage: string | undefined
  readonly forwarded?: Readonly<Record<string, string>>
}

/** Principals of an identity by what was chosen; as many as it has posts, for each purpose and language. */
const principals = new WeakMap<TokenIdentity, Map<string, Principal>>()
const NOBODY = {} as TokenIdentity

/**
 * The principal of one request: the token's identity, and what the request's headers choose of it. The same one for equal choices, so
 * that what follows from it can be remembered with it; forwarded headers make one of their own.
 *
 * Refused: acting for a party at which the person holds no post (NOT_A_MEMBER), and a purpose that does not exist (BAD_REQUEST).
 */
export const principalOf = (identity: TokenIdentity | null, words: PrincipalWords): Principal => {
  if (words.forwarded !== undefined) return newPrincipal(identity, words)
  const owner = identity ?? NOBODY
  // Nobody can act for anybody, so what is asked there must not become a key.
  const post = identity === null ? '' : (words.actingFor ?? '')
  const key = `${words.purpose ?? ''} ${languageOf(words.acceptLanguage)} ${post}`
  let made = principals.get(owner)
  if (made === undefined) principals.set(owner, (made = new Map()))
  const known = made.get(key)
  if (known !== undefined && (identity !== null || !words.actingFor)) return known
  const principal = newPrincipal(identity, words)
  made.set(key, principal)
  return principal
}

const newPrincipal = (identity: TokenIdentity | null, headers: PrincipalWords): Principal => {
  const purpose = headers.purpose === undefined || headers.purpose === '' ? null : headers.purpose
  if (purpose !== null && !(PURPOSES as readonly string[]).includes(purpose)) throw new HubError('BAD_REQUEST', { reason: 'HUB_PURPOSE' })
  const actingFor = choosePost(identity?.posts ?? [], headers.actingFor)
  const roles: Role[] = identity === null ? ['anonymous'] : [...new Set([...identity.roles, ...(actingFor ? [actingFor.role] : [])])]
  return {
    person: identity === null ? null : { issuer: identity.issuer, subject: identity.subject },
    roles,
    posts: identity?.posts ?? [],
    actingFor,
    client: identity?.client ?? 'anonymous',
    purpose,
    language: languageOf(headers.acceptLanguage),
    ...(identity?.scopes === undefined ? {} : { scopes: identity.scopes }),
    ...(headers.forwarded === undefined ? {} : { forwarded: headers.forwarded }),
  }
}

/**
 * What access directives may ask about a principal: the desk of the post under which the request acts, and the token's scopes where
 * its issuer is trusted with them.
 */
export const accessClaimsOf = (principal: Principal): AccessClaims => {
  const known = accesses.get(principal)
  if (known !== undefined) return known
  const scopes = new Set(principal.scopes)
  const desk = principal.actingFor === null ? undefined : SCOPE_OF[principal.actingFor.kind]
  if (desk !== undefined) scopes.add(desk)
  const access = { isSignedIn: principal.person !== null, scopes }
  accesses.set(principal, access)
  return access
}

const accesses = new WeakMap<Principal, AccessClaims>()
