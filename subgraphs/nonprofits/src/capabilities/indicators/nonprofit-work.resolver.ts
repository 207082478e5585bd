import { PeriodInput } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'

import type { NonprofitsContext } from '../../context.js'
import { CommunityType } from '../communities/index.js'
import type { NonprofitWork } from './nonprofit-work.js'
import { readNonprofitWork } from './nonprofit-work.service.js'
import { NonprofitIndicatorType } from './nonprofit-work.type.js'

/** What nonprofits add to the picture of a community. */
@Resolver(() => CommunityType)
export class CommunityNonprofitWorkResolver {
  @Directive('@owner(party: NONPROFIT)')
  @FieldResolver(() => NonprofitIndicatorType, { nullable: true })
  nonprofitWork(
    @Root() community: { readonly id: string },
    @Arg('period', () => PeriodInput) period: PeriodInput,
    @Ctx() context: NonprofitsContext,
  ): Promise<NonprofitWork | null> {
    return readNonprofitWork(context, community.id, period)
  }
}
