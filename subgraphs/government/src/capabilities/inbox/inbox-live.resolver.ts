import { Arg, Ctx, Directive, ID, Resolver, Root, Subscription } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import type { InboxItem } from './inbox-item.js'
import { InboxItemType } from './inbox-item.type.js'
import { watchInbox } from './inbox-live.service.js'
import { requireInboxReader } from './inbox.service.js'

interface Asked {
  readonly args: { readonly department: string }
  readonly context: GovernmentContext
}

@Resolver(() => InboxItemType)
export class InboxLiveResolver {
  @Directive('@requiresScopes(scopes: [["desk:government"]])')
  @Directive('@authenticated')
  @Subscription(() => InboxItemType, {
    nullable: true,
    description: "Places on a department's desk as they come and change, also those that leave it.",
    subscribe: ({ args, context }: Asked) => watchInbox(context, args.department),
  })
  inboxChanged(@Root() item: InboxItem, @Arg('department', () => ID) department: string, @Ctx() context: GovernmentContext): InboxItem {
    requireInboxReader(context, department)
    return item
  }
}
