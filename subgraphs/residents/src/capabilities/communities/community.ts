/** What residents know of a community: its name, whose it is, and the rules that bind suggestions there. */
export interface Community {
  readonly id: string
  readonly number: number
  readonly nameZh: string
  readonly nameEn: string
  readonly committeeId: string
  readonly timeZone: string
  readonly reopenWithinDays: number
  readonly smallestGroup: number
  readonly residentCount: number
}

/** A party of another kind by its public name, as it last published it. */
export interface KnownParty {
  readonly id: string
  readonly kind: 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT'
  readonly nameZh: string
  readonly nameEn: string
}
