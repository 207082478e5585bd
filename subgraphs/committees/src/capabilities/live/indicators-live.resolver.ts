import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommunityType, type Community } from '../communities/index.js'
import { watchIndicators } from './indicators-live.service.js'

interface Asked {
  readonly args: { readonly community: string }
  readonly context: CommitteesContext
}

@Resolver(() => CommunityType)
export class IndicatorsLiveResolver {
  @Subscription(() => CommunityType, {
    nullable: true,
    description: 'At most once in five seconds; re-read the indicators from the Community.',
    subscribe: ({ args, context }: Asked) => watchIndicators(context, args.community),
  })
  indicatorsChanged(@Root() community: Community, @Arg('community', () => ID) _community: string): Community {
    return community
  }
}
