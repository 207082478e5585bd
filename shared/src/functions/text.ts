/** A run of Chinese characters. */
const HAN = /\p{Script=Han}+/gu
const WORD = /[a-z0-9]+/g

// Words that say nothing about who is responsible.
const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could do does for from had has have he her his how i in is it its me my no not of on or our please she so ' +
    'should that the their them there they this to us was we were what when where which who will with would you your'
  ).split(' '),
)

/** Lower case, full-width forms made plain: what both the list and the question go through. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Pairs of neighbouring Chinese characters of a plain text, each once. */
export const bigrams = (text: string): Set<string> => {
  const found = new Set<string>()
  for (const [run] of text.matchAll(HAN)) for (let i = 0; i + 2 <= run.length; i++) found.add(run.slice(i, i + 2))
  return found
}

/** English words of a plain text, stemmed, in order and without the small words. */
export const stems = (text: string): string[] => (text.match(WORD) ?? []).filter((word) => !STOP_WORDS.has(word)).map(stem)

/** Takes plural, -ing and -ed off: enough to bring "street lights" to "street light"; no dictionary. */
export const stem = (word: string): string => {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 4 && /(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  if (word.length > 5 && word.endsWith('ing')) return undouble(word.slice(0, -3))
  if (word.length > 4 && word.endsWith('ed')) return undouble(word.slice(0, -2))
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1)
  return word
}

const undouble = (word: string): string => (/([bdgklmnprt])\1$/.test(word) ? word.slice(0, -1) : word)

export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
