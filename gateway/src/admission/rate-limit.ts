/** What the rate says to one charge. */
export type RateVerdict =
  | { readonly isAdmitted: true; /** Units that could be spent at once now. */ readonly remaining: number }
  | {
      readonly isAdmitted: false
      /** After so long the same charge is admitted, if nothing else is spent. */ readonly retryAfterMs: number
    }

/** How much may be spent: `perMinute` units on average, `burst` of them at once. */
export interface Rate {
  readonly perMinute: number
  readonly burst: number
}

/** Spending of many callers. */
export interface RateLimit {
  /** Spends `units` of `key`'s account, or nothing. A charge above the burst costs the whole burst, else it could never pass. */
  spend(key: string, units: number, rate: Rate): RateVerdict
  readonly size: number
}

/**
 * A rate by cost units: the generic cell rate algorithm, one number for each caller.
 *
 * At most `maxCallers` are remembered (some 5 MB for 50,000); the one that was silent longest is forgotten first, which gives it
 * its burst back and nothing more. `nowMs` is monotonic. Cost: two look-ups.
 */
export const createRateLimit = (options: { readonly nowMs: () => number; readonly maxCallers?: number }): RateLimit => {
  const maxCallers = options.maxCallers ?? 50_000
  /** When each account will be full again, the least recently used first. */
  const fullAtMs = new Map<string, number>()
  return {
    spend(key, units, rate) {
      const nowMs = options.nowMs()
      const msPerUnit = 60_000 / rate.perMinute
      const capacityMs = rate.burst * msPerUnit
      const emptyUntilMs = Math.max(fullAtMs.get(key) ?? nowMs, nowMs)
      const afterMs = emptyUntilMs + Math.min(units, rate.burst) * msPerUnit
      const retryAfterMs = afterMs - capacityMs - nowMs
      fullAtMs.delete(key)
      // A refused caller is remembered as it was: asking again costs it nothing, but keeps it from being forgotten.
      fullAtMs.set(key, retryAfterMs > 1e-6 ? emptyUntilMs : afterMs)
      if (fullAtMs.size > maxCallers) fullAtMs.delete(fullAtMs.keys().next().value ?? key)
      if (retryAfterMs > 1e-6) return { isAdmitted: false, retryAfterMs }
      return { isAdmitted: true, remaining: Math.max(0, Math.floor((nowMs + capacityMs - afterMs) / msPerUnit + 1e-6)) }
    },
    get size() {
      return fullAtMs.size
    },
  }
}
