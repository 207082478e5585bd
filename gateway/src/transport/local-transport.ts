import { randomUUID } from 'node:crypto'

import { ASSERTION_LIFETIME_SECONDS, bodyDigest, type AssertionClaims } from '@commonhall/shared/identity'
import type { LocalSubgraph } from '@commonhall/shared/port'

import { withDeadline } from './deadline.js'
import { CALL_DEADLINE_MS, type Transport } from './transport.js'

/**
 * Calls a subgraph in this process with the same claims that an HTTP call would carry, signed or not: no shortcut past its policies.
 */
export const createLocalTransport = (
  subgraph: LocalSubgraph,
  options: { readonly nowMs: () => number; readonly deadlineMs?: number },
): Transport => {
  const deadlineMs = options.deadlineMs ?? CALL_DEADLINE_MS
  let isUp = true
  return {
    party: subgraph.name,
    async call(request, identity) {
      const iat = Math.floor(options.nowMs() / 1000)
      const claims: AssertionClaims = {
        ...identity,
        iss: 'hub',
        aud: subgraph.name,
        iat,
        exp: iat + ASSERTION_LIFETIME_SECONDS,
        jti: randomUUID(),
        digest: bodyDigest(request.query),
        deadlineMs,
      }
      try {
        const answer = await withDeadline(deadlineMs, (signal) => subgraph.execute(request, claims, signal))
        isUp = true
        return answer
      } catch (error) {
        isUp = false
        throw error
      }
    },
    isUp: () => isUp,
    close: async () => {},
  }
}
