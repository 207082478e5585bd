import type { CellRole } from './cell-manager.js'

/** A round of visits in a cell. What people said is entered as their suggestion, never here. */
export interface Visit {
  readonly id: string
  readonly ownerPartyId: string
  readonly communityId: string
  readonly cellId: string
  readonly at: Date
  readonly byRole: CellRole
  readonly households: number
  readonly note: string | null
}
