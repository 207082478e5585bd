import { Arg, Ctx, Directive, ID, Resolver, Root, Subscription } from 'type-graphql'

import type { NonprofitsContext } from '../../context.js'
import { requireDeskReader } from './desk.service.js'
import type { Referral } from './referral.js'
import { watchReferrals } from './referral-live.service.js'
import { ReferralType } from './referral.type.js'

interface Asked {
  readonly args: { readonly nonprofit: string }
  readonly context: NonprofitsContext
}

@Resolver(() => ReferralType)
export class ReferralLiveResolver {
  @Directive('@requiresScopes(scopes: [["desk:nonprofit"]])')
  @Directive('@authenticated')
  @Subscription(() => ReferralType, {
    nullable: true,
    description: "Referrals on an organization's desk as they come and change, also those that leave it.",
    subscribe: ({ args, context }: Asked) => watchReferrals(context, args.nonprofit),
  })
  referralsChanged(@Root() referral: Referral, @Arg('nonprofit', () => ID) nonprofit: string, @Ctx() context: NonprofitsContext): Referral {
    requireDeskReader(context, nonprofit)
    return referral
  }
}
