import { Arg, Ctx, Directive, ID, Resolver, Root, Subscription } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import type { CaseHandling } from './case-handling.js'
import { CaseHandlingType } from './case-handling.type.js'
import { requireOfficer, watchPromisesOf } from './promise-live.service.js'

interface Asked {
  readonly args: { readonly department: string }
  readonly context: GovernmentContext
}

@Resolver(() => CaseHandlingType)
export class PromiseLiveResolver {
  @Directive('@requiresScopes(scopes: [["desk:government"]])')
  @Directive('@authenticated')
  @Subscription(() => CaseHandlingType, {
    nullable: true,
    description: "A department's cases whose promise comes near its limit, and those whose promise it broke.",
    subscribe: ({ args, context }: Asked) => watchPromisesOf(context, args.department),
  })
  promiseDue(
    @Root() handling: CaseHandling,
    @Arg('department', () => ID) department: string,
    @Ctx() context: GovernmentContext,
  ): CaseHandling {
    requireOfficer(context, department)
    return handling
  }
}
