import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { createVirtualClock } from '../../test/fixture-clock.js'
import { ANYBODY, callOf } from '../../test/fixture-raw-link.js'
import type { BreakerState } from './breaker.js'
import { PartyFault, type FaultReason } from './party-fault.js'
import type { PartyLink } from './party-link.js'
import { createResilientLink } from './resilient-link.js'

/** What may happen to a party and its callers; the link never knows. */
type Event =
  | {
      readonly kind: 'call'
      readonly isMutation: boolean
      readonly share: number | null
      readonly query: number
      readonly leftMs: number
      readonly leavesAfterMs: number | null
    }
  | { readonly kind: 'weather'; readonly fault: FaultReason | 'HANG' | null; readonly status: number; readonly takesMs: number }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'pass'; readonly ms: number }

const EVENT: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      isMutation: fc.boolean(),
      share: fc.option(fc.integer({ min: 0, max: 1 })),
      query: fc.integer({ min: 0, max: 2 }),
      leftMs: fc.integer({ min: 0, max: 3000 }),
      leavesAfterMs: fc.option(fc.integer({ min: 0, max: 500 }), { freq: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('weather' as const),
      fault: fc.constantFrom<FaultReason | 'HANG' | null>(null, null, 'CONNECTION', 'STATUS', 'TOO_LARGE', 'NOT_JSON', 'HANG'),
      status: fc.constantFrom(400, 401, 429, 500, 502, 503, 504),
      takesMs: fc.integer({ min: 0, max: 400 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unusable' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 1500 }) }) },
)

const ALLOWED_MOVES = new Set(['closed → open', 'open → half-open', 'half-open → open', 'half-open → closed'])
const MAX_IN_FLIGHT = 4

/** Runs a story in virtual time and checks after every step what must never be otherwise. */
const live = async (story: readonly Event[]): Promise<void> => {
  const clock = createVirtualClock()
  let weather: Event & { kind: 'weather' } = { kind: 'weather', fault: null, status: 500, takesMs: 5 }
  let inFlight = 0
  let state: BreakerState = 'closed'
  let probes = 0
  const wrong: string[] = []
  const sentAtMs: { readonly atMs: number; readonly body: string; readonly isMutation: boolean }[] = []
  const raw: PartyLink = {
    party: 'residents',
    async call(call, context) {
      inFlight += 1
      sentAtMs.push({ atMs: clock.nowMs(), body: call.query, isMutation: call.isMutation })
      if (state === 'open') wrong.push('a call while open')
      const isProbe = state === 'half-open'
      if (isProbe && ++probes > 1) wrong.push('two probes')
      if (inFlight > MAX_IN_FLIGHT) wrong.push('too many in flight')
      try {
        await new Promise<void>((resolve, reject) => {
          if (weather.fault !== 'HANG') clock.setTimer(weather.takesMs, resolve)
          context.signal?.addEventListener('abort', () => reject(new PartyFault('residents', 'ABORTED')), { once: true })
        })
        const { fault, status } = weather
        if (fault !== null && fault !== 'HANG') throw new PartyFault('residents', fault, { status })
        return '{"data":{}}'
      } finally {
        inFlight -= 1
        if (isProbe) probes -= 1
      }
    },
    subscribe: () => {
      throw new Error('not of this story')
    },
    noteUnusable: () => undefined,
    isUp: () => true,
    close: async () => undefined,
  }
  const link = createResilientLink(raw, {
    clock,
    callDeadlineMs: 1000,
    maxInFlight: MAX_IN_FLIGHT,
    maxQueued: 3,
    random: () => 0.5,
    onState(_, from, to) {
      if (from !== state || !ALLOWED_MOVES.has(`${from} → ${to}`)) wrong.push(`${from} → ${to} from ${state}`)
      state = to
      probes = 0
    },
  })
  let mutations = 0
  let settled = 0
  const asked: Promise<void>[] = []
  for (const event of story) {
    if (event.kind === 'weather') weather = event
    else if (event.kind === 'unusable') link.noteUnusable()
    else if (event.kind === 'pass') await clock.pass(event.ms)
    else {
      const leave = new AbortController()
      const deadlineAtMs = clock.nowMs() + event.leftMs
      if (event.leavesAfterMs !== null) clock.setTimer(event.leavesAfterMs, () => leave.abort())
      if (event.isMutation) mutations += 1
      const context = {
        identity: ANYBODY,
        deadlineAtMs,
        signal: leave.signal,
        ...(event.share === null ? {} : { shareKey: `p${event.share}` }),
      }
      const note = (): void => {
        settled += 1
        if (clock.nowMs() > deadlineAtMs) wrong.push('settled after its deadline')
      }
      asked.push(link.call(callOf({ query: `q${event.query}`, isMutation: event.isMutation }), context).then(note, note))
      await clock.settle()
    }
    expect(wrong).toEqual([])
  }
  // Everything comes to an end by deadlines alone, also whoever follows another's call.
  await clock.pass(4000)
  expect({ wrong, settled, inFlight, ...pick(link.stats()) }).toEqual({ wrong: [], settled: asked.length, inFlight: 0, held: 0, queued: 0 })
  expect(sentAtMs.filter(({ isMutation }) => isMutation).length).toBeLessThanOrEqual(mutations)
  expect(link.stats().retries).toBeLessThanOrEqual(3 * Math.ceil(1 + clock.nowMs() / 10_000) + sentAtMs.length * 0.1)
  await Promise.all(asked)
}

const pick = ({ inFlight, queued }: { readonly inFlight: number; readonly queued: number }) => ({ held: inFlight, queued })

describe('resilience in virtual time', () => {
  it('skips no state, sends one probe, stays in its budgets and settles every call, whatever happens', async () => {
    const seed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
    const runs = Number(process.env['FC_RUNS'] ?? 100)
    process.stdout.write(`resilience model: seed ${seed}, ${runs} stories\n`)
    await fc.assert(fc.asyncProperty(fc.array(EVENT, { minLength: 5, maxLength: 60 }), live), { seed, numRuns: runs })
  })
})
