import type { Clock } from './clock.js'

/** closed: calls go through. open: none does. half-open: exactly one does, the probe. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Permission for one call; its outcome is told with it. A permit of an earlier state changes nothing any more. */
export interface BreakerPermit {
  readonly generation: number
  readonly isProbe: boolean
}

/** When a breaker opens and how long it stays so. */
export interface BreakerSettings {
  /** Failures in a row that open it. */
  readonly failuresInARow: number
  /** Share of failed calls in the window that opens it, from `minimumCalls` on. */
  readonly failureShare: number
  readonly minimumCalls: number
  readonly windowMs: number
  /** Time between opening and the probe. */
  readonly restMs: number
}

/** trust.md, section 9: opens within 2 s of trouble, asks again after 1 s. */
export const BREAKER_SETTINGS: BreakerSettings = { failuresInARow: 5, failureShare: 0.5, minimumCalls: 10, windowMs: 2000, restMs: 1000 }

/** A breaker for one party. Pure apart from its clock; knows no calls, only their outcomes. */
export interface Breaker {
  state(): BreakerState
  /** Whether `admit` would refuse, without taking the probe. */
  isRefusing(): boolean
  /** A permit, or null when the call must not be made. Every permit is given back by exactly one of the three below. */
  admit(): BreakerPermit | null
  succeed(permit: BreakerPermit): void
  fail(permit: BreakerPermit): void
  /** The call ended without saying anything about the party; a probe's place becomes free again. */
  forget(permit: BreakerPermit): void
  /** An answer that was counted as success turned out to be unusable. */
  noteUnusable(): void
}

const BUCKETS = 10

/**
 * Makes a breaker, closed.
 *
 * It goes closed → open → half-open → closed or open, and no other way. Outcomes of calls that were permitted in an earlier state
 * are dropped: a slow failure from before cannot end a probe, a late success cannot close an open breaker.
 */
export const createBreaker = (options: {
  readonly clock: Clock
  readonly settings?: BreakerSettings
  readonly onState?: ((from: BreakerState, to: BreakerState) => void) | undefined
}): Breaker => {
  const { clock, settings = BREAKER_SETTINGS } = options
  const bucketMs = settings.windowMs / BUCKETS
  const calls = new Array<number>(BUCKETS).fill(0)
  const failures = new Array<number>(BUCKETS).fill(0)
  const bucketOf = new Array<number>(BUCKETS).fill(-1)
  let state: BreakerState = 'closed'
  let generation = 0
  let inARow = 0
  /** What `inARow` was before the last success, in case that turns out to be none. */
  let inARowBefore = 0
  let openedAtMs = 0
  let isProbing = false

  const move = (to: BreakerState): void => {
    const from = state
    state = to
    generation += 1
    isProbing = false
    options.onState?.(from, to)
  }

  const open = (): void => {
    openedAtMs = clock.nowMs()
    move('open')
  }

  const close = (): void => {
    bucketOf.fill(-1)
    inARow = 0
    // On probation: if the probe's answer proves unusable, the breaker opens again at once.
    inARowBefore = settings.failuresInARow - 1
    move('closed')
  }

  const slot = (): number => {
    const bucket = Math.floor(clock.nowMs() / bucketMs)
    const at = bucket % BUCKETS
    if (bucketOf[at] !== bucket) {
      bucketOf[at] = bucket
      calls[at] = 0
      failures[at] = 0
    }
    return at
  }

  const isOverShare = (): boolean => {
    const oldest = Math.floor(clock.nowMs() / bucketMs) - BUCKETS
    let called = 0
    let failed = 0
    for (let at = 0; at < BUCKETS; at++) {
      if ((bucketOf[at] as number) <= oldest) continue
      called += calls[at] as number
      failed += failures[at] as number
    }
    return called >= settings.minimumCalls && failed >= called * settings.failureShare
  }

  const countFailure = (isNewCall: boolean): void => {
    const at = slot()
    calls[at] = (calls[at] as number) + (isNewCall ? 1 : 0)
    failures[at] = (failures[at] as number) + 1
    if (inARow >= settings.failuresInARow || isOverShare()) open()
  }

  return {
    state: () => state,
    isRefusing: () => (state === 'open' ? clock.nowMs() - openedAtMs < settings.restMs : state === 'half-open' && isProbing),
    admit() {
      if (state === 'open') {
        if (clock.nowMs() - openedAtMs < settings.restMs) return null
        move('half-open')
      }
      if (state === 'half-open') {
        if (isProbing) return null
        isProbing = true
        return { generation, isProbe: true }
      }
      return { generation, isProbe: false }
    },
    succeed(permit) {
      if (permit.generation !== generation) return
      if (state === 'half-open') return close()
      const at = slot()
      calls[at] = (calls[at] as number) + 1
      if (inARow > 0 || inARowBefore > 0) {
        inARowBefore = inARow
        inARow = 0
      }
    },
    fail(permit) {
      if (permit.generation !== generation) return
      if (state === 'half-open') return open()
      inARow += 1
      countFailure(true)
    },
    forget(permit) {
      if (permit.generation === generation && permit.isProbe) isProbing = false
    },
    noteUnusable() {
      if (state !== 'closed') return
      inARow = Math.max(inARow, inARowBefore) + 1
      inARowBefore = inARow
      countFailure(false)
    },
  }
}
