import { createHash } from 'node:crypto'

import { LRUCache } from 'lru-cache'

/** Values by key, bounded, each made once however many ask at the same time. */
export interface SingleFlightCache<V> {
  get(key: string, make: () => Promise<V>): Promise<V>
  readonly size: number
}

/** A least-recently-used cache with single flight; failures are not kept. `sizeOf` in bytes, roughly. */
export const createSingleFlightCache = <V extends object>(options: {
  readonly maxBytes: number
  readonly maxEntries: number
  readonly sizeOf: (value: V) => number
}): SingleFlightCache<V> => {
  const cache = new LRUCache<string, V>({
    max: options.maxEntries,
    maxSize: options.maxBytes,
    sizeCalculation: (value) => Math.max(1, options.sizeOf(value)),
  })
  const flights = new Map<string, Promise<V>>()
  return {
    get(key, make) {
      const known = cache.get(key)
      if (known !== undefined) return Promise.resolve(known)
      const flying = flights.get(key)
      if (flying !== undefined) return flying
      const flight = make()
        .then((value) => {
          cache.set(key, value)
          return value
        })
        .finally(() => flights.delete(key))
      flights.set(key, flight)
      return flight
    },
    get size() {
      return cache.size
    },
  }
}

/** The name of a document in logs and caches: sha-256, hexadecimal. */
export const documentHash = (text: string): string => createHash('sha256').update(text).digest('hex')
