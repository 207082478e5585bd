import { describe, expect, it } from '@jest/globals'

import { createVirtualClock } from '../../test/fixture-clock.js'
import { ANYBODY, callOf, createRawLink } from '../../test/fixture-raw-link.js'
import { PartyFault } from './party-fault.js'
import type { CallContext, PartyCall } from './party-link.js'
import { createResilientLink } from './resilient-link.js'

const setUp = () => {
  const clock = createVirtualClock()
  const raw = createRawLink()
  const link = createResilientLink(raw.link, { clock, random: () => 0.5 })
  const call = (around: Partial<CallContext> = {}, over: Partial<PartyCall> = {}): Promise<string> =>
    link
      .call(callOf(over), { identity: ANYBODY, deadlineAtMs: clock.nowMs() + 1000, shareKey: 'person 1', ...around })
      .catch((fault: unknown) => (fault as PartyFault).fault)
  return { clock, raw, link, call }
}

describe('equal calls of one principal at the same time', () => {
  it('share one answer', async () => {
    const { raw, call, link, clock } = setUp()
    raw.hold = true
    const calls = [call(), call(), call()]
    await clock.settle()
    expect(raw.calls).toHaveLength(1)
    raw.release()
    expect(await Promise.all(calls)).toEqual(['{"data":{}}', '{"data":{}}', '{"data":{}}'])
    expect(link.stats()).toMatchObject({ calls: 3, shared: 2, inFlight: 0 })
    expect(clock.timers()).toBe(0)
  })

  it('share a fault, too', async () => {
    const { raw, call } = setUp()
    raw.fault = new PartyFault('residents', 'STATUS', { status: 500 })
    expect(await Promise.all([call(), call()])).toEqual(['STATUS', 'STATUS'])
    expect(raw.calls).toHaveLength(1)
  })

  it.each<[string, Partial<CallContext>, Partial<PartyCall>]>([
    ['another principal', { shareKey: 'person 2' }, {}],
    ['no principal to share for', { shareKey: undefined as never }, {}],
    ['other variables', {}, { variables: '{"id":1}' }],
    ['another document', {}, { query: '{ other }' }],
    ['other headers', { headers: { 'x-tenant': 'a' } }, {}],
    ['a mutation', {}, { isMutation: true }],
  ])('are kept apart from a call with %s', async (_, around, over) => {
    const { raw, call } = setUp()
    await Promise.all([call(), call(around, over)])
    expect(raw.calls).toHaveLength(2)
  })

  it('cannot be confused by a principal whose name looks like a document', async () => {
    const { raw, call } = setUp()
    await Promise.all([
      call({ shareKey: 'a' }, { bodyPrefix: 'b', variables: '{}' }),
      call({ shareKey: 'ab' }, { bodyPrefix: '', variables: '{}' }),
    ])
    expect(raw.calls).toHaveLength(2)
  })

  it('are asked again once the first has its answer', async () => {
    const { raw, call } = setUp()
    await call()
    await call()
    expect(raw.calls).toHaveLength(2)
  })

  it('stay when the one who began leaves; the call ends with the last', async () => {
    const { raw, call, clock } = setUp()
    raw.hang = true
    const [first, second] = [new AbortController(), new AbortController()]
    const calls = [call({ signal: first.signal }), call({ signal: second.signal })]
    await clock.settle()
    first.abort()
    expect(await calls[0]).toBe('ABORTED')
    expect(raw.calls[0]?.context.signal?.aborted).toBe(false)
    second.abort()
    expect(await calls[1]).toBe('ABORTED')
    expect(raw.calls[0]?.context.signal?.aborted).toBe(true)
    raw.hang = false
    expect(await call()).toBe('{"data":{}}')
  })

  it('end each at its own deadline; who has time left asks again', async () => {
    const { raw, call, clock } = setUp()
    raw.hold = true
    const hasty = call({ deadlineAtMs: clock.nowMs() + 100 })
    const patient = call({ deadlineAtMs: clock.nowMs() + 900 })
    const hastier = call({ deadlineAtMs: clock.nowMs() + 50 })
    await clock.pass(50)
    expect(await hastier).toBe('LATE')
    await clock.pass(50)
    expect(await hasty).toBe('LATE')
    expect(raw.calls).toHaveLength(2)
    raw.release()
    expect(await patient).toBe('{"data":{}}')
  })
})
