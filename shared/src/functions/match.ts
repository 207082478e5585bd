import { bigrams, isHan, plain, stems } from './text.js'

/** The schema's CharterList, in the order in which a tie is decided: what the street does itself comes first. */
export const CHARTER_LISTS = ['BASIC', 'COOPERATIVE', 'TAKEN_BACK'] as const
export type CharterList = (typeof CHARTER_LISTS)[number]

/** One line of the function list, as far as finding it needs. */
export interface FunctionEntry {
  id: string
  code: string
  titleZh: string
  titleEn: string
  list: CharterList
  keywords: readonly string[]
}

/** One proposal; `matched` holds the keywords, then the pieces of the title that were found. A person decides. */
export interface FunctionMatch {
  id: string
  score: number
  matched: string[]
}

/** A prepared function list. Build once per version of the list; it is never changed by matching. */
export interface FunctionIndex {
  readonly entries: readonly FunctionEntry[]
  /** First piece of a keyword (bigram, single character or stem) → keywords that begin with it. */
  readonly keywords: ReadonlyMap<string, readonly Keyword[]>
  /** Piece of a title → places in `entries`. */
  readonly titles: ReadonlyMap<string, readonly number[]>
  readonly titleSizes: readonly number[]
}

interface Keyword {
  text: string
  /** How it is looked for: as a run of characters, or as a run of stems. */
  byStems: string | null
  weight: number
  entry: number
}

/** Characters of a question that are read; the rest is ignored, so a long text costs no more. */
const MAX_QUESTION_LENGTH = 4000

const KEYWORD_WEIGHT = 3

const append = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const keywordOf = (raw: string, entry: number): { first: string; keyword: Keyword } | null => {
  const text = plain(raw).trim()
  const words = stems(text)
  // A keyword with Chinese in it is found by its characters; a longer one is more exact, so it weighs more.
  const firstHan = /\p{Script=Han}{1,2}/u.exec(text)?.[0]
  if (firstHan) return { first: firstHan, keyword: { text, byStems: null, weight: KEYWORD_WEIGHT * text.length, entry } }
  const first = words[0]
  return first ? { first, keyword: { text, byStems: ` ${words.join(' ')} `, weight: KEYWORD_WEIGHT * 2 * words.length, entry } } : null
}

/** Prepares a function list (some hundred entries: about 5 ms). Entries keep their order; an empty list is fine. */
export const buildFunctionIndex = (entries: readonly FunctionEntry[]): FunctionIndex => {
  const keywords = new Map<string, Keyword[]>()
  const titles = new Map<string, number[]>()
  const titleSizes = entries.map((entry, place) => {
    const seen = new Set<string>()
    for (const raw of entry.keywords) {
      const made = keywordOf(raw, place)
      if (!made || seen.has(made.keyword.text)) continue
      seen.add(made.keyword.text)
      append(keywords, made.first, made.keyword)
    }
    const pieces = new Set([...bigrams(plain(entry.titleZh)), ...stems(plain(entry.titleEn))])
    for (const piece of pieces) append(titles, piece, place)
    return pieces.size
  })
  return { entries: [...entries], keywords, titles, titleSizes }
}

interface Tally {
  score: number
  keywords: string[]
  pieces: string[]
}

/**
 * Who is responsible for this? The entries that fit a text best, best first, at most `first` (1 to 50).
 *
 * A keyword found weighs by its length; each piece of a title (two Chinese characters, or an English stem) weighs the more the fewer entries
 * have it. One common piece of a longer title is no match; no match is an empty list. Ties: BASIC before COOPERATIVE before TAKEN_BACK, then
 * code, then id, so the same list and text always give the same answer. Reads the first 4,000 characters; under 1 ms for 340 entries.
 */
export const matchFunctions = (text: string, index: FunctionIndex, first = 5): FunctionMatch[] => {
  const asked = plain(text.slice(0, MAX_QUESTION_LENGTH))
  const words = stems(asked)
  const stemmed = ` ${words.join(' ')} `
  const pieces = new Set([...bigrams(asked), ...words])
  const tallies = new Map<number, Tally>()
  const tally = (entry: number): Tally => {
    const found = tallies.get(entry) ?? { score: 0, keywords: [], pieces: [] }
    tallies.set(entry, found)
    return found
  }
  for (const piece of new Set([...pieces, ...singleCharacters(asked)])) {
    for (const { text: keyword, byStems, weight, entry } of index.keywords.get(piece) ?? []) {
      if (byStems === null ? !asked.includes(keyword) : !stemmed.includes(byStems)) continue
      const found = tally(entry)
      found.score += weight
      found.keywords.push(keyword)
    }
  }
  for (const piece of pieces) {
    const places = index.titles.get(piece) ?? []
    const weight = Math.log(1 + index.entries.length / Math.max(1, places.length)) / (isHan(piece) ? 2 : 1)
    for (const entry of places) {
      const found = tally(entry)
      found.score += weight
      found.pieces.push(piece)
    }
  }
  return rank(tallies, index).slice(0, Math.max(1, Math.min(50, Math.floor(first) || 1)))
}

/** Chinese characters of a text that begin a keyword of a single character. */
const singleCharacters = (text: string): string[] => text.match(/\p{Script=Han}/gu) ?? []

const rank = (tallies: ReadonlyMap<number, Tally>, { entries, titleSizes }: FunctionIndex): FunctionMatch[] => {
  const ranked = [...tallies].flatMap(([place, { score, keywords, pieces }]) => {
    const entry = entries[place]
    const isMatch = keywords.length > 0 || pieces.length >= Math.min(2, titleSizes[place] ?? 0)
    return entry && isMatch ? [{ entry, score: Math.round(score * 1000) / 1000, matched: [...new Set([...keywords, ...pieces])] }] : []
  })
  ranked.sort(
    (a, b) =>
      b.score - a.score ||
      CHARTER_LISTS.indexOf(a.entry.list) - CHARTER_LISTS.indexOf(b.entry.list) ||
      compare(a.entry.code, b.entry.code) ||
      compare(a.entry.id, b.entry.id),
  )
  return ranked.map(({ entry, score, matched }) => ({ id: entry.id, score, matched }))
}

// Code units, not the machine's locale: the answer is the same everywhere.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
