import { pairwiseSubject } from '@commonhall/shared/identity'

import type { CallIdentity } from '../transport/party-link.js'
import type { Principal } from './principal.js'

/**
 * What one party may know of a caller: a pseudonym that no other party sees, the roles of the one post, purpose and language.
 *
 * A party without a pairwise key gets no subject at all; a guessable pseudonym would be worse than none.
 */
export const callIdentityOf = (
  principal: Principal,
  party: string,
  pairwiseKeys: Readonly<Record<string, string>>,
  traceId: string,
): CallIdentity => {
  const key = Object.hasOwn(pairwiseKeys, party) ? pairwiseKeys[party] : undefined
  return {
    sub: principal.person === null || key === undefined ? null : pairwiseSubject(key, principal.person.issuer, principal.person.subject),
    roles: principal.roles,
    actingFor: principal.actingFor,
    client: principal.client,
    purpose: principal.purpose,
    language: principal.language,
    traceId,
    scope: 'query',
  }
}
