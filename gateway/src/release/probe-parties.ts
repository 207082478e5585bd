import { randomBytes } from 'node:crypto'

import type { PartyState } from '../door/health.js'
import { byteTextOf } from '../transport/byte-text.js'
import type { CallContext, PartyCall } from '../transport/party-link.js'
import type { OpenLink } from './open-link.js'

const QUERY = '{__typename}'
const PAUSE_MS = 5000
const PATIENCE_MS = 2000

/** Nobody in particular asks, so that no party learns of anyone by it. */
const contextOf = (): CallContext => ({
  identity: {
    sub: null,
    roles: ['anonymous'],
    actingFor: null,
    client: 'hub',
    purpose: null,
    language: 'en',
    traceId: randomBytes(16).toString('hex'),
    scope: 'query',
  },
  deadlineAtMs: performance.now() + PATIENCE_MS,
})

const callOf = (party: string): PartyCall => ({
  party,
  query: QUERY,
  bodyPrefix: byteTextOf(`{"query":${JSON.stringify(QUERY)},"variables":`),
  variables: '{}',
  isMutation: false,
})

/** Knows which parties answer. */
export interface PartyProbe {
  /** Asks these parties from now on, where nothing good is known of them; the former ones are forgotten. */
  watch(links: ReadonlyMap<string, OpenLink>): void
  /** Tells that these parties are there: they have given their schemas, or live in this process. */
  noteHeard(links: ReadonlyMap<string, OpenLink>): void
  stateOf(link: OpenLink): PartyState
  stop(): void
}

/**
 * Finds out by `{ __typename }` whether parties are there, so that readiness says it before a client has to, and says when they are back.
 *
 * A party that is up is left alone: its traffic tells. Any other is asked at once and every 5 s. It asks past the breaker, because a
 * party that refuses callers without a token answers nobody in particular badly and its clients well. Holds no process open.
 */
export const createPartyProbe = (): PartyProbe => {
  const heard = new WeakSet<OpenLink>()
  let timer: NodeJS.Timeout | undefined
  return {
    watch(links) {
      clearInterval(timer)
      const ask = (): void => {
        for (const [party, open] of links) {
          if (open.raw.isUp() && (heard.has(open) || open.link.stats().calls > 0)) continue
          const hear = (): void => void heard.add(open)
          open.raw.call(callOf(party), contextOf()).then(hear, hear)
        }
      }
      ask()
      timer = setInterval(ask, PAUSE_MS).unref()
    },
    noteHeard(links) {
      for (const open of links.values()) heard.add(open)
    },
    stateOf: (open) => (!open.raw.isUp() ? 'down' : heard.has(open) || open.link.stats().calls > 0 ? 'up' : 'unknown'),
    stop: () => clearInterval(timer),
  }
}
