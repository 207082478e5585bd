import type { Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'

import type { NonprofitsContext } from '../../context.js'
import { SuggestionType } from '../matters/index.js'
import { readDesk } from './desk.service.js'
import { isOverdue, type Referral } from './referral.js'
import { ReferralConnection, ReferralType } from './referral.type.js'

@Resolver(() => ReferralType)
export class ReferralResolver {
  @Directive('@requiresScopes(scopes: [["desk:nonprofit"]])')
  @Directive('@authenticated')
  @Query(() => ReferralConnection, {
    nullable: true,
    description: "A nonprofit's desk, by answer limit: what waits for an answer, and what was accepted and is not delivered.",
  })
  referrals(
    @Ctx() context: NonprofitsContext,
    @Arg('nonprofit', () => ID) nonprofit: string,
    @Arg('overdue', () => Boolean, { nullable: true, description: 'True: not answered in time. False: everything else.' })
    overdue?: boolean | null,
    @Arg('answered', () => Boolean, { nullable: true, description: 'False: waiting for an answer. True: accepted, not delivered.' })
    answered?: boolean | null,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Referral>> {
    return readDesk(context, nonprofit, { answered: answered ?? null, overdue: overdue ?? null }, { first, after })
  }

  @FieldResolver(() => SuggestionType, { nullable: true })
  suggestion(@Root() referral: Referral): { id: string } {
    return { id: referral.suggestionId }
  }

  @FieldResolver(() => Boolean)
  overdue(@Root() referral: Referral, @Ctx() context: NonprofitsContext): boolean {
    return isOverdue(referral, context.clock.now())
  }
}
