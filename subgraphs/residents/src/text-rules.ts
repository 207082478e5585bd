import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { faultOfStoredText } from '@commonhall/shared/protection'

/** Characters of a text at most, by what it is. */
export const LONGEST = { text: 4_000, note: 2_000, reason: 1_000, address: 200, name: 60, contact: 120 } as const

/**
 * What is wrong with a text that a person wrote, or null: INVALID_INPUT when it is blank, too long or holds NUL (no database
 * takes that), FORBIDDEN_DATA when it holds what the hub never keeps. `field` is where the sender finds it.
 */
export const faultOfText = (text: string | null | undefined, field: string, longest: number): RefusalValue | null => {
  if (text === null || text === undefined) return null
  return text.trim() === '' ? refuse('INVALID_INPUT', { field }) : faultOfStoredText(text, field, longest)
}

/** Like `faultOfText`, for a reason that must be stated: REASON_MISSING when it is not. */
export const faultOfReason = (reason: string, field = 'reason'): RefusalValue | null =>
  reason.trim() === '' ? refuse('REASON_MISSING', { field }) : faultOfText(reason, field, LONGEST.reason)
