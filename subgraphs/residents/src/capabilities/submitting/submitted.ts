import type { EventPayloads } from '@commonhall/shared/events'

import type { NewSuggestion } from '../suggestions/index.js'
import { lineOf, type TimelineLine } from '../stages/index.js'

export const SUBMITTED = 'resident.suggestion.submitted'

/** What the other parties learn of a new entry: keys and public fields, never its text, place or author. */
export const submittedEvent = (
  s: NewSuggestion,
): { readonly type: typeof SUBMITTED; readonly subject: string; readonly data: EventPayloads[typeof SUBMITTED] } => ({
  type: SUBMITTED,
  subject: s.id,
  data: {
    suggestion: s.id,
    number: s.number,
    kind: s.kind,
    community: s.communityId,
    cell: s.cellId,
    channel: s.channel,
    anonymous: s.anonymous,
    createdAt: s.createdAt.toISOString(),
    proposedItem: s.proposedItem,
  },
})

/** The first line of an entry's timeline. */
export const firstLineOf = (s: NewSuggestion): { readonly id: string; readonly line: TimelineLine } => ({
  id: s.id,
  line: lineOf({ at: s.createdAt, partyKind: 'RESIDENT', partyId: null, type: SUBMITTED, stage: 'SUBMITTED', note: null }),
})
