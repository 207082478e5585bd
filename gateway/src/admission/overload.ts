import { HubError } from '@commonhall/shared/errors'

/** Who asks for a place, as far as can be known before anything is read. Acts go first, then people who have signed in. */
export type Share = 'anonymous' | 'signed-in' | 'act'

/** What the guard takes from its surroundings; virtual in tests. */
export interface OverloadSurroundings {
  /** Monotonic. */
  readonly nowMs: () => number
  /** Calls back when the event loop has finished its present turn. */
  readonly afterTurn: (done: () => void) => void
  /** Which part of the time since the last question the loop had something to do. */
  readonly takeUtilization: () => number
}

/** Bounds of a guard. */
export interface OverloadLimits {
  /** Operations that run at once while the hub is overloaded: never fewer, whatever is measured. */
  readonly minInFlight: number
  /** Operations that run at once, ever. */
  readonly maxInFlight: number
  /** A loop that is later than this for `patienceMs`, or always busy while operations take longer, is overloaded; below it callers wait. */
  readonly crowdedMs: number
  readonly patienceMs: number
  /** How late the loop shall be while the hub is overloaded: refusals and good answers wait as long. */
  readonly targetDelayMs: number
  /** How long new work may be begun in one turn of the loop while the hub is overloaded. */
  readonly turnMs: number
}

/** Bounds that fit one core: some hundred operations of two milliseconds wait before anything is refused. */
export const OVERLOAD_LIMITS: OverloadLimits = {
  minInFlight: 4,
  maxInFlight: 2000,
  crowdedMs: 400,
  patienceMs: 250,
  targetDelayMs: 12,
  turnMs: 8,
}

/** What a class of callers may have of turns and places; the rest is kept for those above it. */
const SHARES: Readonly<Record<Share, number>> = { anonymous: 0.7, 'signed-in': 0.9, act: 1 }
const WINDOW_MS = 100
/** What was measured over a pause says nothing about now. */
const STALE_MS = 1000
/** After refusing for so long, work is begun again even if the queue of connections has not been seen to end. */
const LONGEST_DRAIN_MS = 20
/** Turns that say something about the queue of connections. */
const MIN_TURNS = 5
/** An overload that comes back so soon needs no patience. */
const RELAPSE_MS = 5000
/** A loop that is busy for more than this part of the time has nothing left to give. */
const SATURATED = 0.95

/** Decides, before anything of a request is read, whether it is begun at all. */
export interface OverloadGuard {
  /** Takes a place, and gives the way to leave it. Refuses with OVERLOADED and `retryAfterSeconds`; that costs some microseconds. */
  enter(share: Share): () => void
  /** Told of every new connection. One in every turn of a busy loop means that more wait where nobody can count them. */
  noteConnection(): void
  readonly inFlight: number
  /** Places there are at present. */
  readonly places: number
  readonly isShedding: boolean
  readonly refused: number
}

const systemSurroundings = (): OverloadSurroundings => {
  let utilization = performance.eventLoopUtilization()
  return {
    nowMs: () => performance.now(),
    afterTurn: (done) => void setImmediate(done),
    takeUtilization() {
      const before = utilization
      utilization = performance.eventLoopUtilization()
      return performance.eventLoopUtilization(utilization, before).utilization
    },
  }
}

/**
 * Keeps a hub that is asked for more than it can do at what it can do.
 *
 * Ordinarily everything is begun, and a burst waits. Once callers have waited too long for a while, work is begun only as far as it is
 * finished soon, and the rest is refused at once: in each turn for `turnMs` (sockets that are ready are served one after another, and
 * the last waits for all before it), and in as many places as keep the loop at its target (a fifth fewer when it is late, slowly
 * more when all are taken). A window without refusals ends it.
 */
export const createOverloadGuard = (
  limits: OverloadLimits = OVERLOAD_LIMITS,
  surroundings: OverloadSurroundings = systemSurroundings(),
): OverloadGuard => {
  const { nowMs, afterTurn, takeUtilization } = surroundings
  let inFlight = 0
  let refused = 0
  let refusedInWindow = 0
  let mostInFlight = 0
  let finished = 0
  let finishedMs = 0
  let places = limits.maxInFlight
  let windowFromMs = nowMs()
  let isInTurn = false
  /** Since when turns have followed each other with a new connection in each; such a run has the time of one turn. */
  let runFromMs: number | null = null
  let hasConnection = false
  let turns = 0
  let turnsWithConnection = 0
  /** Since when every window was too late; null: the last one was not. */
  let crowdedFromMs: number | null = null
  let shedUntilMs = -Infinity
  let isShedding = false

  const calm = (): void => {
    crowdedFromMs = null
    isShedding = false
    places = limits.maxInFlight
  }
  const watch = (now: number, delayMs: number): void => {
    if (delayMs <= limits.crowdedMs) return calm()
    crowdedFromMs ??= now
    const isAgain = now - shedUntilMs < RELAPSE_MS
    if (!isAgain && now - crowdedFromMs < limits.patienceMs) return
    isShedding = true
    places = Math.max(limits.minInFlight, Math.floor((inFlight * limits.targetDelayMs) / delayMs))
  }
  const steer = (delayMs: number, utilization: number): void => {
    shedUntilMs = windowFromMs
    if (refusedInWindow === 0) calm()
    else if (delayMs > limits.targetDelayMs) places = Math.max(limits.minInFlight, Math.floor(places * 0.8))
    // Busy with waiting for parties: more may run at once. Busy with itself: hardly more.
    else if (mostInFlight >= places * 0.6) places = Math.min(limits.maxInFlight, Math.ceil(places * (utilization < SATURATED ? 1.3 : 1.05)))
  }
  const adapt = (now: number): void => {
    const elapsedMs = now - windowFromMs
    if (elapsedMs < WINDOW_MS) return
    const utilization = takeUtilization()
    // How long one turn took, without the time in which there was nothing to do: whoever comes waits as long, at least.
    const delayMs = (elapsedMs * utilization) / Math.max(1, turns)
    // What waits in queues of the hub itself, such as those before a party, makes no turn longer.
    const waitedMs = finished > 0 && utilization > SATURATED ? finishedMs / finished : 0
    // A turn takes one connection from the system's queue, which tells nobody how long it is.
    const isQueueing = utilization > SATURATED && turns >= MIN_TURNS && turnsWithConnection > turns * 0.9
    if (elapsedMs > STALE_MS && utilization < SATURATED) calm()
    else if (isShedding) steer(delayMs, utilization)
    else watch(now, Math.max(delayMs, waitedMs, isQueueing ? limits.crowdedMs + 1 : 0))
    windowFromMs = now
    refusedInWindow = 0
    finished = 0
    finishedMs = 0
    turns = 0
    turnsWithConnection = 0
    mostInFlight = inFlight
  }

  const refuse = (reason: string): never => {
    refused += 1
    refusedInWindow += 1
    // Spread over four seconds, so that those who were refused together do not come back together.
    throw new HubError('OVERLOADED', { reason, figures: { retryAfterSeconds: 1 + (refused % 4) } })
  }

  const endTurn = (): void => {
    isInTurn = false
    turns += 1
    if (hasConnection) turnsWithConnection += 1
    else runFromMs = null
    hasConnection = false
  }
  /** Gives since when the work of this turn has been begun. */
  const inTurn = (now: number): number => {
    if (!isInTurn) {
      isInTurn = true
      // Between turns only: how late the loop is can be seen when it comes round.
      adapt(now)
      afterTurn(endTurn)
    }
    if (runFromMs === null || now - runFromMs > limits.turnMs + LONGEST_DRAIN_MS) runFromMs = now
    return runFromMs
  }

  return {
    noteConnection() {
      inTurn(nowMs())
      hasConnection = true
    },
    enter(share) {
      const now = nowMs()
      const fromMs = inTurn(now)
      if (isShedding && now - fromMs > limits.turnMs * SHARES[share]) refuse('TURN_IS_FULL')
      if (inFlight >= places * SHARES[share]) refuse('PLACES_ARE_TAKEN')
      inFlight += 1
      if (inFlight > mostInFlight) mostInFlight = inFlight
      let hasLeft = false
      return () => {
        if (hasLeft) return
        hasLeft = true
        inFlight -= 1
        finished += 1
        finishedMs += nowMs() - now
      }
    },
    get inFlight() {
      return inFlight
    },
    get places() {
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
