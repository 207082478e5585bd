import { type FormulaCode, FORMULAS } from './formulas.js'

/** The schema's Rate. */
export interface Rate {
  value: number | null
  numerator: number | null
  denominator: number | null
  suppressed: boolean
  formula: FormulaCode
}

/** The schema's Count. */
export interface Count {
  value: number | null
  suppressed: boolean
}

/** No committee may go below this, whatever its `rules.smallestGroup` says. */
export const SMALLEST_GROUP = 5

/** The k in force: max(5, `rules.smallestGroup`). A rule that is no whole number counts as 5. */
export const smallestGroup = (rule: number = SMALLEST_GROUP): number =>
  Number.isSafeInteger(rule) ? Math.max(SMALLEST_GROUP, rule) : SMALLEST_GROUP

const isSmall = (n: number, k: number): boolean => n >= 1 && n < k

const requireCount = (n: number): number => {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not a count: ${n}`)
  return n
}

/** A number of persons: null from 1 to k−1, 0 is shown. A number that is no count is a bug: RangeError. */
export const count = (n: number, k?: number): Count =>
  isSmall(requireCount(n), smallestGroup(k)) ? { value: null, suppressed: true } : { value: n, suppressed: false }

/**
 * A share with its parts. Nothing counted (0 ÷ 0) is null, not suppressed.
 *
 * Where the formula counts persons it is suppressed, all three numbers null, when the denominator is below k, or the numerator or the rest
 * is from 1 to k−1. Shares of an organ's matters are always shown. A numerator above the denominator is a bug of the query: RangeError.
 */
export const rate = (formula: FormulaCode, numerator: number, denominator: number, k?: number): Rate => {
  if (requireCount(numerator) > requireCount(denominator)) throw new RangeError(`${formula}: ${numerator} of ${denominator}`)
  if (denominator === 0) return { value: null, numerator, denominator, suppressed: false, formula }
  const least = smallestGroup(k)
  const isHidden = denominator < least || isSmall(numerator, least) || isSmall(denominator - numerator, least)
  if (FORMULAS[formula].counts === 'PERSONS' && isHidden)
    return { value: null, numerator: null, denominator: null, suppressed: true, formula }
  return { value: numerator / denominator, numerator, denominator, suppressed: false, formula }
}

/** One row of a breakdown as it may be shown. */
export interface ShownRow<K> extends Count {
  key: K
}

/**
 * A breakdown of persons with its total, such that no hidden row follows from the total minus the shown ones. Row order is kept.
 *
 * Rows from 1 to k−1 are hidden. With exactly one of them the next smallest row is hidden too: the smallest of k or more, else a zero. The
 * same when the hidden ones give themselves away by their sum (all 1, or all k−1). Where no row is left to hide, the total is hidden.
 * Show this `total` and no other count of the same persons: hiding rows protects nobody when the true total stands elsewhere.
 */
export const suppressBreakdown = <K>(rows: readonly { key: K; count: number }[], k?: number): { rows: ShownRow<K>[]; total: Count } => {
  const least = smallestGroup(k)
  const counts = rows.map((row) => requireCount(row.count))
  const total = counts.reduce((sum, n) => sum + n, 0)
  const hidden = new Set(counts.flatMap((n, i) => (isSmall(n, least) ? [i] : [])))
  let isTotalHidden = isSmall(total, least)
  if (
    givesItselfAway(
      [...hidden].map((i) => counts[i] ?? 0),
      least,
    )
  ) {
    const shown = counts.map((n, i) => ({ n, i })).filter(({ i }) => !hidden.has(i))
    const next = shown.filter(({ n }) => n > 0).sort((a, b) => a.n - b.n || a.i - b.i)[0] ?? shown[0]
    if (next) hidden.add(next.i)
    else isTotalHidden = true
  }
  return {
    rows: rows.map(({ key, count: n }, i) =>
      hidden.has(i) ? { key, value: null, suppressed: true } : { key, value: n, suppressed: false },
    ),
    total: isTotalHidden ? { value: null, suppressed: true } : { value: total, suppressed: false },
  }
}

const givesItselfAway = (small: readonly number[], k: number): boolean =>
  small.length === 1 || (small.length > 1 && (small.every((n) => n === 1) || small.every((n) => n === k - 1)))

/** The middle of the numbers, the mean of the two middle ones for an even count; null for none. The argument is not changed. */
export const median = (numbers: readonly number[]): number | null => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}
