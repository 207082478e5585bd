import type { RefusalValue } from '@commonhall/shared/errors'
import { faultOfStoredText } from '@commonhall/shared/protection'

/** Longest texts of an answer, in characters. */
export const MAX_TEXT_LENGTH = 4_000
export const MAX_NOTE_LENGTH = 2_000
export const MAX_REASON_LENGTH = 1_000

/**
 * What is wrong with a text that people will read, or null. Blank texts pass: whoever needs one asks for it.
 *
 * INVALID_INPUT when too long or with a NUL (PostgreSQL holds none), FORBIDDEN_DATA when it names what the hub never holds.
 */
export const checkText = (text: string | null | undefined, field: string, maxLength: number): RefusalValue | null => {
  return text === null || text === undefined ? null : faultOfStoredText(text, field, maxLength)
}
