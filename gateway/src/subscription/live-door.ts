import { createHash } from 'node:crypto'

import { HubError } from '@commonhall/shared/errors'

import type { OperationAnswer } from '../execution/execute-operation.js'
import type { Clock } from '../transport/clock.js'
import type { ByteText } from '../transport/party-link.js'
import { createTurnstile, followReleases, type ReleaseNews } from './follow-releases.js'
import type { ByteAccount } from './event-buffer.js'
import type { LiveLimits } from './live-limits.js'
import { startLiveOperation, type LiveOperation, type LiveSink, type LiveSummary } from './live-operation.js'
import type { LiveRegistry } from './live-registry.js'

/** Opens the source of a subscription on the release that is current at that moment. */
export type OpenSource = (signal: AbortSignal) => Promise<AsyncIterable<OperationAnswer>>

/** A subscription that is open and waits for its client. */
export interface OpenedLive {
  /** Begins to write. `account` counts what waits in the client's connection; without one the operation has its own. */
  start(sink: LiveSink, options: { onClosed: (summary: LiveSummary) => void; account?: ByteAccount }): LiveOperation
  /** The client has gone before anything began. */
  discard(): void
}

/** Whose operation it is, and how long it may last. */
export interface LiveCaller {
  readonly key: string
  /** End of the caller's token on the wall clock. */
  readonly expiresAtMs: number | null
}

/** Takes a place, opens the source, follows releases. */
export interface LiveDoor {
  /** Refused: TOO_MANY_SUBSCRIPTIONS, and whatever opening the source refuses. */
  open(caller: LiveCaller, source: OpenSource, textOf: (event: OperationAnswer) => ByteText): Promise<OpenedLive>
}

/** How many operations move to a new release at the same time. */
const MOVES_AT_ONCE = 32

/** What an event says, apart from whose trace it carries and how long it took. */
const fingerprintOf = ({ dataText, errors }: OperationAnswer): string =>
  createHash('sha1')
    .update(JSON.stringify([dataText, errors.map(({ message, path }) => [message, path])]))
    .digest('base64')

/** The one way by which live operations come into being, for all transports. */
export const createLiveDoor = (deps: {
  readonly registry: LiveRegistry
  readonly limits: LiveLimits
  readonly news: ReleaseNews
  readonly clock: Clock
  readonly nowMs: () => number
}): LiveDoor => {
  const { registry, limits, clock } = deps
  const move = createTurnstile(MOVES_AT_ONCE)
  const lifetimeOf = ({ expiresAtMs }: LiveCaller): { lifetimeMs: number; lifetimeFault: () => HubError } => {
    const untilExpiryMs = expiresAtMs === null ? Infinity : Math.max(0, expiresAtMs - deps.nowMs())
    return untilExpiryMs < limits.maxDurationMs
      ? { lifetimeMs: untilExpiryMs, lifetimeFault: () => new HubError('UNAUTHENTICATED', { reason: 'TOKEN_EXPIRED' }) }
      : { lifetimeMs: limits.maxDurationMs, lifetimeFault: () => new HubError('SUBSCRIPTION_ENDED', { reason: 'DURATION_OVER' }) }
  }
  return {
    async open(caller, source, textOf) {
      const place = registry.admit(caller.key)
      const firstSignal = new AbortController()
      // A release that comes while the source is being opened must not be missed: the old one will be let go.
      let isBehind = false
      const { news } = deps
      const stopListening = news.onSwap(async () => void (isBehind = true))
      const giveUp = (): void => {
        stopListening()
        firstSignal.abort()
        place.leave()
      }
      try {
        const first = await source(firstSignal.signal)
        return {
          start(sink, { onClosed, account = registry.account() }) {
            stopListening()
            const { overlapMs } = limits
            const events = followReleases({ open: source, first, firstSignal, isBehind, news, fingerprintOf, clock, overlapMs, move })
            const operation = startLiveOperation({
              events,
              textOf,
              sink,
              account,
              maxBufferedEvents: limits.maxBufferedEvents,
              clock,
              ...lifetimeOf(caller),
              onClosed(summary) {
                place.leave()
                onClosed(summary)
              },
            })
            place.fill(operation)
            return operation
          },
          discard: giveUp,
        }
      } catch (fault) {
        giveUp()
        throw fault
      }
    },
  }
}
