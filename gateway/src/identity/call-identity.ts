import { claimMembers, pairwiseSubject } from '@commonhall/shared/identity'

import type { CallIdentity } from '../transport/party-link.js'
import type { Principal } from './principal.js'

/** What one party is told of a caller in every call. */
export interface StandingIdentity {
  readonly identity: Omit<CallIdentity, 'traceId'>
  /** The same as members of a JSON object, for assertions; also tells apart whom a party could tell apart. */
  readonly members: string
}

/** What parties are told of callers. */
export interface CallIdentities {
  /** Made once for each caller and party, and kept as long as the caller is. */
  of(principal: Principal, party: string): StandingIdentity
}

/** A pseudonym that no other party sees, the roles of the one post, purpose and language. */
const identityOf = (principal: Principal, party: string, pairwiseKeys: Readonly<Record<string, string>>): StandingIdentity['identity'] => {
  const { person, roles, actingFor, client, purpose, language } = principal
  const key = Object.hasOwn(pairwiseKeys, party) ? pairwiseKeys[party] : undefined
  const sub = person === null || key === undefined ? null : pairwiseSubject(key, person.issuer, person.subject)
  return { sub, roles, actingFor, client, purpose, language, scope: 'query' }
}

/**
 * What each party may know of a caller, as long as the pairwise keys are these.
 *
 * A party without a pairwise key gets no subject at all; a guessable pseudonym would be worse than none.
 */
export const createCallIdentities = (pairwiseKeys: Readonly<Record<string, string>>): CallIdentities => {
  const known = new WeakMap<Principal, Map<string, StandingIdentity>>()
  return {
    of(principal, party) {
      let parties = known.get(principal)
      if (parties === undefined) known.set(principal, (parties = new Map()))
      const made = parties.get(party)
      if (made !== undefined) return made
      const identity = identityOf(principal, party, pairwiseKeys)
      const standing = { identity, members: claimMembers(identity) }
      parties.set(party, standing)
      return standing
    },
  }
}
