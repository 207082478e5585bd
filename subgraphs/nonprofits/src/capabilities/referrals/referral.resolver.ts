import type { Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'

import type { NonprofitsContext } from '../../context.js'
import { SuggestionType } from '../matters/index.js'
import { readDesk } from './referral-desk.service.js'
import type { Referral, ReferralState } from './referral.js'
import { ReferralConnection, ReferralStateEnum, ReferralType } from './referral.type.js'

@Resolver(() => ReferralType)
export class ReferralResolver {
  @Directive('@authenticated')
  @Directive('@requiresScopes(scopes: [["desk:nonprofit"]])')
  @Query(() => ReferralConnection, {
    nullable: true,
    description: "A nonprofit's own desk, the nearest limit first: of the answer, and once accepted of the promise.",
  })
  referrals(
    @Arg('nonprofit', () => ID) nonprofit: string,
    @Ctx() context: NonprofitsContext,
    @Arg('state', () => ReferralStateEnum, { defaultValue: 'WAITING' }) state: ReferralState,
    @Arg('overdue', () => Boolean, { nullable: true, description: 'Only what is past that limit, or only what is not.' })
    overdue?: boolean | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Referral> | null> {
    return readDesk(context, { nonprofit, state, overdue, first, after })
  }

  @FieldResolver(() => SuggestionType, { nullable: true })
  suggestion(@Root() referral: Referral): { id: string } {
    return { id: referral.suggestionId }
  }
}
