import { createBreaker, type BreakerPermit, type BreakerSettings, type BreakerState } from './breaker.js'
import { createBulkhead } from './bulkhead.js'
import { SYSTEM_CLOCK, type Clock } from './clock.js'
import { isWorthRetrying, PartyFault, verdictOf } from './party-fault.js'
import type { ByteText, CallContext, PartyCall, PartyLink } from './party-link.js'
import { createRetryBudget } from './retry-budget.js'
import { createSharedFlights, type Flight } from './shared-flights.js'
import { subscribeGuarded } from './guarded-subscription.js'
import { CALL_DEADLINE_MS } from './party-link.js'

/** Figures of one party, for metrics; counters only grow. */
export interface LinkStats {
  readonly state: BreakerState
  readonly inFlight: number
  readonly queued: number
  /** Calls that were asked for, whatever became of them. */
  readonly calls: number
  /** Calls that were rejected. */
  readonly failures: number
  readonly retries: number
  /** Calls that were spared because an equal one was in flight. */
  readonly shared: number
}

/** A link with everything around it that keeps one party's trouble at that party. */
export interface ResilientLink extends PartyLink {
  stats(): LinkStats
}

/** What can be set; the values of trust.md, section 9, unless said. */
export interface ResilienceOptions {
  readonly clock?: Clock
  /** Longest wait for one call, all tries together. */
  readonly callDeadlineMs?: number
  readonly maxInFlight?: number
  readonly maxQueued?: number
  readonly maxQueueWaitMs?: number
  readonly breaker?: BreakerSettings
  /** 0 ≤ x < 1; for the jitter. */
  readonly random?: () => number
  /**
   * Whether the raw link ends its calls at `context.deadlineAtMs` by itself, as the one over HTTP does, and uses no more of `signal`
   * than `aborted` and its listeners (see `LightSignal`). Otherwise it gets a signal of its own, which is aborted then, and the
   * call is settled at the deadline whatever it does.
   */
  readonly keepsDeadline?: boolean
  readonly onState?: (party: string, from: BreakerState, to: BreakerState) => void
}

const SHORTEST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 50
/** With less than this left a second try would only add load. */
const LEAST_FOR_RETRY_MS = 50
/** A call that had less time than this and was late says nothing about its party. */
const FAIR_CHANCE_MS = 1000

/**
 * Puts deadline, breaker, bulkhead, retry and sharing around a raw link. One clock drives all of it, so that it can run in virtual
 * time.
 *
 * Refuses with `PartyFault`: BUSY and BREAKER_OPEN without calling, LATE at the earlier of call and operation deadline. Queries alone
 * are tried again, once, after 10–50 ms, when the connection failed or a proxy said so (502, 503, 504) and the budget has room.
 * Cost without trouble: a few promises and one timer entry.
 */
export const createResilientLink = (raw: PartyLink, options: ResilienceOptions = {}): ResilientLink => {
  const { party } = raw
  const { clock = SYSTEM_CLOCK, callDeadlineMs = CALL_DEADLINE_MS, random = Math.random, keepsDeadline = false } = options
  const breaker = createBreaker({
    clock,
    ...(options.breaker === undefined ? {} : { settings: options.breaker }),
    onState: (from, to) => options.onState?.(party, from, to),
  })
  const bulkhead = createBulkhead({
    clock,
    maxInFlight: options.maxInFlight ?? 64,
    maxQueued: options.maxQueued ?? 128,
    maxWaitMs: options.maxQueueWaitMs ?? 500,
  })
  const budget = createRetryBudget(clock)
  const counts = { calls: 0, failures: 0, retries: 0 }
  const fairChanceMs = Math.min(FAIR_CHANCE_MS, callDeadlineMs / 2)

  const callOnce = (call: PartyCall, context: CallContext): Promise<ByteText> => {
    if (keepsDeadline) return raw.call(call, context)
    return new Promise((resolve, reject) => {
      const own = followAbort(context.signal)
      const cancel = clock.setTimer(context.deadlineAtMs - clock.nowMs(), () => {
        reject(new PartyFault(party, 'LATE'))
        own.abort()
      })
      const settle = (): void => {
        cancel()
        own.release()
      }
      raw.call(call, { ...context, signal: own.signal }).then(
        (text) => {
          settle()
          resolve(text)
        },
        (error: unknown) => {
          settle()
          reject(error as Error)
        },
      )
    })
  }

  const judge = (permit: BreakerPermit, error: unknown, context: CallContext, startedMs: number): void => {
    const isOwnEnd = context.signal?.aborted === true
    const isHasty = error instanceof PartyFault && error.fault === 'LATE' && context.deadlineAtMs - startedMs < fairChanceMs
    const verdict = isOwnEnd || isHasty ? 'nothing' : verdictOf(error)
    if (verdict === 'failure') breaker.fail(permit)
    else if (verdict === 'alive') breaker.succeed(permit)
    else breaker.forget(permit)
  }

  const pause = (delayMs: number): Promise<void> => new Promise((resolve) => void clock.setTimer(delayMs, resolve))

  const waitTurn = async (context: CallContext): Promise<void> => {
    const turn = await bulkhead.waitTurn(context.deadlineAtMs, context.signal)
    if (turn !== 'entered') throw new PartyFault(party, turn === 'busy' ? 'BUSY' : turn === 'late' ? 'LATE' : 'ABORTED')
  }
  /** Takes a place; null when there was one at once. */
  const enter = (context: CallContext): Promise<void> | null => {
    if (context.signal?.aborted === true) throw new PartyFault(party, 'ABORTED')
    if (clock.nowMs() >= context.deadlineAtMs) throw new PartyFault(party, 'LATE')
    if (breaker.isRefusing()) throw new PartyFault(party, 'BREAKER_OPEN')
    return bulkhead.tryEnter() ? null : waitTurn(context)
  }

  const mayRetry = (call: PartyCall, error: unknown, context: CallContext, pauseMs: number): boolean =>
    !call.isMutation &&
    isWorthRetrying(error) &&
    context.signal?.aborted !== true &&
    clock.nowMs() + pauseMs + LEAST_FOR_RETRY_MS <= context.deadlineAtMs &&
    !breaker.isRefusing() &&
    budget.take()

  const run = async (call: PartyCall, context: CallContext, flight: Flight | null): Promise<ByteText> => {
    let hasPlace = false
    try {
      const turn = enter(context)
      if (turn !== null) await turn
      hasPlace = true
      budget.noteCall()
      for (let hasRetried = false; ; hasRetried = true) {
        const permit = breaker.admit()
        if (permit === null) throw new PartyFault(party, 'BREAKER_OPEN')
        const startedMs = clock.nowMs()
        try {
          const text = await callOnce(call, context)
          breaker.succeed(permit)
          return text
        } catch (error) {
          judge(permit, error, context, startedMs)
          const pauseMs = SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS)
          // A probe is one call and no two.
          if (hasRetried || permit.isProbe || !mayRetry(call, error, context, pauseMs)) throw error
          counts.retries += 1
          await pause(pauseMs)
          if (context.signal?.aborted === true) throw new PartyFault(party, 'ABORTED')
        }
      }
    } finally {
      if (hasPlace) bulkhead.leave()
      flight?.land()
    }
  }
  const noteFailure = (error: unknown): never => {
    counts.failures += 1
    throw error
  }

  const flights = createSharedFlights({ party, clock, run })
  return {
    party,
    call(call, context) {
      counts.calls += 1
      const deadlineAtMs = Math.min(context.deadlineAtMs, clock.nowMs() + callDeadlineMs)
      const bounded = deadlineAtMs === context.deadlineAtMs ? context : { ...context, deadlineAtMs }
      const { shareKey } = context
      const answer = call.isMutation || shareKey === undefined ? run(call, bounded, null) : flights.join(call, bounded, shareKey)
      return answer.catch(noteFailure)
    },
    subscribe: (call, context) => subscribeGuarded({ raw, breaker, clock, patienceMs: callDeadlineMs }, call, context),
    noteUnusable: () => breaker.noteUnusable(),
    isUp: () => raw.isUp() && breaker.state() === 'closed',
    close: () => raw.close(),
    stats: () => ({
      state: breaker.state(),
      inFlight: bulkhead.inFlight(),
      queued: bulkhead.queued(),
      ...counts,
      shared: flights.shared(),
    }),
  }
}

/** A controller that follows a signal; `release` takes the listener off, which `AbortSignal.any` would keep as long as the signal lives. */
const followAbort = (signal: AbortSignal | undefined): { readonly signal: AbortSignal; abort(): void; release(): void } => {
  const own = new AbortController()
  if (signal === undefined) return { signal: own.signal, abort: () => own.abort(), release: () => undefined }
  const follow = (): void => own.abort()
  if (signal.aborted) own.abort()
  signal.addEventListener('abort', follow, { once: true })
  return { signal: own.signal, abort: follow, release: () => signal.removeEventListener('abort', follow) }
}
