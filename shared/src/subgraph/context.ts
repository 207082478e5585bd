import { actorOf, type Actor, type AssertionClaims } from '../identity/index.js'
import type { LiveTopics } from '../live/index.js'
import type { Database } from '../persistence/index.js'
import type { Log } from '../telemetry/index.js'
import type { Clock } from '../time/index.js'

/** What belongs to one request in a subgraph; every party adds its loaders. */
export interface RequestContext {
  readonly actor: Actor
  readonly traceId: string
  readonly clock: Clock
  readonly database: Database
  readonly log: Log
  /** What changes, for subscriptions. */
  readonly live: LiveTopics
}

/** The context of one verified call. The clock stands still for the request, so that one answer knows one now. */
export const createRequestContext = (
  claims: AssertionClaims,
  process: { readonly clock: Clock; readonly database: Database; readonly log: Log; readonly live: LiveTopics },
): RequestContext => {
  const now = process.clock.now()
  const { database, log, live } = process
  return { actor: actorOf(claims), traceId: claims.traceId, clock: { now: () => now }, database, log, live }
}
