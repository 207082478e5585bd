import type { AssertionClaims } from '@commonhall/shared/identity'
import type { SubgraphAnswer, SubgraphRequest } from '@commonhall/shared/port'

/** What the hub states about a call, apart from what each call gets fresh (times, nonce, digest). */
export type CallIdentity = Omit<AssertionClaims, 'iss' | 'iat' | 'exp' | 'jti' | 'digest' | 'aud' | 'deadlineMs'>

/** A way to one party. Two exist: in this process and over HTTP; both state the same identity. */
export interface Transport {
  readonly party: string
  /**
   * Sends one operation. Rejects with a `HubError` (PARTY_UNAVAILABLE, DEADLINE_EXCEEDED) when the party is down, late, or answers
   * something that is no GraphQL. Errors inside an answer are no rejection.
   */
  call(request: SubgraphRequest, identity: CallIdentity): Promise<SubgraphAnswer>
  /** Whether the last call came through; true before the first. */
  isUp(): boolean
  close(): Promise<void>
}

/** Longest wait for one call. */
export const CALL_DEADLINE_MS = 5000
/** Largest answer of a party, decompressed (we ask for no compression). */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024
