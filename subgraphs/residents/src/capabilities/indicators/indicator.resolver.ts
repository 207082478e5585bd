import type { Count } from '@commonhall/shared/indicators'
import { CountType, PeriodInput } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { CellType } from '../cells/index.js'
import { CommunityType } from '../communities/index.js'
import type { OpenCount, StageCount } from './indicator.js'
import { openSuggestions, residentCount, satisfaction, suggestionFunnel, type Satisfaction } from './indicator.service.js'
import { OpenCountType, SatisfactionIndicatorType, StageCountType } from './indicator.type.js'

interface Keyed {
  readonly id: string
}

/** What residents add to the picture of a community; anybody may read it, since it shows no person. */
@Resolver(() => CommunityType)
export class CommunityIndicatorsResolver {
  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => SatisfactionIndicatorType, { nullable: true })
  satisfaction(
    @Root() { id }: Keyed,
    @Ctx() context: ResidentsContext,
    @Arg('period', () => PeriodInput) period: PeriodInput,
  ): Promise<Satisfaction | null> {
    return satisfaction(context, id, period)
  }

  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => [StageCountType], { nullable: true, description: 'Entries of the period by stage.' })
  suggestionFunnel(
    @Root() { id }: Keyed,
    @Ctx() context: ResidentsContext,
    @Arg('period', () => PeriodInput) period: PeriodInput,
  ): Promise<readonly StageCount[] | null> {
    return suggestionFunnel(context, id, period)
  }

  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => [OpenCountType], {
    nullable: true,
    description: 'Entries that wait for somebody, by stage and age, at this moment.',
  })
  openSuggestions(@Root() { id }: Keyed, @Ctx() context: ResidentsContext): Promise<readonly OpenCount[] | null> {
    return openSuggestions(context, id)
  }

  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => CountType, { nullable: true, description: 'Registered residents, not the census population.' })
  residentCount(@Root() { id }: Keyed, @Ctx() context: ResidentsContext): Promise<Count | null> {
    return residentCount(context, id)
  }
}

/** What residents add to the picture of a cell. */
@Resolver(() => CellType)
export class CellIndicatorsResolver {
  @Directive('@owner(party: RESIDENT)')
  @FieldResolver(() => Int, { nullable: true })
  async openSuggestions(@Root() { id }: Keyed, @Ctx() context: ResidentsContext): Promise<number> {
    return (await context.loaders.openInCell.load(id))?.count ?? 0
  }
}
