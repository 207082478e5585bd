/** Why a matter is over for the departments, whatever they still owe. */
export type SuggestionEnd = 'WITHDRAWN' | 'MERGED'

/** What the departments know of a suggestion: keys and public facts from the events of residents and committees. */
export interface KnownSuggestion {
  readonly id: string
  /** Null while only a fact about an entry that nobody has announced yet has arrived. */
  readonly communityId: string | null
  /** The committee's latest triage; earlier ones are superseded. */
  readonly triageId: string | null
  readonly triageRoute: string | null
  readonly triagedAt: Date | null
  /** Departments on whose desk it ever lay. */
  readonly departments: readonly string[]
  readonly withdrawnAt: Date | null
  readonly mergedInto: string | null
  readonly mergedAt: Date | null
}

/** How and when a suggestion ended, or null while it lives. Pure. */
export const endOf = (suggestion: KnownSuggestion): { readonly why: SuggestionEnd; readonly at: Date } | null => {
  if (suggestion.withdrawnAt !== null) return { why: 'WITHDRAWN', at: suggestion.withdrawnAt }
  return suggestion.mergedAt === null ? null : { why: 'MERGED', at: suggestion.mergedAt }
}
