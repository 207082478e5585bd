/**
 * Splits a whole number in proportion to weights so that the parts add up exactly (largest remainders get the rest).
 *
 * Weights are not negative and not all zero. Ties go to the earlier part, so the result is the same everywhere.
 */
export const shareOut = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const parts = exact.map(Math.floor)
  const missing = total - parts.reduce((all, part) => all + part, 0)
  const order = exact.map((value, i) => [value - Math.floor(value), i] as const).sort((x, y) => y[0] - x[0] || x[1] - y[1])
  for (const [, i] of order.slice(0, missing)) parts[i] = (parts[i] ?? 0) + 1
  return parts
}
