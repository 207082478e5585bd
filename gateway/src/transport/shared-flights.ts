import type { Clock } from './clock.js'
import type { ByteText, CallContext, PartyCall } from './party-link.js'
import { createLightSignal, type LightSignal } from './light-signal.js'
import { PartyFault } from './party-fault.js'

interface Flight {
  /** Null once it has landed: tables of the map outlive their members, and would keep the answer. */
  answer: Promise<ByteText> | null
  readonly stop: LightSignal
  waiting: number
}

/** Runs a call until `context.deadlineAtMs`, obeying `context.signal`. */
type RunCall = (call: PartyCall, context: CallContext) => Promise<ByteText>

/** Calls in flight that several requests of one principal share. */
export interface SharedFlights {
  /** Joins the flight of an equal call or starts one. `context.deadlineAtMs` is the end of this caller's wait. */
  join(call: PartyCall, context: CallContext, shareKey: string): Promise<ByteText>
  /** How many calls were spared so far. */
  shared(): number
}

const keyOf = (call: PartyCall, context: CallContext, shareKey: string): string => {
  const headers = context.headers === undefined ? '' : JSON.stringify(context.headers)
  return `${shareKey.length}:${shareKey}${headers.length}:${headers}${call.bodyPrefix}${call.variables}`
}

/**
 * Shares answers between equal queries of one principal while they are in flight; nothing is kept afterwards.
 *
 * Whoever gives up leaves the others undisturbed: the call ends when the last one has left. A flight lives as long as its first
 * caller allows; whoever has more time left when that ends starts another.
 */
export const createSharedFlights = (options: { readonly party: string; readonly clock: Clock; readonly run: RunCall }): SharedFlights => {
  const { party, clock, run } = options
  const flights = new Map<string, Flight>()
  let shared = 0

  const start = (key: string, call: PartyCall, context: CallContext): Promise<ByteText> => {
    const stop = createLightSignal()
    const answer = run(call, { ...context, signal: stop.signal })
    const flight: Flight = { answer, stop, waiting: 0 }
    flights.set(key, flight)
    const land = (): void => {
      flight.answer = null
      if (flights.get(key) === flight) flights.delete(key)
    }
    answer.then(land, land)
    return wait(key, flight, answer, context)
  }

  const wait = (key: string, flight: Flight, answer: Promise<ByteText>, context: CallContext): Promise<ByteText> =>
    new Promise((resolve, reject) => {
      flight.waiting += 1
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
          if (flights.get(key) === flight) flights.delete(key)
          flight.stop.abort()
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

  const join = async (call: PartyCall, context: CallContext, shareKey: string): Promise<ByteText> => {
    const key = keyOf(call, context, shareKey)
    const known = flights.get(key)
    if (known === undefined || known.answer === null) return start(key, call, context)
    shared += 1
    context.onShared?.()
    try {
      return await wait(key, known, known.answer, context)
    } catch (error) {
      const endedEarly = error instanceof PartyFault && error.fault === 'LATE' && clock.nowMs() < context.deadlineAtMs
      if (!endedEarly) throw error
      return join(call, context, shareKey)
    }
  }

  return { join, shared: () => shared }
}
