import type { ClockBasis } from '@commonhall/shared/time'

/** A line of the government's function list, as far as triage needs it. */
export interface KnownFunction {
  readonly id: string
  readonly code: string
  readonly list: 'BASIC' | 'COOPERATIVE' | 'TAKEN_BACK'
  /** The department that answers for it. */
  readonly owner: string
  readonly respondWithinDays: number
  readonly resolveWithinDays: number
  readonly clock: ClockBasis
}
