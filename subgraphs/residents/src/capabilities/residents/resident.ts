/** How far the hub knows who acts. */
export const VERIFICATION_LEVELS = ['NONE', 'CONTACT', 'RESIDENCE', 'IDENTITY'] as const
export type VerificationLevel = (typeof VERIFICATION_LEVELS)[number]

export const AGE_BANDS = ['UNDER_18', 'A18_29', 'A30_44', 'A45_59', 'A60_74', 'A75_PLUS', 'UNKNOWN'] as const
export type AgeBand = (typeof AGE_BANDS)[number]

/** A person with a profile. `subject` is the pseudonym under which the hub signs the person in; null for an imported profile. */
export interface Resident {
  readonly id: string
  readonly subject: string | null
  readonly name: string | null
  readonly contact: string | null
  readonly verification: VerificationLevel
  readonly communityId: string
  readonly cellId: string | null
  /** As of the person's last act. */
  readonly ageBand: AgeBand
  readonly registeredAt: Date
}

const FIRST_AGES: readonly (readonly [number, AgeBand])[] = [
  [75, 'A75_PLUS'],
  [60, 'A60_74'],
  [45, 'A45_59'],
  [30, 'A30_44'],
  [18, 'A18_29'],
]

/** The band of a birth year in a calendar year; UNKNOWN without one. */
export const ageBandOf = (birthYear: number | null, year: number): AgeBand =>
  birthYear === null ? 'UNKNOWN' : (FIRST_AGES.find(([age]) => year - birthYear >= age)?.[1] ?? 'UNDER_18')

/** Whether a year can be the birth year of a person alive: from 120 years before `year` to it. */
export const isBirthYear = (birthYear: number, year: number): boolean =>
  Number.isInteger(birthYear) && birthYear >= Math.max(1890, year - 120) && birthYear <= year
