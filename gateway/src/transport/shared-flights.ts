import type { Clock } from './clock.js'
import type { ByteText, CallContext, PartyCall } from './party-link.js'
import { createLightSignal, type LightSignal } from './light-signal.js'
import { PartyFault } from './party-fault.js'

/** A call in flight, as whoever runs it sees it. */
export interface Flight {
  /** Nobody can join any more. Told before the answer is. */
  land(): void
}

interface OpenFlight extends Flight {
  readonly call: PartyCall
  readonly headers: string
  /** Null before it has begun, and once it has landed: tables of the map outlive their members, and would keep the answer. */
  answer: Promise<ByteText> | null
  /** Null: who began it cannot leave, so it is never ended. */
  readonly stop: LightSignal | null
  waiting: number
}

/** Runs a call until `context.deadlineAtMs`, obeying `context.signal`, and lands the flight in any case. */
type RunCall = (call: PartyCall, context: CallContext, flight: Flight) => Promise<ByteText>

/** Calls in flight that several requests of one principal share. */
export interface SharedFlights {
  /** Joins the flight of an equal call or starts one. `context.deadlineAtMs` is the end of this caller's wait. */
  join(call: PartyCall, context: CallContext, shareKey: string): Promise<ByteText>
  /** How many calls were spared so far. */
  shared(): number
}

const NO_FLIGHTS: readonly OpenFlight[] = []

const headersOf = ({ headers }: CallContext): string => (headers === undefined ? '' : JSON.stringify(headers))

/**
 * Shares answers between equal queries of one principal while they are in flight; nothing is kept afterwards.
 *
 * Whoever gives up leaves the others undisturbed: the call ends when the last one has left. A flight lives as long as its first
 * caller allows; whoever has more time left when that ends starts another. Flights are found by principal and then compared: nothing is
 * hashed that is as long as a body.
 */
export const createSharedFlights = (options: { readonly party: string; readonly clock: Clock; readonly run: RunCall }): SharedFlights => {
  const { party, clock, run } = options
  const flights = new Map<string, OpenFlight[]>()
  let shared = 0

  const find = (call: PartyCall, headers: string, shareKey: string): OpenFlight | undefined => {
    for (const flight of flights.get(shareKey) ?? NO_FLIGHTS) {
      const { bodyPrefix, variables } = flight.call
      if (bodyPrefix === call.bodyPrefix && headers === flight.headers && variables === call.variables) return flight
    }
    return undefined
  }
  const add = (shareKey: string, flight: OpenFlight): void => {
    const others = flights.get(shareKey)
    if (others === undefined) flights.set(shareKey, [flight])
    else others.push(flight)
  }
  const remove = (shareKey: string, flight: OpenFlight): void => {
    const others = flights.get(shareKey)
    const at = others?.indexOf(flight) ?? -1
    if (others === undefined || at === -1) return
    if (others.length === 1) flights.delete(shareKey)
    else others.splice(at, 1)
  }

  const start = (shareKey: string, headers: string, call: PartyCall, context: CallContext): Promise<ByteText> => {
    const stop = context.signal === undefined ? null : createLightSignal()
    let hasLanded = false
    const flight: OpenFlight = {
      call,
      headers,
      stop,
      answer: null,
      waiting: 1,
      land() {
        hasLanded = true
        flight.answer = null
        remove(shareKey, flight)
      },
    }
    const answer = run(call, stop === null ? context : { ...context, signal: stop.signal }, flight)
    if (!hasLanded) {
      flight.answer = answer
      add(shareKey, flight)
    }
    return stop === null ? answer : wait(shareKey, flight, answer, context)
  }

  /** Waits as one of those who were counted in `waiting`. */
  const wait = (shareKey: string, flight: OpenFlight, answer: Promise<ByteText>, context: CallContext): Promise<ByteText> =>
    new Promise((resolve, reject) => {
      let hasLeft = false
      const leave = (): boolean => {
        if (hasLeft) return false
        hasLeft = true
        flight.waiting -= 1
        cancel()
        context.signal?.removeEventListener('abort', abort)
        return true
      }
      const giveUp = (fault: PartyFault): void => {
        if (!leave()) return
        if (flight.waiting === 0) {
          // Nobody may join what is about to end.
          remove(shareKey, flight)
          flight.stop?.abort()
        }
        reject(fault)
      }
      const abort = (): void => giveUp(new PartyFault(party, 'ABORTED'))
      const cancel = clock.setTimer(context.deadlineAtMs - clock.nowMs(), () => giveUp(new PartyFault(party, 'LATE')))
      context.signal?.addEventListener('abort', abort, { once: true })
      if (context.signal?.aborted === true) abort()
      answer.then(
        (text) => {
          if (leave()) resolve(text)
        },
        (error: unknown) => {
          if (leave()) reject(error as Error)
        },
      )
    })

  const joinFlight = async (flight: OpenFlight, shareKey: string, call: PartyCall, context: CallContext): Promise<ByteText> => {
    shared += 1
    context.onShared?.()
    flight.waiting += 1
    try {
      return await wait(shareKey, flight, flight.answer as Promise<ByteText>, context)
    } catch (error) {
      const endedEarly = error instanceof PartyFault && error.fault === 'LATE' && clock.nowMs() < context.deadlineAtMs
      if (!endedEarly) throw error
      return join(call, context, shareKey)
    }
  }
  const join = (call: PartyCall, context: CallContext, shareKey: string): Promise<ByteText> => {
    const headers = headersOf(context)
    const known = find(call, headers, shareKey)
    return known === undefined ? start(shareKey, headers, call, context) : joinFlight(known, shareKey, call, context)
  }

  return { join, shared: () => shared }
}
