import { Arg, Ctx, Directive, ID, Resolver, Root, Subscription } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { watchDesk } from './desk-live.service.js'
import { requireDeskReader } from './desk.service.js'
import { TriageItemType } from './desk.type.js'
import type { TriageItem } from './triage-item.js'

interface Asked {
  readonly args: { readonly committee: string }
  readonly context: CommitteesContext
}

@Resolver(() => TriageItemType)
export class DeskLiveResolver {
  @Directive('@authenticated')
  @Subscription(() => TriageItemType, {
    nullable: true,
    description: "Places on a committee's desk as they come and change, also those that leave it; for its own people.",
    subscribe: ({ args, context }: Asked) => watchDesk(context, args.committee),
  })
  triageDeskChanged(
    @Root() item: TriageItem,
    @Arg('committee', () => ID) committee: string,
    @Ctx() context: CommitteesContext,
  ): TriageItem {
    requireDeskReader(context, committee)
    return item
  }
}
