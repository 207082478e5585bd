/** A residents' committee. It is a party: every row of this subgraph belongs to one of them. */
export interface Committee {
  readonly id: string
  readonly communityId: string
  readonly nameZh: string
  readonly nameEn: string
}
