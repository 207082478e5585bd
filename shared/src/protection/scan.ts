import { type ForbiddenFinding, NUMBER_RULES } from './numbers.js'
import { STATEMENT_RULES } from './statements.js'

/** Characters that are read; longer texts are refused by length before they come here. */
const MAX_SCANNED_LENGTH = 20_000

/** Findings that are told; one is enough to refuse, and a text made of nothing else must not cost more. */
const MAX_FINDINGS = 100

/** Full-width digits, letters and marks made plain one for one, so that every place in the text stays where it is. */
const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e\u3000]/g, (mark) => (mark === '\u3000' ? ' ' : String.fromCharCode(mark.charCodeAt(0) - 0xfee0)))

/**
 * Data in a text that the hub never holds, by place; empty when none is found. A finding is refused with FORBIDDEN_DATA.
 *
 * A tripwire, not a guarantee: numbers are found by their form and checksum, statements by a short list of phrases about a person, in Chinese
 * and English. It is kept narrow, so that phone numbers, dates, house numbers and names of places pass; other wordings pass too. Overlapping
 * findings of one kind are reported once. At most 100 are told. Reads the first 20,000 characters; under 1 ms for 500.
 */
export const scanForbiddenData = (text: string): ForbiddenFinding[] => {
  const read = halfWidth(text.slice(0, MAX_SCANNED_LENGTH))
  const found: ForbiddenFinding[] = []
  const isFree = (start: number, length: number, kind: ForbiddenFinding['kind'] | null): boolean =>
    found.length < MAX_FINDINGS &&
    found.every((one) => (kind !== null && one.kind !== kind) || start >= one.start + one.length || start + length <= one.start)
  for (const { kind, pattern, holds } of NUMBER_RULES) {
    for (const { index, 0: hit } of read.matchAll(pattern)) {
      // The same digits are one number, whatever two rules would call it.
      if (holds(hit.replace(/[ -]/g, '')) && isFree(index, hit.length, null)) found.push({ kind, start: index, length: hit.length })
    }
  }
  for (const { kind, pattern } of STATEMENT_RULES) {
    for (const { index, 0: hit } of read.matchAll(pattern)) {
      if (isFree(index, hit.length, kind)) found.push({ kind, start: index, length: hit.length })
    }
  }
  return found.sort((a, b) => a.start - b.start || b.length - a.length)
}
