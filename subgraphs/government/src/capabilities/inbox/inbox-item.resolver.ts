import type { Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import { CaseHandlingType, type CaseHandling } from '../cases/index.js'
import { DepartmentType, type Department } from '../departments/index.js'
import { FunctionItemType, type FunctionItem } from '../functions/index.js'
import { SuggestionType } from '../suggestions/index.js'
import type { InboxItem } from './inbox-item.js'
import { InboxItemConnection, InboxItemType } from './inbox-item.type.js'
import { readInbox } from './inbox.service.js'

@Resolver(() => InboxItemType)
export class InboxItemResolver {
  @Directive('@requiresScopes(scopes: [["desk:government"]])')
  @Directive('@authenticated')
  @Query(() => InboxItemConnection, {
    nullable: true,
    description: "A department's desk, by answer limit: what waits for an answer, and what was accepted and is not resolved.",
  })
  inbox(
    @Ctx() context: GovernmentContext,
    @Arg('department', () => ID) department: string,
    @Arg('overdue', () => Boolean, { nullable: true, description: 'True: not answered in time. False: everything else.' })
    overdue?: boolean | null,
    @Arg('answered', () => Boolean, { nullable: true, description: 'False: waiting for an answer. True: accepted, not resolved.' })
    answered?: boolean | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<InboxItem>> {
    return readInbox(context, department, { answered: answered ?? null, overdue: overdue ?? null }, { first, after })
  }

  @FieldResolver(() => SuggestionType, { nullable: true })
  suggestion(@Root() item: InboxItem): SuggestionType {
    return { id: item.suggestionId }
  }

  @FieldResolver(() => DepartmentType)
  department(@Root() item: InboxItem, @Ctx() context: GovernmentContext): Promise<Department | null> {
    return context.loaders.departmentById.load(item.ownerPartyId)
  }

  @FieldResolver(() => FunctionItemType, { nullable: true })
  async functionItem(@Root() item: InboxItem, @Ctx() context: GovernmentContext): Promise<FunctionItem | null> {
    return item.functionItemId === null ? null : context.loaders.functionItemById.load(item.functionItemId)
  }

  @FieldResolver(() => Boolean, { description: 'Not answered, although the limit has passed; computed from the clock.' })
  overdue(@Root() item: InboxItem, @Ctx() context: GovernmentContext): boolean {
    return item.answeredAt === null && item.closedAt === null && item.answerBy < context.clock.now()
  }

  @FieldResolver(() => CaseHandlingType, { nullable: true, description: 'The answer, once there is one.' })
  async handling(@Root() item: InboxItem, @Ctx() context: GovernmentContext): Promise<CaseHandling | null> {
    return item.handlingId === null ? null : context.loaders.caseHandlingById.load(item.handlingId)
  }
}
