import { createHash } from 'node:crypto'

import { LRUCache } from 'lru-cache'

/** Values by key, bounded, each made once however many ask at the same time. */
export interface SingleFlightCache<V> {
  /** The value if it is there already; for the hot path, which waits for nothing. */
  peek(key: string): V | undefined
  get(key: string, make: () => Promise<V>): Promise<V>
  readonly size: number
  /** As `sizeOf` says. */
  readonly bytes: number
}

/** How long a failure is remembered: long enough that a flood of one bad document costs little, short enough for nobody to notice. */
const FAILURE_MS = 5000
const MAX_FAILURES = 500

/**
 * A least-recently-used cache with single flight. `sizeOf` in bytes, roughly.
 *
 * Failures for which `isLasting` holds are thrown again for 5 s without another try, at most 500 of them; others are not kept.
 */
export const createSingleFlightCache = <V extends object>(options: {
  readonly maxBytes: number
  readonly maxEntries: number
  readonly sizeOf: (value: V) => number
  readonly isLasting?: (error: unknown) => boolean
  readonly nowMs?: () => number
}): SingleFlightCache<V> => {
  const cache = new LRUCache<string, V>({
    max: options.maxEntries,
    maxSize: options.maxBytes,
    sizeCalculation: (value) => Math.max(1, Math.ceil(options.sizeOf(value))),
  })
  const failures = createFailureCache(options.nowMs ?? Date.now)
  const flights = new Map<string, Promise<V>>()
  return {
    peek: (key) => cache.get(key),
    async get(key, make) {
      const known = cache.get(key)
      if (known !== undefined) return known
      failures.rethrow(key)
      const flying = flights.get(key)
      if (flying !== undefined) return flying
      const flight = make()
        .then(
          (value) => {
            cache.set(key, value)
            return value
          },
          (error: unknown) => {
            if (options.isLasting?.(error) === true) failures.note(key, error)
            throw error
          },
        )
        .finally(() => flights.delete(key))
      flights.set(key, flight)
      return flight
    },
    get size() {
      return cache.size
    },
    get bytes() {
      return cache.calculatedSize
    },
  }
}

/** Failures by key, for a short time and in a bounded number. */
export interface FailureCache {
  /** Throws what was noted under this key less than 5 s ago. */
  rethrow(key: string): void
  note(key: string, error: unknown): void
}

/** A cache of failures; what is noted must hold nothing large. */
export const createFailureCache = (nowMs: () => number): FailureCache => {
  const failures = new LRUCache<string, { readonly error: unknown; readonly untilMs: number }>({ max: MAX_FAILURES })
  return {
    rethrow(key) {
      const failure = failures.get(key)
      if (failure === undefined) return
      // The very error that was thrown, only thrown again.
      if (failure.untilMs > nowMs()) throw failure.error as Error
      failures.delete(key)
    },
    note(key, error) {
      failures.set(key, { error, untilMs: nowMs() + FAILURE_MS })
    },
  }
}

/** The name of a document in logs and caches: sha-256 of its UTF-8 bytes, hexadecimal. */
export const documentHash = (text: string): string => createHash('sha256').update(text).digest('hex')
