import type { SuggestionStage } from '@commonhall/shared/matters'
import type { PartyKind } from '@commonhall/shared/identity'

/** One line of a suggestion's timeline: who did what, and where the matter then stood. Nothing personal. */
export interface TimelineEntry {
  readonly at: Date
  readonly partyKind: PartyKind
  /** Null for residents: the timeline never says which person. */
  readonly partyId: string | null
  /** Type of the event, `<party>.<noun>.<verb in the past>`. */
  readonly type: string
  readonly stage: SuggestionStage
  readonly note: string | null
}

/** A line as it is kept: at (ms), kind of party, party, type, stage, note; short, because every entry has about eight. */
export type TimelineLine = readonly [number, PartyKind, string | null, string, SuggestionStage, (string | null)?]

/** The kept form of a line. */
export const lineOf = ({ at, partyKind, partyId, type, stage, note }: TimelineEntry): TimelineLine =>
  note === null ? [at.getTime(), partyKind, partyId, type, stage] : [at.getTime(), partyKind, partyId, type, stage, note]

/** The lines of a timeline, oldest first; lines of the same instant stay in the order in which they became known. */
export const entriesOf = (lines: readonly TimelineLine[]): TimelineEntry[] =>
  lines
    .map(([at, partyKind, partyId, type, stage, note]) => ({ at: new Date(at), partyKind, partyId, type, stage, note: note ?? null }))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
