import type { ByteText } from '../../transport/party-link.js'
import { byteTextOf } from '../../transport/byte-text.js'
import type { Scan } from './scan-json.js'

/** A text that an answer is expected to have at some place, cut into words, so that predicting it costs one comparison for four bytes. */
export interface Words {
  readonly length: number
  readonly words: readonly number[]
  /** The last four bytes; they overlap the word before. */
  readonly tail: number
}

const wordAt = (text: ByteText, at: number): number =>
  text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16) | (text.charCodeAt(at + 3) << 24)

/** The words of at least four bytes; null for less. */
export const wordsOf = (text: ByteText): Words | null => {
  const { length } = text
  if (length < 4) return null
  const words: number[] = []
  for (let at = 0; at + 4 <= length; at += 4) words.push(wordAt(text, at))
  return { length, words, tail: wordAt(text, length - 4) }
}

/** Names whose words are kept; a schema has some thousand, and clients may alias as they like. */
const MAX_KNOWN = 5000
const known = new Map<string, Words>()

/** Words of at least four bytes, shared by all operations. */
const sharedWords = (text: string): Words => {
  const made = known.get(text)
  if (made !== undefined) return made
  const words = wordsOf(byteTextOf(text))
  if (words === null) throw new RangeError('an empty key')
  if (known.size < MAX_KNOWN) known.set(text, words)
  return words
}

/** The words of a response key, quotes and colon included: `"a":` is the shortest. */
export const keyWordsOf = (key: string): Words => sharedWords(`${JSON.stringify(key)}:`)

/** The words of a type's name in quotes; null for one of a single letter. */
export const typeWordsOf = (name: string): Words | null => (name.length < 2 ? null : sharedWords(`"${name}"`))

/** Whether the words stand at `pos`. Compared in order, so nothing is read further than four bytes behind what matches. */
export const areWordsAt = (scan: Scan, pos: number, expected: Words): boolean => {
  const { view } = scan
  const { words } = expected
  for (let index = 0; index < words.length; index++) if (view.getInt32(pos + index * 4, true) !== words[index]) return false
  return view.getInt32(pos + expected.length - 4, true) === expected.tail
}
