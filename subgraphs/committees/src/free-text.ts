import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { faultOfStoredText } from '@commonhall/shared/protection'

/** What a text of a person must be before it is stored; `missing` is the code when it is empty, null lets it be empty. */
export interface TextRule {
  readonly field: string
  readonly maxChars: number
  readonly missing: 'INVALID_INPUT' | 'REASON_MISSING' | null
}

/**
 * Checks a text that people write: not empty where it is owed, not too long, no NUL, nothing the hub never holds (FORBIDDEN_DATA).
 *
 * Null when it may be stored. PostgreSQL cannot store NUL, so it is refused here and never reaches a statement.
 */
export const checkText = (text: string | null | undefined, rule: TextRule): RefusalValue | null => {
  const { field } = rule
  if (text === null || text === undefined || text.trim() === '') return rule.missing === null ? null : refuse(rule.missing, { field })
  return faultOfStoredText(text, field, rule.maxChars)
}

/** The first refusal of several checks, or null. */
export const firstRefusal = (checks: readonly (RefusalValue | null)[]): RefusalValue | null =>
  checks.find((check) => check !== null) ?? null
