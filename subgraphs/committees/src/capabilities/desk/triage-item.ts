import { addDays, type WorkingCalendar } from '@commonhall/shared/time'

/** Where a place on the desk stands. LEFT: withdrawn, merged or taken on elsewhere before anybody routed it. */
export const DESK_STATES = ['WAITING', 'ROUTED', 'LEFT'] as const
export type DeskState = (typeof DESK_STATES)[number]

/** One stay of a suggestion on the committee's desk. A suggestion waits at most once at a time. */
export interface TriageItem {
  readonly id: string
  /** The committee. */
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly cellId: string | null
  readonly kind: string
  readonly state: DeskState
  readonly arrivedAt: Date
  readonly triageBy: Date
  readonly bounces: number
  readonly proposedItem: string | null
  readonly closedAt: Date | null
}

/** One working day: what a suggestion may wait for its triage (domain.md, section 5). */
const TRIAGE_WORKING_DAYS = 1

/** When a suggestion that arrives now has to be routed. */
export const triageLimit = (arrivedAt: Date, calendar: WorkingCalendar): Date =>
  addDays(arrivedAt, TRIAGE_WORKING_DAYS, 'WORKING', calendar)

/** What a reader of the desk wants to see; null: everything. */
export interface DeskFilter {
  readonly states: readonly DeskState[]
  readonly kinds: readonly string[] | null
  readonly cellId: string | null
  /** Only places that are past their limit at this instant. */
  readonly overdueAt: string | null
  /** Only places that arrived before this instant. */
  readonly arrivedBefore: string | null
}
