import type { Breaker, BreakerPermit } from './breaker.js'
import type { Clock } from './clock.js'
import { PartyFault, verdictOf } from './party-fault.js'
import type { ByteText, CallContext, PartyCall, PartyLink } from './party-link.js'

/** What stands around a subscription. */
export interface SubscriptionGuard {
  readonly raw: PartyLink
  readonly breaker: Breaker
  readonly clock: Clock
  /** How long a silent start may hold the breaker's probe. */
  readonly patienceMs: number
}

/**
 * A subscription behind the party's breaker: refused while it is open, its failure counts like a call's, its first event proves
 * that the party is well. No deadline, no retry: who reads the events knows what was missed and starts again.
 */
export const subscribeGuarded = (guard: SubscriptionGuard, call: PartyCall, context: CallContext): AsyncIterable<ByteText> => ({
  [Symbol.asyncIterator](): AsyncIterator<ByteText> {
    const { raw, breaker, clock } = guard
    let events: AsyncIterator<ByteText> | null = null
    let permit: BreakerPermit | null = null
    let cancel = (): void => undefined
    const judged = (tell: (permit: BreakerPermit) => void): void => {
      cancel()
      if (permit !== null) tell(permit)
      permit = null
    }
    const start = (): AsyncIterator<ByteText> => {
      permit = breaker.admit()
      if (permit === null) throw new PartyFault(raw.party, 'BREAKER_OPEN')
      cancel = clock.setTimer(guard.patienceMs, () => judged(breaker.forget))
      return raw.subscribe(call, context)[Symbol.asyncIterator]()
    }
    return {
      async next() {
        try {
          events ??= start()
          const step = await events.next()
          judged(breaker.succeed)
          return step
        } catch (error) {
          const hasOwnEnd = context.signal?.aborted === true
          if (permit !== null) judged(hasOwnEnd || verdictOf(error) === 'nothing' ? breaker.forget : breaker.fail)
          // A stream that broke later is a failed call of its own, under the breaker's present state.
          else if (events !== null && !hasOwnEnd && verdictOf(error) === 'failure') countBroken(breaker)
          throw error
        }
      },
      async return() {
        judged(breaker.forget)
        await events?.return?.()
        return { done: true, value: undefined }
      },
    }
  },
})

const countBroken = (breaker: Breaker): void => {
  if (breaker.state() !== 'closed') return
  const permit = breaker.admit()
  if (permit !== null) breaker.fail(permit)
}
