/** A role in a net and the resident who fills it; dates are local. */
export interface NetManager {
  readonly role: string
  readonly holder: string | null
  readonly since: string
  readonly until?: string | null
}

/** One of the service nets of a community. */
export interface Net {
  readonly id: string
  readonly ownerPartyId: string
  readonly communityId: string
  readonly number: number
  readonly boundary: unknown
  readonly managers: readonly NetManager[]
}
