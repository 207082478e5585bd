import type { AreaGeometry } from '@commonhall/shared/geo'

/** A cell of the grid, as its committee published it. */
export interface Cell {
  readonly id: string
  readonly communityId: string
  readonly number: number
  readonly boundary: AreaGeometry
}
