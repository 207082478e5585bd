/** A party of another kind, or a resident, as its own events have told of it. */
export interface KnownParty {
  readonly id: string
  readonly kind: 'GOVERNMENT' | 'NONPROFIT' | 'RESIDENT'
  /** Form of a nonprofit, for example MEDIATION_BODY. */
  readonly form: string | null
  /** Where a resident lives. */
  readonly communityId: string | null
  readonly nameZh: string | null
  readonly nameEn: string | null
}

/** The form of a nonprofit to which a dispute may be routed. */
export const MEDIATION_FORM = 'MEDIATION_BODY'
