import { LRUCache } from 'lru-cache'

import type { DocumentLimits } from '../admission/document-limits.js'
import type { AccessClaims } from './access.js'

/** An operation as another release can compile it again. Of the variables it keeps only those that steer @skip and @include: no person's values. */
export interface HotOperation {
  readonly query: string
  readonly operationName: string | null
  readonly steering: Readonly<Record<string, unknown>>
  readonly caller: { readonly limits: DocumentLimits; readonly access: AccessClaims }
}

/** Which operations clients use most, so that a new release can have their plans before it serves. */
export interface HotOperations {
  /** Counts a use; `make` runs only the first time. Cost: one look-up. */
  note(key: string, make: () => HotOperation): void
  /** The most used ones, hottest first. */
  hottest(count: number): readonly HotOperation[]
}

const MAX_OPERATIONS = 1000
/** Of document text, so that documents at their largest do not add up. */
const MAX_TEXT = 8_000_000

interface Counted {
  readonly operation: HotOperation
  uses: number
}

/** Counts uses of at most 1,000 operations, the least recently used forgotten first. */
export const createHotOperations = (): HotOperations => {
  const seen = new LRUCache<string, Counted>({
    max: MAX_OPERATIONS,
    maxSize: MAX_TEXT,
    sizeCalculation: ({ operation }) => operation.query.length + 1,
  })
  return {
    note(key, make) {
      const known = seen.get(key)
      if (known === undefined) seen.set(key, { operation: make(), uses: 1 })
      else known.uses += 1
    },
    hottest: (count) =>
      [...seen.values()]
        .sort((left, right) => right.uses - left.uses)
        .slice(0, count)
        .map(({ operation }) => operation),
  }
}
