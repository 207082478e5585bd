import { RefusalResolver } from '@commonhall/shared/vocabulary'

import { ImportRejectionResolver, ImportResolver } from './capabilities/imports/import.resolver.js'
import { CaseAnswerResolver, SuggestionAnswersResolver } from './capabilities/answers/case-answer.resolver.js'
import { CellIndicatorsResolver, CommunityIndicatorsResolver } from './capabilities/indicators/indicator.resolver.js'
import { SuggestionLiveResolver } from './capabilities/live/suggestion-live.resolver.js'
import { MergeResolver } from './capabilities/merging/merge.resolver.js'
import { OutcomeCommentResolver, OutcomeResolver, ReopeningReasonResolver } from './capabilities/outcomes/outcome.resolver.js'
import { ResidentResolver } from './capabilities/residents/resident.resolver.js'
import { SuggestionTimelineResolver, TimelineEntryResolver } from './capabilities/stages/timeline.resolver.js'
import { SubmissionResolver } from './capabilities/submitting/submission.resolver.js'
import {
  CellSuggestionsResolver,
  CommunitySuggestionsResolver,
  ResidentSuggestionsResolver,
} from './capabilities/suggestions/suggestion-lists.resolver.js'
import { SuggestionResolver } from './capabilities/suggestions/suggestion.resolver.js'
import { SupportResolver } from './capabilities/supports/support.resolver.js'
import { WithdrawalResolver } from './capabilities/withdrawing/withdrawal.resolver.js'
import type { ResidentsContext } from './context.js'

/** Every resolver of the residents, by name: no globs. */
export const RESOLVERS = [
  RefusalResolver,
  ResidentResolver,
  SuggestionResolver,
  CommunitySuggestionsResolver,
  CellSuggestionsResolver,
  ResidentSuggestionsResolver,
  SubmissionResolver,
  SuggestionTimelineResolver,
  TimelineEntryResolver,
  SupportResolver,
  WithdrawalResolver,
  CaseAnswerResolver,
  SuggestionAnswersResolver,
  OutcomeResolver,
  OutcomeCommentResolver,
  ReopeningReasonResolver,
  MergeResolver,
  SuggestionLiveResolver,
  CommunityIndicatorsResolver,
  CellIndicatorsResolver,
  ImportResolver,
  ImportRejectionResolver,
] as const

type Reference = { readonly id: string }

/** How each entity is found from its id, through the request's loaders. Communities and cells are the committees': the id is all we add to. */
export const REFERENCES = {
  Resident: ({ id }: Reference, context: ResidentsContext) => context.loaders.residentById.load(id),
  Suggestion: ({ id }: Reference, context: ResidentsContext) => context.loaders.suggestionById.load(id),
  CaseAnswer: ({ id }: Reference, context: ResidentsContext) => context.loaders.caseAnswerById.load(id),
  Community: ({ id }: Reference) => ({ id }),
  Cell: ({ id }: Reference) => ({ id }),
}
