import type { CallContext } from '../transport/party-link.js'
import type { CallIdentities } from './call-identity.js'
import type { Principal } from './principal.js'

/** What surrounds the calls of one operation. */
export interface CallContexts {
  of(party: string): CallContext
}

/**
 * The contexts of one operation.
 *
 * Queries carry a key under which equal calls in flight may share an answer: everything that a party is told of the caller but the
 * trace; forwarded headers are compared beside it, so that whoever shares would have been told the same.
 */
export const createCallContexts = (of: {
  readonly principal: Principal
  readonly traceId: string
  readonly identities: CallIdentities
  readonly deadlineAtMs: number
  readonly isShared: boolean
  readonly signal?: AbortSignal
}): CallContexts => {
  const { principal, traceId, deadlineAtMs, signal } = of
  const { forwarded } = principal
  return {
    of(party) {
      const { identity, members } = of.identities.of(principal, party)
      const { sub, roles, actingFor, client, purpose, language, scope } = identity
      return {
        identity: { sub, roles, actingFor, client, purpose, language, traceId, scope },
        statedMembers: members,
        deadlineAtMs,
        signal,
        shareKey: of.isShared ? members : undefined,
        headers: forwarded,
      }
    },
  }
}
