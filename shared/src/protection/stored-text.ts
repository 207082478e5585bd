import { refuse, type RefusalValue } from '../errors/index.js'

import { scanForbiddenData } from './scan.js'

/** NUL, which no text column takes, and half a character, which no jsonb takes. */
const UNSTORABLE = /\0|\p{Surrogate}/u

/**
 * What is wrong with a text that a person wrote and a party is about to keep, or null; the one rule for all parties.
 *
 * INVALID_INPUT when it is longer than `longest` characters or cannot be stored, FORBIDDEN_DATA when it holds what the hub never keeps.
 * Blank passes: whoever needs words asks for them, with the code that says what is missing.
 */
export const faultOfStoredText = (text: string, field: string, longest: number): RefusalValue | null => {
  if (text.length > longest || UNSTORABLE.test(text)) return refuse('INVALID_INPUT', { field })
  return scanForbiddenData(text).length > 0 ? refuse('FORBIDDEN_DATA', { field }) : null
}
