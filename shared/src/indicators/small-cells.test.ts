import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { type FormulaCode, FORMULAS, count, median, rate, smallestGroup, suppressBreakdown } from './index.js'

describe('the catalogue of formulas', () => {
  it.each(Object.entries(FORMULAS))('%s has a versioned code and words in both languages', (code, formula) => {
    expect(code).toMatch(/^I\d+(\.[a-z][A-Za-z]*)+\/\d+$/)
    for (const text of [formula.title, formula.numerator, ...(formula.denominator ? [formula.denominator] : [])]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u)
      expect(text.en).toMatch(/^[\x20-\x7e]+$/)
    }
  })
  it('has an entry for every rate of the W1 dashboard', () => {
    const needed = [
      'responded',
      'onTime',
      'keptPromise',
      'resolved',
      'extended',
      'satisfaction.resolved',
      'satisfaction.satisfied',
      'satisfaction.reopened',
    ]
    const codes = [
      ...needed.map((name) => `I5.${name}/1`),
      'I6.governmentShare/1',
      'I6.active/1',
      'I7.staffedCells/1',
      'I7.visitedHouseholds/1',
    ]
    for (const code of codes) expect(FORMULAS[code as FormulaCode].denominator).not.toBeNull()
  })
  it('counts persons where residents spoke and matters where organs acted', () => {
    const persons = Object.entries(FORMULAS).filter(([, { counts }]) => counts === 'PERSONS')
    expect(persons.map(([code]) => code)).toEqual([
      ...['I5.satisfaction.resolved/1', 'I5.satisfaction.satisfied/1', 'I5.satisfaction.reopened/1', 'I7.visitedHouseholds/1'],
    ])
  })
})

describe('k', () => {
  it.each([
    [undefined, 5],
    [0, 5],
    [4, 5],
    [10, 10],
    [Number.NaN, 5],
    [7.5, 5],
  ])('for a rule of %s is %i', (rule, k) => expect(smallestGroup(rule)).toBe(k))
})

describe('a count of persons', () => {
  it.each([
    [0, undefined, 0],
    [1, undefined, null],
    [4, undefined, null],
    [5, undefined, 5],
    [4, 1, null],
    [9, 10, null],
    [10, 10, 10],
  ])('of %i with k %s shows %s', (n, k, value) => expect(count(n, k)).toEqual({ value, suppressed: value === null }))
  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (n) => expect(() => count(n)).toThrow(RangeError))
})

describe('a rate', () => {
  it.each([
    ['I5.satisfaction.satisfied/1', 20, 30, 'shown'],
    ['I5.satisfaction.satisfied/1', 5, 10, 'shown'],
    ['I5.satisfaction.satisfied/1', 0, 5, 'shown'],
    ['I5.satisfaction.satisfied/1', 5, 5, 'shown'],
    ['I5.satisfaction.satisfied/1', 0, 4, 'suppressed'],
    ['I5.satisfaction.satisfied/1', 4, 4, 'suppressed'],
    ['I5.satisfaction.satisfied/1', 4, 30, 'suppressed'],
    ['I5.satisfaction.satisfied/1', 29, 30, 'suppressed'],
    ['I5.satisfaction.satisfied/1', 0, 0, 'empty'],
    ['I5.onTime/1', 1, 2, 'shown'],
    ['I5.onTime/1', 0, 1, 'shown'],
    ['I5.onTime/1', 0, 0, 'empty'],
  ] as const)('%s of %i ÷ %i is %s', (formula, numerator, denominator, outcome) => {
    const expected = {
      shown: { value: numerator / denominator, numerator, denominator, suppressed: false, formula },
      suppressed: { value: null, numerator: null, denominator: null, suppressed: true, formula },
      empty: { value: null, numerator: 0, denominator: 0, suppressed: false, formula },
    }
    expect(rate(formula, numerator, denominator)).toEqual(expected[outcome])
  })
  it('follows a larger group that the committee sets', () => expect(rate('I5.satisfaction.resolved/1', 8, 100, 10).suppressed).toBe(true))
  it.each([
    [2, 1],
    [-1, 5],
    [1, Number.NaN],
  ])('of %d ÷ %d is a bug', (numerator, denominator) => expect(() => rate('I5.onTime/1', numerator, denominator)).toThrow(RangeError))
})

describe('a breakdown of persons', () => {
  const shown = (counts: number[], k?: number): string => {
    const { rows, total } = suppressBreakdown(
      counts.map((n, key) => ({ key, count: n })),
      k,
    )
    return `${rows.map(({ value }) => value ?? '*').join(' ')} = ${total.value ?? '*'}`
  }
  it.each([
    [[10, 20, 30], '10 20 30 = 60'],
    [[0, 20, 30], '0 20 30 = 50'],
    [[3, 20, 30], '* * 30 = 53'],
    [[3, 20, 30, 12], '* 20 30 * = 65'],
    [[3, 2, 30], '* * 30 = 35'],
    [[3, 0, 20], '* 0 * = 23'],
    [[3, 0, 0], '* * 0 = *'],
    [[3], '* = *'],
    [[1, 1, 30, 9], '* * 30 * = 41'],
    [[4, 4, 30], '* * * = 38'],
    [[4, 4], '* * = *'],
    [[4, 4, 0], '* * * = 8'],
    [[3, 7, 7], '* * 7 = 17'],
    [[], ' = 0'],
    [[0, 0], '0 0 = 0'],
  ])('%j is shown as %s', (counts, text) => expect(shown(counts)).toBe(text))
  it('follows a larger group', () => expect(shown([9, 12, 40], 10)).toBe('* * 40 = 61'))

  /** Every way to fill the hidden rows with whole numbers that add up to `sum`. */
  const fillings = (places: number, sum: number): number[][] =>
    places === 1 ? [[sum]] : Array.from({ length: sum + 1 }, (_, n) => fillings(places - 1, sum - n).map((rest) => [n, ...rest])).flat()

  it('leaves for every hidden row at least two numbers possible to a reader who knows k and takes the shown rows from the total', () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 5, max: 12 })), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(counts, (numbers) => {
        const { rows, total } = suppressBreakdown(numbers.map((n, key) => ({ key, count: n })))
        const hidden = rows.filter(({ suppressed }) => suppressed)
        for (const n of numbers.flatMap((n, i) => (n >= 1 && n <= 4 ? [i] : []))) expect(rows[n]?.value).toBeNull()
        if (hidden.length === 0 || total.value === null) return
        const rest = total.value - rows.reduce((sum, { value }) => sum + (value ?? 0), 0)
        // What the reader knows: someone hidden is small, and no more than one row is hidden that is not.
        const isPossible = (guess: number[]): boolean =>
          guess.some((n) => n >= 1 && n <= 4) && guess.filter((n) => n === 0 || n > 4).length <= 1
        const possible = fillings(hidden.length, rest).filter(isPossible)
        hidden.forEach((_, place) => expect(new Set(possible.map((guess) => guess[place])).size).toBeGreaterThan(1))
      }),
      { numRuns: 500 },
    )
  })
})

describe('the median', () => {
  it.each([
    [[], null],
    [[3], 3],
    [[10, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[100, 9], 54.5],
  ])('of %j is %s', (numbers, middle) => expect(median(numbers)).toBe(middle))
  it('leaves its argument in order', () => {
    const numbers = [3, 1, 2]
    median(numbers)
    expect(numbers).toEqual([3, 1, 2])
  })
})
