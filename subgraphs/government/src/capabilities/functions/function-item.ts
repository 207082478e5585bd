/** The three lists of the function charter. */
export const CHARTER_LISTS = ['BASIC', 'COOPERATIVE', 'TAKEN_BACK'] as const
export type CharterList = (typeof CHARTER_LISTS)[number]

/** Whether a text has the form of a code, such as URB-014. */
export const isFunctionCode = (code: string): boolean => /^[A-Z0-9][A-Z0-9-]{1,31}$/.test(code)

/** One line of the written function list: who is responsible for what, within which time. */
export interface FunctionItem {
  readonly id: string
  readonly code: string
  readonly titleZh: string
  readonly titleEn: string
  readonly list: CharterList
  /** The department that answers for it. */
  readonly ownerPartyId: string
  readonly supporting: readonly string[]
  readonly legalBasis: string
  readonly respondWithinDays: number
  readonly resolveWithinDays: number
  readonly clock: 'CALENDAR' | 'WORKING'
  readonly keywords: readonly string[]
  readonly validFrom: string
  readonly validUntil: string | null
}
