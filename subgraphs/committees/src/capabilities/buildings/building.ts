/** A building with its group and building committee. Households are the denominators of the cell's visits. */
export interface Building {
  readonly id: string
  readonly ownerPartyId: string
  readonly cellId: string
  readonly nameZh: string
  readonly nameEn: string
  readonly households: number
  readonly hasGroup: boolean
  readonly hasBuildingCommittee: boolean
}
