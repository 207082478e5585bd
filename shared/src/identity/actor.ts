/** The four kinds of parties; each kind owns one subgraph. */
export type PartyKind = 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT' | 'RESIDENT'

/** What a person may be at a party. Roles are granted by the identity provider as posts, never chosen by a client. */
export const ROLES = ['anonymous', 'resident', 'clerk', 'cadre', 'officer', 'worker', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** Languages of messages to people. */
export type Language = 'zh' | 'en'

/** The post under which a person acts: for which party, in which role. `partyId` is the TypeID of the party (dep_, cmt_, npo_). */
export interface ActorPost {
  readonly kind: PartyKind
  readonly partyId: string
  readonly role: Role
}

/**
 * Who acts, as one party's subgraph may know it.
 *
 * `subject` is a pairwise pseudonym: two parties see two different values for the same person, and neither is the user's
 * own identifier. `actingFor` is null for residents (they act for themselves) and for anonymous callers.
 */
export interface Actor {
  readonly subject: string | null
  readonly roles: readonly Role[]
  readonly actingFor: ActorPost | null
  readonly client: string
  readonly purpose: string | null
  readonly language: Language
}

/** Claims of a caller who has not signed in. */
export const ANONYMOUS_CLAIMS = { sub: null, roles: ['anonymous'], actingFor: null } as const
