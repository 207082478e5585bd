import type { AgeBucket, SuggestionStage } from '@commonhall/shared/matters'

/** What residents said about results in a period, as plain numbers; what of it may be shown is decided where it is shown. */
export interface SatisfactionCounts {
  readonly communityId: string
  /** Entries resolved in the period: so many authors were asked. */
  readonly asked: number
  readonly reopened: number
  readonly answered: number
  readonly resolved: number
  readonly satisfied: number
}

/** Entries of a period in one stage. */
export interface StageCount {
  readonly communityId: string
  readonly stage: SuggestionStage
  readonly count: number
}

/** Open entries in one stage and group of age. */
export interface OpenCount extends StageCount {
  readonly age: AgeBucket
}
