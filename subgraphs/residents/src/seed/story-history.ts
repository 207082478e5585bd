import type { SuggestionStory } from '@commonhall/street'

import {
  applyAnswer,
  applyFact,
  deriveMatter,
  lineOf,
  noteOfFact,
  partiesOf,
  partyOfFact,
  type ForeignFacts,
  type TimelineEntry,
} from '../capabilities/stages/index.js'
import { factsToldOf } from './story-events.js'

type DerivedMatter = ReturnType<typeof deriveMatter>
type OwnFacts = Parameters<typeof deriveMatter>[1]

/** What is kept about a story beside the entry itself. */
export interface StoryHistory {
  readonly facts: ForeignFacts
  readonly timeline: readonly ReturnType<typeof lineOf>[]
  readonly parties: readonly string[]
  readonly derived: DerivedMatter
  readonly updatedAt: Date
}

/** One step of the life of an entry: what it changes, and the line that tells it. */
interface Step {
  readonly at: Date
  readonly facts?: (facts: ForeignFacts) => ForeignFacts
  readonly own?: (own: OwnFacts) => OwnFacts
  readonly line: Omit<TimelineEntry, 'stage' | 'at'>
}

const byResident = (type: string): Step['line'] => ({ partyKind: 'RESIDENT', partyId: null, type, note: null })

const stepsOf = (story: SuggestionStory, now: Date): Step[] => {
  const { createdAt, withdrawnAt, mergedAt, mergedInto, outcome } = story
  const steps: Step[] = [
    { at: createdAt, line: byResident('resident.suggestion.submitted') },
    ...factsToldOf(story, now).map(({ at, event }): Step => {
      const { kind, id } = partyOfFact(event)
      const line = { partyKind: kind, partyId: id ?? story.committee, type: event.type, note: noteOfFact(event) }
      return { at, line, facts: (facts) => applyFact(facts, event) }
    }),
    ...story.answers.map(({ at, question }): Step => ({
      at,
      line: byResident('resident.case.answered'),
      facts: (facts) => applyAnswer(facts, question),
    })),
    ...story.reopenings.map(({ at }): Step => ({
      at,
      line: byResident('resident.suggestion.reopened'),
      own: (own) => ({ ...own, reopenedAt: [...own.reopenedAt, at] }),
    })),
  ]
  if (outcome !== null) steps.push({ at: outcome.at, line: byResident('resident.suggestion.rated'), own: (own) => ({ ...own, outcome }) })
  if (withdrawnAt !== null)
    steps.push({ at: withdrawnAt, line: byResident('resident.suggestion.withdrawn'), own: (own) => ({ ...own, withdrawnAt }) })
  if (mergedAt !== null)
    steps.push({ at: mergedAt, line: byResident('resident.suggestion.merged'), own: (own) => ({ ...own, mergedInto }) })
  // Stable: what happened at one instant stays in the order of its cause.
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime())
}

const NOTHING_OWN: OwnFacts = { withdrawnAt: null, mergedInto: null, reopenedAt: [], outcome: null }
const FRESH = deriveMatter({}, NOTHING_OWN, new Date(0), null)

/**
 * The read model of a story as the acts and events of its life would have built it, by the same functions that build it for new entries.
 *
 * Pure; `now` is the street's today. Each line of the timeline has the stage of its day, and the result the stage of `now`.
 */
export const historyOf = (story: SuggestionStory, now: Date): StoryHistory => {
  let facts: ForeignFacts = {}
  let own = NOTHING_OWN
  let derived = FRESH
  let updatedAt = story.createdAt
  const timeline: ReturnType<typeof lineOf>[] = []
  const parties = new Set<string>()
  for (const { at, facts: change, own: act, line } of stepsOf(story, now)) {
    const before = facts
    if (act !== undefined) own = act(own)
    if (change !== undefined) facts = change(facts)
    if (facts !== before) for (const party of partiesOf(facts)) parties.add(party)
    // Time alone changes a stage only where a question was asked; the lines of clocks and ledgers need no derivation.
    if (facts !== before || act !== undefined || facts.questions !== undefined) derived = deriveMatter(facts, own, at, derived.resolvedAt)
    timeline.push(lineOf({ ...line, at, stage: derived.stage }))
    updatedAt = at
  }
  if (facts.questions !== undefined) derived = deriveMatter(facts, own, now, derived.resolvedAt)
  return { facts, timeline, parties: [...parties], derived, updatedAt }
}
