import { LRUCache } from 'lru-cache'

import { HubError } from '@commonhall/shared/errors'

import { documentHash } from '../planning/document-cache.js'

/** Automatic persisted queries as Apollo's clients speak them: a cache of texts by their hash, and nothing more than a cache. */
export interface PersistedQueries {
  find(hash: string): string | undefined
  /** Keeps a text that has passed admission. */
  keep(hash: string, text: string): void
  readonly size: number
}

const MAX_TEXTS = 1000
const MAX_CHARACTERS = 8e6

/** An empty cache of at most 1,000 texts and 8 million characters. */
export const createPersistedQueries = (): PersistedQueries => {
  const texts = new LRUCache<string, string>({ max: MAX_TEXTS, maxSize: MAX_CHARACTERS, sizeCalculation: (text) => text.length + 1 })
  return {
    find: (hash) => texts.get(hash),
    keep: (hash, text) => void texts.set(hash, text),
    get size() {
      return texts.size
    },
  }
}

const sameSentence = (text: string): { zh: string; en: string } => ({ zh: text, en: text })

/** Apollo's clients compare this very message, whatever language people speak; they then send the text once more. */
export const persistedQueryNotFound = (): HubError =>
  new HubError('PERSISTED_QUERY_NOT_FOUND', { sentence: sameSentence('PersistedQueryNotFound') })

/** Apollo's clients then stop sending hashes. */
export const persistedQueryNotSupported = (): HubError =>
  new HubError('PERSISTED_QUERY_NOT_SUPPORTED', { sentence: sameSentence('PersistedQueryNotSupported') })

/** Refuses a text that is not the one its hash names: else one caller could plant a document under another's hash. */
export const checkPersistedHash = (hash: string, text: string): void => {
  if (documentHash(text) !== hash) throw new HubError('BAD_REQUEST', { reason: 'PERSISTED_QUERY_HASH_MISMATCH' })
}
