import type { CallContext } from '../transport/party-link.js'
import { callIdentityOf } from './call-identity.js'
import type { Principal } from './principal.js'

/** What surrounds the calls of one operation, made once per party. */
export interface CallContexts {
  of(party: string): CallContext
}

/**
 * The contexts of one operation.
 *
 * Queries carry a key under which equal calls in flight may share an answer: everything that a party is told of the caller but the
 * trace, forwarded headers too, so that whoever shares would have been told the same.
 */
export const createCallContexts = (of: {
  readonly principal: Principal
  readonly traceId: string
  readonly pairwiseKeys: Readonly<Record<string, string>>
  readonly deadlineAtMs: number
  readonly isShared: boolean
  readonly signal?: AbortSignal
}): CallContexts => {
  const made = new Map<string, CallContext>()
  return {
    of(party) {
      const known = made.get(party)
      if (known !== undefined) return known
      const identity = callIdentityOf(of.principal, party, of.pairwiseKeys, of.traceId)
      const headers = of.principal.forwarded
      const { sub, roles, actingFor, client, purpose, language, scope } = identity
      const context: CallContext = {
        identity,
        deadlineAtMs: of.deadlineAtMs,
        signal: of.signal,
        ...(headers === undefined ? {} : { headers }),
        ...(of.isShared ? { shareKey: JSON.stringify([sub, roles, actingFor, client, purpose, language, scope, headers]) } : {}),
      }
      made.set(party, context)
      return context
    },
  }
}
