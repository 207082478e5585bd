import { HubError } from '@commonhall/shared/errors'
import { suggestionOf, type LiveTopic } from '@commonhall/shared/live'

import type { ResidentsContext } from '../../context.js'
import { FACT_EVENTS } from '../stages/index.js'
import { findSuggestions, isInFilter, readFilter, type FilterInput, type Suggestion } from '../suggestions/index.js'

/** Entries as anything about them changes at any of the four parties. */
const SUGGESTIONS: LiveTopic<Suggestion> = {
  types: [
    ...FACT_EVENTS,
    'resident.suggestion.submitted',
    'resident.suggestion.supported',
    'resident.suggestion.unsupported',
    'resident.suggestion.withdrawn',
    'resident.suggestion.merged',
    'resident.suggestion.merge_contested',
    'resident.suggestion.rated',
    'resident.suggestion.reopened',
    'resident.suggestion.stage_changed',
    'resident.case.answered',
  ],
  subjectsOf: suggestionOf,
  read: ({ read }, ids) => findSuggestions(read, ids),
}

/** One entry, whenever any party does something about it. Throws NOT_FOUND when there is none; a batch of events costs one statement for all readers. */
export const watchSuggestion = async (context: ResidentsContext, id: string): Promise<AsyncIterable<Suggestion>> => {
  if ((await context.loaders.suggestionById.load(id)) === null) throw new HubError('NOT_FOUND')
  return context.live.watch(SUGGESTIONS, { wants: (suggestion) => suggestion.id === id })
}

/** Entries of a community that the filter lets through as they stand after the change; one that a change takes out of it is not told. */
export const watchSuggestions = async (
  context: ResidentsContext,
  communityId: string,
  input: FilterInput | null | undefined,
): Promise<AsyncIterable<Suggestion>> => {
  const filter = readFilter(input, context.clock.now())
  if ((await context.loaders.communityById.load(communityId)) === null) throw new HubError('NOT_FOUND')
  return context.live.watch(SUGGESTIONS, {
    wants: (suggestion) => suggestion.communityId === communityId && isInFilter(suggestion, filter),
  })
}
