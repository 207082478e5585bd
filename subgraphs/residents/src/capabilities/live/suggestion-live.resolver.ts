import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { SuggestionFilterInput, SuggestionType, type FilterInput, type Suggestion } from '../suggestions/index.js'
import { watchSuggestion, watchSuggestions } from './suggestion-live.service.js'

interface Asked {
  readonly args: { readonly suggestion: string; readonly community: string; readonly filter?: FilterInput | null }
  readonly context: ResidentsContext
}

/** Each event is read anew with the reader's own rights: fields that he or she may not read stay closed. */
@Resolver(() => SuggestionType)
export class SuggestionLiveResolver {
  @Subscription(() => SuggestionType, {
    nullable: true,
    description: 'Fires on every event of any party about this suggestion.',
    subscribe: ({ args, context }: Asked) => watchSuggestion(context, args.suggestion),
  })
  suggestionChanged(@Root() changed: Suggestion, @Arg('suggestion', () => ID) _suggestion: string): Suggestion {
    return changed
  }

  @Subscription(() => SuggestionType, {
    nullable: true,
    description: 'Suggestions of a community as they change; of a burst, each suggestion once, as it stands at last.',
    subscribe: ({ args, context }: Asked) => watchSuggestions(context, args.community, args.filter),
  })
  suggestionsChanged(
    @Root() changed: Suggestion,
    @Arg('community', () => ID) _community: string,
    @Arg('filter', () => SuggestionFilterInput, { nullable: true }) _filter?: FilterInput | null,
  ): Suggestion {
    return changed
  }
}
