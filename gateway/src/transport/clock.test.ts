import { describe, expect, it } from '@jest/globals'

import { createWheelClock } from './clock.js'

describe('the clock with one interval', () => {
  it('calls back when the time has come and not before, nearest first', async () => {
    const clock = createWheelClock()
    const startMs = clock.nowMs()
    const fired: [string, number][] = []
    const fire = (name: string) => () => void fired.push([name, clock.nowMs() - startMs])
    clock.setTimer(70, fire('late'))
    clock.setTimer(0, fire('soon'))
    await new Promise<void>((resolve) => void clock.setTimer(120, resolve))
    expect(fired.map(([name]) => name)).toEqual(['soon', 'late'])
    expect(fired[1]?.[1]).toBeGreaterThanOrEqual(70)
  })

  it('keeps silent about a timer that was called off', async () => {
    const clock = createWheelClock()
    let calls = 0
    const cancel = clock.setTimer(10, () => void (calls += 1))
    cancel()
    cancel()
    await new Promise<void>((resolve) => void clock.setTimer(60, resolve))
    expect(calls).toBe(0)
  })

  it('holds a timer that is longer than one turn of its wheel, and survives a leap of time', async () => {
    let nowMs = 0
    const clock = createWheelClock(() => nowMs)
    const fired: string[] = []
    clock.setTimer(6000, () => void fired.push('six seconds'))
    const first = new Promise<void>((resolve) => void clock.setTimer(1000, resolve))
    nowMs = 1500
    await first
    expect(fired).toEqual([])
    const last = new Promise<void>((resolve) => void clock.setTimer(50_000, resolve))
    nowMs = 60_000
    await last
    expect(fired).toEqual(['six seconds'])
  })
})
