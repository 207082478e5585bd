/** What kind of organization it is; the words of the schema. */
export const NONPROFIT_FORMS = [
  'VOLUNTEER_ORGANIZATION',
  'PUBLIC_SERVICE_GROUP',
  'MASS_ASSOCIATION',
  'CULTURAL_TEAM',
  'SOCIAL_WORK_AGENCY',
  'FOUNDATION',
  'MEDIATION_BODY',
] as const
export type NonprofitForm = (typeof NONPROFIT_FORMS)[number]

/** Legal standing; the words of the schema. */
export type RegistrationState = 'REGISTERED' | 'FILED' | 'INFORMAL'

/** An organization of the street. It is a party: rows of the nonprofits belong to one of them. */
export interface Nonprofit {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly form: NonprofitForm
  readonly registration: RegistrationState
  readonly orgId: string | null
  readonly descriptionZh: string | null
  readonly descriptionEn: string | null
  /** Set for a mediation body that a committee has set up. */
  readonly hostCommitteeId: string | null
  readonly memberCount: number
  readonly active: boolean
}

/** What a reader may narrow the list of organizations to; null: all. */
export interface NonprofitFilter {
  readonly form: NonprofitForm | null
  readonly active: boolean | null
}
