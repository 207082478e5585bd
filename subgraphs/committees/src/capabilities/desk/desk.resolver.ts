import type { Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { FunctionItemStub } from '../directory/index.js'
import { SuggestionStub } from '../matters/index.js'
import { readDesk } from './desk.service.js'
import { TriageDeskFilter, TriageItemConnection, TriageItemType } from './desk.type.js'
import type { TriageItem } from './triage-item.js'

@Resolver(() => TriageItemType)
export class DeskResolver {
  @Directive('@authenticated')
  @Query(() => TriageItemConnection, { nullable: true, description: "The committee's desk, the nearest limit first; for its own people." })
  triageDesk(
    @Arg('committee', () => ID) committee: string,
    @Ctx() context: CommitteesContext,
    @Arg('filter', () => TriageDeskFilter, { nullable: true }) filter?: TriageDeskFilter | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<TriageItem>> {
    return readDesk(context, committee, filter ?? {}, { first, after })
  }

  @FieldResolver(() => SuggestionStub, { nullable: true })
  suggestion(@Root() item: TriageItem): SuggestionStub {
    return { id: item.suggestionId }
  }

  @FieldResolver(() => FunctionItemStub, { nullable: true })
  proposedItem(@Root() item: TriageItem): FunctionItemStub | null {
    return item.proposedItem === null ? null : { id: item.proposedItem }
  }
}
