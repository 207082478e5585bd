/** Variables of a request, coerced. */
export type Variables = Readonly<Record<string, unknown>>

/** A number that is known when a document is read, or the place of one that depends on the variables. */
export type Amount = number | { readonly step: number }

type Step = (variables: Variables, values: Float64Array) => number

/** Builds a computation of amounts; everything that does not depend on variables is computed once, here. */
export interface AmountBuilder {
  sum(amounts: readonly Amount[]): Amount
  product(left: Amount, right: Amount): Amount
  largest(amounts: readonly Amount[]): Amount
  /** An amount read from the variables. */
  dynamic(read: (variables: Variables) => number): Amount
  /** The computation of one amount: one pass over its steps, some 5 ns each. */
  finish(result: Amount): (variables: Variables) => number
}

/** Figures above this say nothing more, and would not survive JSON as they grow. */
export const MAX_COST = 1e12

/** Endless times nothing is no number, and no number is below every limit: then it is the most there is. */
const bounded = (cost: number): number => (cost <= MAX_COST ? cost : MAX_COST)

/** A builder for one operation. */
export const createAmountBuilder = (): AmountBuilder => {
  const steps: Step[] = []
  const push = (step: Step): Amount => {
    steps.push(step)
    return { step: steps.length - 1 }
  }
  const split = (amounts: readonly Amount[]): { constants: number[]; places: number[] } => {
    const constants: number[] = []
    const places: number[] = []
    for (const amount of amounts) {
      if (typeof amount === 'number') constants.push(amount)
      else places.push(amount.step)
    }
    return { constants, places }
  }
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
  return {
    sum(amounts) {
      const { constants, places } = split(amounts)
      const constant = total(constants)
      if (places.length === 0) return constant
      if (places.length === 1 && constant === 0) return { step: places[0] ?? 0 }
      return push((_, values) => {
        let sum = constant
        for (const place of places) sum += values[place] ?? 0
        return sum
      })
    },
    product(left, right) {
      if (left === 0 || right === 0) return 0
      if (typeof left === 'number' && typeof right === 'number') return left * right
      if (left === 1) return right
      if (right === 1) return left
      return push((_, values) => {
        const a = typeof left === 'number' ? left : (values[left.step] ?? 0)
        const b = typeof right === 'number' ? right : (values[right.step] ?? 0)
        return a * b
      })
    },
    largest(amounts) {
      const { constants, places } = split(amounts)
      const constant = Math.max(0, ...constants)
      if (places.length === 0) return constant
      return push((_, values) => {
        let most = constant
        for (const place of places) most = Math.max(most, values[place] ?? 0)
        return most
      })
    },
    dynamic: (read) => push((variables) => read(variables)),
    finish(result) {
      if (typeof result === 'number') {
        const constant = bounded(result)
        return () => constant
      }
      const values = new Float64Array(steps.length)
      return (variables) => {
        for (let n = 0; n < steps.length; n++) values[n] = steps[n]?.(variables, values) ?? 0
        return bounded(values[result.step] ?? 0)
      }
    },
  }
}
