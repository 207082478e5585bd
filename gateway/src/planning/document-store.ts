import { LRUCache } from 'lru-cache'

import type { CheckedDocument } from './checked-document.js'
import { documentHash } from './document-cache.js'

/** Documents that have passed all checks, by their text. */
export interface DocumentStore {
  get(text: string): CheckedDocument | undefined
  set(text: string, checked: CheckedDocument): void
  readonly size: number
  readonly bytes: number
}

/** Up to this length the text itself is the key: comparing it costs less than hashing it. */
const MAX_KEY_LENGTH = 8192

/** A store of at most 2,000 documents and 32 MB, by the size that documents were measured to retain. */
export const createDocumentStore = (
  bounds: { readonly maxBytes: number; readonly maxEntries: number } = { maxBytes: 32e6, maxEntries: 2000 },
): DocumentStore => {
  const cache = new LRUCache<string, CheckedDocument>({
    max: bounds.maxEntries,
    maxSize: bounds.maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, Math.ceil(bytes)),
  })
  const keyOf = (text: string): string => (text.length <= MAX_KEY_LENGTH ? text : `sha256:${documentHash(text)}`)
  return {
    get: (text) => cache.get(keyOf(text)),
    set: (text, checked) => void cache.set(keyOf(text), checked),
    get size() {
      return cache.size
    },
    get bytes() {
      return cache.calculatedSize
    },
  }
}
