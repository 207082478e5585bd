import { describe, expect, it } from '@jest/globals'

import { createVirtualClock, type VirtualClock } from '../../test/fixture-clock.js'
import { ANYBODY, callOf, createRawLink } from '../../test/fixture-raw-link.js'
import { PartyFault } from './party-fault.js'
import type { CallContext, PartyCall } from './party-link.js'
import { createResilientLink, type ResilienceOptions } from './resilient-link.js'

const setUp = (options: ResilienceOptions = {}) => {
  const clock: VirtualClock = createVirtualClock()
  const raw = createRawLink()
  const moves: string[] = []
  const link = createResilientLink(raw.link, {
    clock,
    random: () => 0.5,
    onState: (party, from, to) => void moves.push(`${party}: ${from} → ${to}`),
    ...options,
  })
  const context = (over: Partial<CallContext> = {}): CallContext => ({ identity: ANYBODY, deadlineAtMs: clock.nowMs() + 10_000, ...over })
  /** The outcome of a call as a word: its answer, or why there was none. */
  const call = (over: Partial<PartyCall> = {}, around: Partial<CallContext> = {}): Promise<string> =>
    link.call(callOf(over), context(around)).catch((fault: unknown) => (fault as PartyFault).fault)
  return { clock, raw, link, call, moves, context }
}

const connectionLost = () => new PartyFault('residents', 'CONNECTION')
const status = (code: number) => new PartyFault('residents', 'STATUS', { status: code })

describe('a call through a resilient link', () => {
  it('brings the answer, and leaves no timer behind', async () => {
    const { call, clock, link } = setUp()
    expect(await call()).toBe('{"data":{}}')
    expect(clock.timers()).toBe(0)
    expect(link.stats()).toEqual({ state: 'closed', inFlight: 0, queued: 0, calls: 1, failures: 0, retries: 0, shared: 0 })
  })

  it('ends at the call deadline although the link hangs, and tells the link', async () => {
    const { call, clock, raw } = setUp({ callDeadlineMs: 400 })
    raw.hang = true
    const late = call()
    await clock.pass(399)
    expect(raw.calls[0]?.context.signal?.aborted).toBe(false)
    await clock.pass(1)
    expect(await late).toBe('LATE')
    expect(raw.calls[0]?.context.signal?.aborted).toBe(true)
  })

  it('ends at the deadline of the operation when that comes first, which travels with the call', async () => {
    const { call, clock, raw } = setUp()
    raw.hang = true
    const deadlineAtMs = clock.nowMs() + 120
    const late = call({}, { deadlineAtMs })
    await clock.pass(120)
    expect(await late).toBe('LATE')
    expect(raw.calls[0]?.context.deadlineAtMs).toBe(deadlineAtMs)
  })

  it('is not made when the time is over or nobody waits', async () => {
    const { call, clock, raw } = setUp()
    expect(await call({}, { deadlineAtMs: clock.nowMs() })).toBe('LATE')
    expect(await call({}, { signal: AbortSignal.abort() })).toBe('ABORTED')
    expect(raw.calls).toHaveLength(0)
  })
})

describe('a second try', () => {
  it.each([['CONNECTION', connectionLost()], ...[502, 503, 504].map((code) => [String(code), status(code)] as const)] as const)(
    'is made once for a query after %s',
    async (_, fault) => {
      const { call, clock, raw, link } = setUp()
      raw.outcomes.push(fault)
      const answer = call()
      await clock.pass(29)
      expect(raw.calls).toHaveLength(1)
      await clock.pass(1)
      expect(await answer).toBe('{"data":{}}')
      expect(link.stats()).toMatchObject({ calls: 1, failures: 0, retries: 1 })
    },
  )

  it('is not made twice', async () => {
    const { call, clock, raw } = setUp()
    raw.outcomes.push(connectionLost(), connectionLost())
    const answer = call()
    await clock.pass(100)
    expect(await answer).toBe('CONNECTION')
    expect(raw.calls).toHaveLength(2)
  })

  it.each<[string, PartyFault, Partial<PartyCall>, number]>([
    ['for a mutation', connectionLost(), { isMutation: true }, 10_000],
    ['after a status that may have had effects', status(500), {}, 10_000],
    ['after an answer that is too large', new PartyFault('residents', 'TOO_LARGE'), {}, 10_000],
    ['without time for it', connectionLost(), {}, 75],
  ])('is not made %s', async (_, fault, over, leftMs) => {
    const { call, clock, raw } = setUp()
    raw.outcomes.push(fault)
    const answer = call(over, { deadlineAtMs: clock.nowMs() + leftMs })
    await clock.pass(60)
    expect(await answer).toBe(fault.fault)
    expect(raw.calls).toHaveLength(1)
  })

  it('is not made for whoever has left meanwhile', async () => {
    const { call, clock, raw } = setUp()
    raw.outcomes.push(connectionLost())
    const leave = new AbortController()
    const answer = call({}, { signal: leave.signal })
    await clock.settle()
    leave.abort()
    await clock.pass(100)
    expect(await answer).toBe('ABORTED')
    expect(raw.calls).toHaveLength(1)
  })

  it('is made for at most three and a tenth of the calls', async () => {
    const { call, clock, raw, link } = setUp({
      breaker: { failuresInARow: 1000, failureShare: 1, minimumCalls: 1000, windowMs: 2000, restMs: 1000 },
    })
    raw.fault = connectionLost()
    const answers = Array.from({ length: 40 }, () => call())
    await clock.pass(100)
    await Promise.all(answers)
    expect(link.stats().retries).toBe(7)
    await clock.pass(11_000)
    raw.fault = null
    raw.outcomes.push(connectionLost())
    const later = call()
    await clock.pass(100)
    expect(await later).toBe('{"data":{}}')
  })
})

describe('a party in trouble', () => {
  it('is left alone after five failures, asked once after a second, and trusted again', async () => {
    const { call, clock, raw, moves, link } = setUp()
    raw.fault = status(500)
    for (let n = 0; n < 5; n++) expect(await call()).toBe('STATUS')
    expect(await call()).toBe('BREAKER_OPEN')
    expect(link.isUp()).toBe(false)
    expect(raw.calls).toHaveLength(5)
    await clock.pass(1000)
    raw.fault = null
    raw.hold = true
    const probe = call()
    await clock.settle()
    expect(await call()).toBe('BREAKER_OPEN')
    raw.release()
    expect(await probe).toBe('{"data":{}}')
    expect(moves).toEqual(['residents: closed → open', 'residents: open → half-open', 'residents: half-open → closed'])
  })

  it('is refused for the reason and with the words of the catalogue', async () => {
    const { link, raw, context } = setUp()
    raw.fault = status(500)
    for (let n = 0; n < 5; n++) await link.call(callOf(), context()).catch(() => undefined)
    await expect(link.call(callOf(), context())).rejects.toMatchObject({
      code: 'PARTY_UNAVAILABLE',
      reason: 'BREAKER_OPEN',
      party: 'residents',
    })
  })

  it.each<[string, unknown]>([
    ['answers that are too large', new PartyFault('residents', 'TOO_LARGE')],
    ['calls that the party refuses', status(400)],
  ])('is not declared by %s, which a client can provoke', async (_, fault) => {
    const { call, raw, link } = setUp()
    raw.fault = fault
    for (let n = 0; n < 30; n++) await call()
    expect(link.stats().state).toBe('closed')
  })

  it('is not declared by calls that had no time, nor by those that were called off', async () => {
    const { call, clock, raw, link } = setUp()
    raw.hang = true
    for (let n = 0; n < 12; n++) {
      const leave = new AbortController()
      const calls = [call({}, { deadlineAtMs: clock.nowMs() + 30 }), call({}, { signal: leave.signal })]
      await clock.settle()
      leave.abort()
      await clock.pass(30)
      expect(await Promise.all(calls)).toEqual(['LATE', 'ABORTED'])
    }
    expect(link.stats().state).toBe('closed')
  })

  it('is declared when it hangs', async () => {
    const { call, clock, raw, link } = setUp({ callDeadlineMs: 300 })
    raw.hang = true
    const calls = Array.from({ length: 5 }, () => call())
    await clock.pass(300)
    await Promise.all(calls)
    expect(link.stats().state).toBe('open')
  })
})

describe('the room of a party', () => {
  it('holds so many calls, lets others wait in order, and refuses the rest at once', async () => {
    const { call, clock, raw, link } = setUp({ maxInFlight: 2, maxQueued: 2 })
    raw.hold = true
    const calls = Array.from({ length: 4 }, (_, n) => call({ query: `q${n}` }))
    await clock.settle()
    expect(link.stats()).toMatchObject({ inFlight: 2, queued: 2 })
    expect(await call()).toBe('BUSY')
    raw.release()
    await clock.settle()
    expect(raw.calls.map(({ call: made }) => made.query)).toEqual(['q0', 'q1', 'q2', 'q3'])
    raw.release()
    await Promise.all(calls)
    expect(link.stats()).toMatchObject({ inFlight: 0, queued: 0 })
  })

  it('lets nobody wait for long, and forgets whoever leaves', async () => {
    const { call, clock, raw, link } = setUp({ maxInFlight: 1, maxQueued: 5 })
    raw.hang = true
    const first = call()
    const leave = new AbortController()
    const [patient, hasty, leaving] = [call(), call({}, { deadlineAtMs: clock.nowMs() + 100 }), call({}, { signal: leave.signal })]
    await clock.settle()
    leave.abort()
    expect(await leaving).toBe('ABORTED')
    await clock.pass(100)
    expect(await hasty).toBe('LATE')
    await clock.pass(400)
    expect(await patient).toBe('BUSY')
    expect(link.stats()).toMatchObject({ inFlight: 1, queued: 0 })
    await clock.pass(10_000)
    expect(await first).toBe('LATE')
    expect(link.stats().inFlight).toBe(0)
    expect(clock.timers()).toBe(0)
  })
})
