import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { createOverlap } from './overlap.js'

type Step = { readonly from: 'older' | 'younger'; readonly event: string }
const delivered = (steps: readonly Step[]): string[] => {
  const overlap = createOverlap()
  return steps.filter(({ from, event }) => overlap[from](event)).map(({ event }) => event)
}
const steps = (text: string): Step[] =>
  text.split(' ').map((word) => ({ from: word.startsWith('o') ? 'older' : 'younger', event: word.slice(1) }))

describe('two sources side by side', () => {
  it.each([
    ['the older one is first', 'o1 o2 y2 y3 y4', '1 2 3 4'],
    ['the younger one is first', 'o1 y2 o2 y3', '1 2 3'],
    ['the younger one lags', 'o1 o2 o3 o4 y2 y3 y4 y5', '1 2 3 4 5'],
    ['they take turns', 'o1 y2 y3 o2 o3 y4', '1 2 3 4'],
    ['an event looks like one before the younger one began', 'ox ox yx yx', 'x x x'],
  ])('give each event once when %s', (_, text, expected) => expect(delivered(steps(text)).join(' ')).toBe(expected))

  it('know when they have met, and when the younger one has repeated everything', () => {
    const overlap = createOverlap()
    for (const event of ['1', '2', '3']) overlap.older(event)
    expect([overlap.isMet, overlap.isOver]).toEqual([false, false])
    overlap.younger('2')
    expect([overlap.isMet, overlap.isOver]).toEqual([true, false])
    overlap.younger('3')
    expect([overlap.isMet, overlap.isOver]).toEqual([true, true])
  })

  it('lose no event and give none twice, however they interleave', () => {
    const interleaving = fc
      .record({
        count: fc.integer({ min: 1, max: 30 }),
        begin: fc.nat(29),
        coins: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      })
      .map(({ count, begin, coins }) => {
        const all = Array.from({ length: count }, (_, n) => String(n))
        const start = Math.min(begin, count - 1)
        const [older, younger] = [[...all], all.slice(start)]
        const merged: Step[] = []
        // The younger source begins when the older one has come to its first event, or later.
        while (older.length > count - start) merged.push({ from: 'older', event: older.shift() ?? '' })
        for (const coin of coins) {
          const from = (coin && older.length > 0) || younger.length === 0 ? 'older' : 'younger'
          const event = (from === 'older' ? older : younger).shift()
          if (event !== undefined) merged.push({ from, event })
        }
        return { all, merged }
      })
    fc.assert(fc.property(interleaving, ({ all, merged }) => expect(delivered(merged).sort()).toEqual([...all].sort())))
  })
})
