/** What becomes of a committee's finding that an entry is a duplicate. */
export type MergeState = 'PENDING' | 'CONTESTED' | 'SUPERSEDED' | 'MERGED' | 'DROPPED'

/** A merge that a triage named; it becomes final when nobody contests it in time. */
export interface Merge {
  readonly triageId: string
  readonly suggestionId: string
  readonly intoId: string | null
  readonly triagedAt: Date
  readonly contestUntil: Date
  readonly state: MergeState
}

/** Calendar days in which the author may contest a merge (domain.md, section 5). */
export const CONTEST_DAYS = 10

/** An entry, as far as merging needs it. */
interface Mergeable {
  readonly id: string
  readonly communityId: string
  readonly withdrawnAt: Date | null
}

/**
 * Whether an entry may become part of a target: both of the same community, two different ones, the target not withdrawn. Pure.
 *
 * A target that was merged itself must have been followed to where it went.
 */
export const isMergeable = (entry: Mergeable, target: (Mergeable & { readonly mergedInto: string | null }) | null): boolean =>
  target !== null &&
  target.id !== entry.id &&
  target.communityId === entry.communityId &&
  target.withdrawnAt === null &&
  target.mergedInto === null
