/** A cache that forgets what was longest unused when the whole grows too heavy. */
export interface BoundedCache<T> {
  get(key: string): T | undefined
  set(key: string, value: T, weight: number): void
}

/** Makes a cache of at most `maxWeight`; one value heavier than that is not kept. */
export const createBoundedCache = <T>(maxWeight: number): BoundedCache<T> => {
  // A Map keeps the order of insertion, so its first key is what was longest unused.
  const entries = new Map<string, { readonly value: T; readonly weight: number }>()
  let total = 0
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, weight) {
      if (weight > maxWeight) return
      total += weight - (entries.get(key)?.weight ?? 0)
      entries.delete(key)
      entries.set(key, { value, weight })
      for (const [oldest, entry] of entries) {
        if (total <= maxWeight) break
        entries.delete(oldest)
        total -= entry.weight
      }
    },
  }
}
