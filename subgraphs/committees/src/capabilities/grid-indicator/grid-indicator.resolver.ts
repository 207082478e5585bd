import { PeriodInput } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { requirePeriod } from '../../period.js'
import { CommunityType, type Community } from '../communities/index.js'
import { gridIndicatorOf, noFigures, type GridIndicator } from './grid-indicator.js'
import { GridIndicatorType } from './grid-indicator.type.js'

@Resolver(() => CommunityType)
export class CommunityGridResolver {
  @FieldResolver(() => GridIndicatorType, { nullable: true, description: 'I7.' })
  async grid(
    @Root() community: Community,
    @Arg('period', () => PeriodInput) input: PeriodInput,
    @Ctx() context: CommitteesContext,
  ): Promise<GridIndicator> {
    const { from, to, start, end } = requirePeriod(input)
    const filter = { from, to, start: start.toISOString(), end: end.toISOString() }
    const [figures] = await context.loaders.gridFigures.load({ parentId: community.id, page: { limit: 1, after: null }, filter })
    return gridIndicatorOf(figures ?? noFigures(community.id), community.rules.smallestGroup)
  }
}
