import { count, type Count } from '@commonhall/shared/indicators'
import { requirePage, toConnection, type Connection } from '@commonhall/shared/loading'
import { CountType } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'

import type { NonprofitsContext } from '../../context.js'
import { CommitteeType } from './committee.type.js'
import type { Nonprofit, NonprofitForm } from './nonprofit.js'
import { NonprofitConnection, NonprofitFormEnum, NonprofitType } from './nonprofit.type.js'

@Resolver(() => NonprofitType)
export class NonprofitResolver {
  @Query(() => NonprofitType, { nullable: true })
  nonprofit(@Arg('id', () => ID) id: string, @Ctx() context: NonprofitsContext): Promise<Nonprofit | null> {
    return context.loaders.nonprofitById.load(id)
  }

  @Query(() => NonprofitConnection, {
    nullable: true,
    description: 'The organizations of the street, in the order in which they were entered.',
  })
  async nonprofits(
    @Ctx() context: NonprofitsContext,
    @Arg('form', () => NonprofitFormEnum, { nullable: true }) form?: NonprofitForm | null,
    @Arg('active', () => Boolean, { nullable: true }) active?: boolean | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Nonprofit>> {
    const page = requirePage({ first, after }, 1)
    const nonprofits = await context.loaders.pageOfNonprofits(page, { form: form ?? null, active: active ?? null })
    return toConnection(nonprofits, page, (nonprofit) => [nonprofit.id])
  }

  @FieldResolver(() => String, { nullable: true })
  name(@Root() nonprofit: Nonprofit, @Ctx() context: NonprofitsContext): string {
    return context.actor.language === 'zh' ? nonprofit.nameZh : nonprofit.nameEn
  }

  @FieldResolver(() => String, { nullable: true })
  description(@Root() nonprofit: Nonprofit, @Ctx() context: NonprofitsContext): string | null {
    return context.actor.language === 'zh' ? nonprofit.descriptionZh : nonprofit.descriptionEn
  }

  @FieldResolver(() => CommitteeType, { nullable: true })
  hostCommittee(@Root() nonprofit: Nonprofit): { id: string } | null {
    return nonprofit.hostCommitteeId === null ? null : { id: nonprofit.hostCommitteeId }
  }

  @FieldResolver(() => CountType)
  members(@Root() nonprofit: Nonprofit): Count {
    return count(nonprofit.memberCount)
  }
}
