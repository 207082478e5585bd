/** The smallest unit of the grid, about 260 people. */
export interface Cell {
  readonly id: string
  readonly ownerPartyId: string
  readonly communityId: string
  readonly netId: string
  readonly number: number
  readonly boundary: unknown
}
