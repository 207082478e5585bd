import type { Channel, SuggestionKind, SuggestionStage } from '@commonhall/shared/matters'

export type AssentForm = 'SIGNED' | 'SPOKEN_WITNESSED' | 'RECORDED_CALL'

/** One entry of the mood diary. Its party is the author; an anonymous entry is a party of its own, so nothing names its author. */
export interface Suggestion {
  readonly id: string
  readonly ownerPartyId: string
  readonly number: string
  readonly kind: SuggestionKind
  readonly text: string
  readonly longitude: number | null
  readonly latitude: number | null
  readonly address: string | null
  readonly communityId: string
  readonly cellId: string | null
  /** Null when nobody is known, and for every anonymous entry. */
  readonly authorId: string | null
  readonly anonymous: boolean
  readonly channel: Channel
  /** The committee whose clerk or cadre typed it. */
  readonly enteredBy: string | null
  readonly assentForm: AssentForm | null
  readonly assentAt: Date | null
  readonly assentWitness: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly withdrawnAt: Date | null
  readonly mergedInto: string | null
  readonly supporters: number
  readonly textCleared: boolean
  readonly proposedItem: string | null
  /** Read model; `stageOf` of shared/matters decides, nobody sets it. */
  readonly stage: SuggestionStage
  /** Read model: the earliest answer or promise that somebody owes. */
  readonly dueAt: Date | null
  /** The last time at which everything accepted was resolved. */
  readonly resolvedAt: Date | null
  readonly reopenCount: number
  /** Only in the answer to an anonymous submission; never stored. */
  readonly followCode?: string
  /** This copy goes to somebody who proved to be the author, by sign-in or follow code. */
  readonly readByAuthor?: true
}

/** A new entry as it is stored. */
export type NewSuggestion = Omit<
  Suggestion,
  | 'updatedAt'
  | 'withdrawnAt'
  | 'mergedInto'
  | 'supporters'
  | 'stage'
  | 'dueAt'
  | 'resolvedAt'
  | 'reopenCount'
  | 'followCode'
  | 'readByAuthor'
> & { readonly ageBandThen: string | null }

/** What narrows a list of suggestions; null narrows nothing. */
export interface SuggestionFilter {
  readonly kinds: readonly SuggestionKind[] | null
  readonly stages: readonly SuggestionStage[] | null
  readonly cell: string | null
  /** Looked for in cleared texts only, so that a search tells nothing of the others. */
  readonly search: string | null
  readonly updatedSince: string | null
  /** Only entries with a promise or answer limit before this instant. */
  readonly overdueAt: string | null
}

/** The public number of an entry: year of the entry in its community, then a running number that never repeats. */
export const numberOf = (year: string, running: number | string): string => `TS-${year}-${String(running).padStart(6, '0')}`

const NUMBER = /^TS-\d{4}-\d{6,12}$/

/** Whether a text can be a public number at all. */
export const isNumber = (text: string): boolean => NUMBER.test(text)
