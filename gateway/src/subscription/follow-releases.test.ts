import { beforeEach, describe, expect, it } from '@jest/globals'

import { HubError } from '@commonhall/shared/errors'

import { createVirtualClock, type VirtualClock } from '../../test/fixture-clock.js'
import { createSource, settle, type Source } from '../../test/live/fixture-source.js'
import { createTurnstile, followReleases } from './follow-releases.js'

describe('a live operation over releases', () => {
  let clock: VirtualClock
  let sources: Source<string>[]
  let listeners: Set<() => Promise<void>>
  let refusal: Error | null
  let seen: string[]
  let reading: Promise<void>

  const swap = async (): Promise<void> => {
    await Promise.all([...listeners].map((listener) => listener()))
    await settle()
  }
  const start = (isBehind = false): void => {
    const firstSignal = new AbortController()
    const first = createSource<string>(firstSignal.signal)
    sources = [first]
    const events = followReleases({
      first,
      firstSignal,
      isBehind,
      async open(signal) {
        if (refusal !== null) throw refusal
        const source = createSource<string>(signal)
        sources.push(source)
        return source
      },
      news: {
        onSwap(listener) {
          listeners.add(listener)
          return () => void listeners.delete(listener)
        },
      },
      fingerprintOf: (event) => event,
      clock,
      overlapMs: 2000,
      move: createTurnstile(1),
    })
    reading = (async () => {
      for await (const event of events) seen.push(event)
      seen.push('end')
    })().catch((fault: unknown) => void seen.push(fault instanceof HubError ? `${fault.code} ${fault.reason ?? ''}` : 'fault'))
  }
  beforeEach(() => {
    clock = createVirtualClock()
    listeners = new Set()
    refusal = null
    seen = []
  })

  it('goes on with the new source, and what both gave comes once', async () => {
    start()
    sources[0]?.push('1', '2')
    await swap()
    expect([sources[1]?.isOpen, sources[0]?.isLeft]).toEqual([true, false])
    sources[0]?.push('3')
    await settle()
    sources[1]?.push('3', '4')
    await settle()
    expect(sources[0]?.isLeft).toBe(true)
    expect(seen).toEqual(['1', '2', '3', '4'])
  })

  it('loses nothing when the new source is late', async () => {
    start()
    await swap()
    sources[0]?.push('1', '2', '3')
    await settle()
    sources[1]?.push('2', '3', '4')
    await settle()
    expect(seen).toEqual(['1', '2', '3', '4'])
  })

  it('lets the old source go when the time is up, though nothing came', async () => {
    start()
    await swap()
    await clock.pass(1999)
    expect(sources[0]?.isLeft).toBe(false)
    await clock.pass(1)
    expect(sources[0]?.isLeft).toBe(true)
    sources[1]?.push('1', '1')
    await settle()
    expect(seen).toEqual(['1', '1'])
  })

  it('goes on when the old source ends or fails with its release', async () => {
    start()
    await swap()
    sources[0]?.fail(new Error('the old party is gone'))
    await settle()
    sources[1]?.push('1')
    await settle()
    expect(seen).toEqual(['1'])
  })

  it('ends with a reason when the new release cannot run it', async () => {
    start()
    sources[0]?.push('1')
    refusal = new Error('the field is gone')
    await swap()
    await reading
    expect(seen).toEqual(['1', 'SUBSCRIPTION_ENDED RELEASE_CHANGED'])
    expect([sources[0]?.isLeft, listeners.size]).toEqual([true, 0])
  })

  it('follows swap after swap, and catches up with one it has missed', async () => {
    start(true)
    await settle()
    await Promise.all([swap(), swap()])
    expect(sources.map(({ isLeft }) => isLeft)).toEqual([true, true, false, false])
    sources[3]?.push('1')
    sources[3]?.end()
    await reading
    expect(seen).toEqual(['1', 'end'])
  })

  it('ends with its source, and listens no longer', async () => {
    start()
    sources[0]?.end()
    await reading
    expect([seen, listeners.size]).toEqual([['end'], 0])
  })
})

describe('a turnstile', () => {
  it('lets so many through at once, the others in their order', async () => {
    const pass = createTurnstile(2)
    const log: string[] = []
    const gates: (() => void)[] = []
    const tasks = ['a', 'b', 'c', 'd'].map((name) =>
      pass(async () => {
        log.push(name)
        await new Promise<void>((resolve) => gates.push(resolve))
      }),
    )
    await settle()
    expect(log).toEqual(['a', 'b'])
    gates[1]?.()
    await settle()
    expect(log).toEqual(['a', 'b', 'c'])
    for (let n = 0; n < 4; n++) {
      gates[n]?.()
      await settle()
    }
    await Promise.all(tasks)
    expect(log).toEqual(['a', 'b', 'c', 'd'])
  })
})
