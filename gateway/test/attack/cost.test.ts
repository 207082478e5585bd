import { describe, expect, it } from '@jest/globals'

import { createAmountBuilder, MAX_COST } from '../../src/cost/amount.js'

describe('the cost of an operation', () => {
  it('is the highest there is, and not no number, when lists without end stand where nothing is fetched', () => {
    const builder = createAmountBuilder()
    const length = builder.dynamic(({ first }) => Number(first))
    const endless = builder.product(length, length)
    const skipped = builder.product(
      builder.dynamic(() => 0),
      endless,
    )
    const cost = builder.finish(builder.sum([5, skipped]))
    expect(cost({ first: 10 })).toBe(5)
    expect(cost({ first: 1e200 })).toBe(MAX_COST)
  })

  it('is a number also for a literal that is longer than any number', () => {
    const builder = createAmountBuilder()
    expect(builder.finish(builder.product(Number('9'.repeat(400)), 2))({})).toBe(MAX_COST)
    expect(builder.finish(builder.sum([Infinity, -Infinity]))({})).toBe(MAX_COST)
  })
})
