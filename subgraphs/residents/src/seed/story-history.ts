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
  readonly line: Omit<TimelineEntry, 'stage' | 'at'> | null
}

const byResident = (type: string): Step['line'] => ({ partyKind: 'RESIDENT', partyId: null, type, note: null })

const stepsOf = (story: SuggestionStory, now: Date): Step[] => {
  const { createdAt, withdrawnAt, mergedAt, mergedInto, outcome } = story
  const steps: Step[] = [
    { at: createdAt, line: byResident('resident.suggestion.submitted') },
    ...factsToldOf(story, now).map(({ at, event, isSilent }): Step => {
      const { kind, id } = partyOfFact(event)
      const line = isSilent ? null : { partyKind: kind, partyId: id ?? story.committee, type: event.type, note: noteOfFact(event) }
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

/**
 * The read model of a story as the acts and events of its life would have built it, by the same functions that build it for new entries.
 *
 * Pure; `now` is the street's today. Each line of the timeline has the stage of its day, and the result the stage of `now`.
 */
export const historyOf = (story: SuggestionStory, now: Date): StoryHistory => {
  let facts: ForeignFacts = {}
  let own: OwnFacts = { withdrawnAt: null, mergedInto: null, reopenedAt: [], outcome: null }
  let resolvedAt: Date | null = null
  let updatedAt = story.createdAt
  const timeline: ReturnType<typeof lineOf>[] = []
  const parties = new Set<string>()
  for (const step of stepsOf(story, now)) {
    if (step.own !== undefined) own = step.own(own)
    if (step.facts !== undefined) {
      facts = step.facts(facts)
      for (const party of partiesOf(facts)) parties.add(party)
    }
    const derived = deriveMatter(facts, own, step.at, resolvedAt)
    resolvedAt = derived.resolvedAt
    if (step.line === null) continue
    timeline.push(lineOf({ ...step.line, at: step.at, stage: derived.stage }))
    updatedAt = step.at
  }
  return { facts, timeline, parties: [...parties], derived: deriveMatter(facts, own, now, resolvedAt), updatedAt }
}
