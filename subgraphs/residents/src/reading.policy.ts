/** How a reader stands to a person: the person, a party that handles a matter of the person, or anybody else. */
export type Standing = 'SELF' | 'HANDLER' | 'OTHER'

/** Purposes that SDL and policy state alike, by field (trust.md, section 5). */
export const PURPOSES = {
  name: ['CASE_HANDLING', 'CARE', 'SERVICE_DELIVERY', 'ENTITLEMENT', 'MEDIATION', 'VOLUNTEERING', 'BOOKING', 'SUBJECT'],
  ageBand: ['CARE', 'SERVICE_DELIVERY', 'ENTITLEMENT', 'SUBJECT'],
  contact: ['CASE_HANDLING', 'CARE', 'SERVICE_DELIVERY', 'SUBJECT'],
  cell: ['CASE_HANDLING', 'CARE', 'SUBJECT'],
  suggestions: ['CASE_HANDLING', 'SUBJECT'],
  text: ['CASE_HANDLING', 'DELIBERATION', 'SUBJECT'],
  place: ['CASE_HANDLING', 'SUBJECT'],
  comment: ['CASE_HANDLING', 'SERVICE_DELIVERY', 'SUBJECT'],
} as const

/**
 * Why a personal field is closed to a reader, or null when it is open. Pure.
 *
 * The person needs no purpose. Handlers need one that the field allows; SUBJECT is the person's own and opens nothing to others.
 * Everybody else is out of scope, whatever purpose they declare.
 */
export const closedBecause = (standing: Standing, purpose: string | null, field: keyof typeof PURPOSES): 'PURPOSE' | 'SCOPE' | null => {
  if (standing === 'SELF') return null
  if (standing === 'OTHER') return 'SCOPE'
  const allowedPurposes: readonly string[] = PURPOSES[field]
  return purpose !== null && purpose !== 'SUBJECT' && allowedPurposes.includes(purpose) ? null : 'PURPOSE'
}
