import type { PromiseRecord } from '@commonhall/shared/time'

/** The committee's own handling of a suggestion it routed to itself. */
export interface CommitteeHandling {
  readonly id: string
  readonly ownerPartyId: string
  readonly suggestionId: string
  readonly triageId: string
  readonly promise: PromiseRecord
  readonly resolution: string | null
  readonly at: Date
  readonly resolvedAt: Date | null
  /** When the author withdrew before it was finished, as the matter says; from then on nothing is owed. */
  readonly lapsedAt: Date | null
}

/** The longest promise of a committee when no function item sets another limit. */
export const DEFAULT_LIMIT = { days: 30, clock: 'WORKING' } as const

/** From when on a promise counts as due soon: less than a fifth of its time is left. */
export const warnAt = ({ madeAt, dueAt }: PromiseRecord): Date => new Date(dueAt.getTime() - (dueAt.getTime() - madeAt.getTime()) / 5)
