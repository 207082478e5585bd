import { refuse, type RefusalCode, type RefusalValue } from '@commonhall/shared/errors'
import { faultOfStoredText } from '@commonhall/shared/protection'

/** Longest texts, in characters. */
export const MAX_LENGTH = { delivery: 4_000, note: 2_000, plan: 2_000, why: 1_000 } as const

/**
 * What is wrong with a text that a worker states, or null.
 *
 * Blank: `missing` (the code says what is missing). Too long or with a NUL, which no text column takes: INVALID_INPUT. Data that the hub never
 * holds: FORBIDDEN_DATA.
 */
export const faultOfText = (
  text: string,
  { field, max, missing }: { readonly field: string; readonly max: number; readonly missing: RefusalCode },
): RefusalValue | null => {
  return text.trim() === '' ? refuse(missing, { field }) : faultOfStoredText(text, field, max)
}
