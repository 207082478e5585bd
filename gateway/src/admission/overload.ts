import { monitorEventLoopDelay } from 'node:perf_hooks'

import { HubError } from '@commonhall/shared/errors'

/** Who asks for a place, as far as can be known before anything is read. Acts go first, then people who have signed in. */
export type Share = 'anonymous' | 'signed-in' | 'act'

/** What the guard takes from its surroundings; virtual in tests. */
export interface OverloadSurroundings {
  /** Monotonic. */
  readonly nowMs: () => number
  /** Calls back when the event loop has finished its present turn. */
  readonly afterTurn: (done: () => void) => void
  /** How late the event loop has been since the last question, at its worst but for one in ten. */
  readonly takeLoopDelayMs: () => number
}

/** Bounds of a guard. */
export interface OverloadLimits {
  /** Operations that run at once: never fewer, whatever is measured. */
  readonly minInFlight: number
  readonly maxInFlight: number
  /** A loop that is later than this runs too many operations at once. */
  readonly targetDelayMs: number
  /** How long new work may be begun in one turn of the loop while the hub is overloaded: what waits behind it waits as long. */
  readonly turnMs: number
  /** A burst shorter than this is worked off and not refused. */
  readonly patienceMs: number
}

/** Bounds that fit one core. */
export const OVERLOAD_LIMITS: OverloadLimits = { minInFlight: 16, maxInFlight: 1000, targetDelayMs: 15, turnMs: 8, patienceMs: 250 }

/** What a class of callers may have of turns and places; the rest is kept for those above it. */
const SHARES: Readonly<Record<Share, number>> = { anonymous: 0.7, 'signed-in': 0.9, act: 1 }
const WINDOW_MS = 100
const FIRST_PLACES = 500
/** A loop that had nothing to do for so long between two turns is not overloaded, however long they were. */
const IDLE_MS = 5

/** Decides, before anything of a request is read, whether it is begun at all. */
export interface OverloadGuard {
  /** Takes a place, and gives the way to leave it. Refuses with OVERLOADED and `retryAfterSeconds`; that costs about a microsecond. */
  enter(share: Share): () => void
  readonly inFlight: number
  /** Places there are at present. */
  readonly limit: number
  readonly isShedding: boolean
  readonly refused: number
}

const systemSurroundings = (): OverloadSurroundings => {
  const resolutionMs = 5
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  return {
    nowMs: () => performance.now(),
    afterTurn: (done) => void setImmediate(done),
    takeLoopDelayMs() {
      const lateMs = delays.percentile(90) / 1e6 - resolutionMs
      delays.reset()
      return Math.max(0, lateMs)
    },
  }
}

/**
 * Keeps a hub that is asked for more than it can do at what it can do.
 *
 * Two faults of overload, two measures. *Too much begun in one turn*: sockets that are ready are served one after another, and the
 * last waits for all before it; once every turn has been too long for `patienceMs`
 * without a pause, each turn begins work for `turnMs` alone and
 * refuses the rest at once. *Too much running*: places shrink by a fifth when the loop is late and grow slowly when all are taken.
 * A turn that had to refuse nothing and stayed short ends the overload, and so does a pause.
 */
export const createOverloadGuard = (
  limits: OverloadLimits = OVERLOAD_LIMITS,
  surroundings: OverloadSurroundings = systemSurroundings(),
): OverloadGuard => {
  const { nowMs, afterTurn, takeLoopDelayMs } = surroundings
  let inFlight = 0
  let refused = 0
  let places = Math.min(limits.maxInFlight, Math.max(limits.minInFlight, FIRST_PLACES))
  let windowFromMs = nowMs()
  let mostInFlight = 0
  let turnFromMs: number | null = null
  let turnEndedMs = nowMs()
  let hasRefusedInTurn = false
  /** Since when every turn was too long; null: the last one was not. */
  let crowdedFromMs: number | null = null
  let isShedding = false

  const calm = (): void => {
    crowdedFromMs = null
    isShedding = false
  }

  const endTurn = (): void => {
    const now = nowMs()
    const isLong = turnFromMs !== null && (hasRefusedInTurn || now - turnFromMs > limits.turnMs)
    turnFromMs = null
    turnEndedMs = now
    hasRefusedInTurn = false
    if (!isLong) return calm()
    crowdedFromMs ??= now
    isShedding = now - crowdedFromMs >= limits.patienceMs
  }

  const adapt = (now: number): void => {
    if (now - windowFromMs < WINDOW_MS) return
    if (takeLoopDelayMs() > limits.targetDelayMs) places = Math.max(limits.minInFlight, Math.floor(places * 0.8))
    else if (mostInFlight >= places * 0.8) places = Math.min(limits.maxInFlight, Math.ceil(places * 1.05))
    windowFromMs = now
    mostInFlight = inFlight
  }

  const refuse = (reason: string): never => {
    refused += 1
    hasRefusedInTurn = true
    // Spread over four seconds, so that those who were refused together do not come back together.
    throw new HubError('OVERLOADED', { reason, figures: { retryAfterSeconds: 1 + (refused % 4) } })
  }

  const leave = (): void => {
    inFlight -= 1
  }

  return {
    enter(share) {
      const now = nowMs()
      adapt(now)
      if (turnFromMs === null) {
        if (now - turnEndedMs > IDLE_MS) calm()
        turnFromMs = now
        afterTurn(endTurn)
      }
      if (isShedding && now - turnFromMs > limits.turnMs * SHARES[share]) refuse('TURN_IS_FULL')
      if (inFlight >= places * SHARES[share]) refuse('PLACES_ARE_TAKEN')
      inFlight += 1
      if (inFlight > mostInFlight) mostInFlight = inFlight
      let hasLeft = false
      return () => {
        if (hasLeft) return
        hasLeft = true
        leave()
      }
    },
    get inFlight() {
      return inFlight
    },
    get limit() {
      return places
    },
    get isShedding() {
      return isShedding
    },
    get refused() {
      return refused
    },
  }
}
