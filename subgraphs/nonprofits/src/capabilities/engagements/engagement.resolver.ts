import type { RefusalValue } from '@commonhall/shared/errors'
import { PromiseType, showPromise, type ShownPromise } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { NonprofitsContext } from '../../context.js'
import { SuggestionType } from '../matters/index.js'
import { NonprofitType, type Nonprofit } from '../organizations/index.js'
import { ReferralType, type Referral } from '../referrals/index.js'
import { acceptReferral, declineReferral } from './answer-referral.service.js'
import type { Engagement } from './engagement.js'
import { extendEngagement, reportDelivery } from './engagement.service.js'
import {
  AcceptReferralInput,
  AcceptReferralResult,
  DeclineReferralInput,
  DeclineReferralResult,
  EngagementType,
  ExtendEngagementInput,
  ExtendEngagementResult,
  ReportDeliveryInput,
  ReportDeliveryResult,
} from './engagement.type.js'

type Answer = Promise<Engagement | RefusalValue>

@Resolver(() => EngagementType)
export class EngagementResolver {
  @Directive('@act(code: "nonprofit.referral.accept")')
  @Directive('@authenticated')
  @Mutation(() => AcceptReferralResult, { nullable: true, description: 'Take it on with a promise.' })
  acceptReferral(@Arg('input', () => AcceptReferralInput) input: AcceptReferralInput, @Ctx() context: NonprofitsContext): Answer {
    return acceptReferral(context, input)
  }

  @Directive('@act(code: "nonprofit.referral.decline")')
  @Directive('@authenticated')
  @Mutation(() => DeclineReferralResult, { nullable: true, description: 'Say no with a reason.' })
  declineReferral(@Arg('input', () => DeclineReferralInput) input: DeclineReferralInput, @Ctx() context: NonprofitsContext): Answer {
    return declineReferral(context, input)
  }

  @Directive('@act(code: "nonprofit.referral.extend")')
  @Directive('@authenticated')
  @Mutation(() => ExtendEngagementResult, { nullable: true, description: 'Append an extension before the limit passes.' })
  extendEngagement(@Arg('input', () => ExtendEngagementInput) input: ExtendEngagementInput, @Ctx() context: NonprofitsContext): Answer {
    return extendEngagement(context, input)
  }

  @Directive('@act(code: "nonprofit.referral.deliver")')
  @Directive('@authenticated')
  @Mutation(() => ReportDeliveryResult, {
    nullable: true,
    description: 'Say that the help was given; the person says whether it arrived.',
  })
  reportDelivery(@Arg('input', () => ReportDeliveryInput) input: ReportDeliveryInput, @Ctx() context: NonprofitsContext): Answer {
    return reportDelivery(context, input)
  }

  @FieldResolver(() => SuggestionType, { nullable: true })
  suggestion(@Root() engagement: Engagement): { id: string } {
    return { id: engagement.suggestionId }
  }

  @FieldResolver(() => PromiseType, { nullable: true })
  promise(@Root() engagement: Engagement): ShownPromise | null {
    return showPromise(engagement.promise, engagement.lapsedAt)
  }

  @FieldResolver(() => NonprofitType)
  by(@Root() engagement: Engagement, @Ctx() context: NonprofitsContext): Promise<Nonprofit | null> {
    return context.loaders.nonprofitById.load(engagement.ownerPartyId)
  }
}

/** The answer to a referral, beside the type it leads to. */
@Resolver(() => ReferralType)
export class ReferralEngagementResolver {
  @FieldResolver(() => EngagementType, { nullable: true, description: 'The answer, once there is one.' })
  async engagement(@Root() referral: Referral, @Ctx() context: NonprofitsContext): Promise<Engagement | null> {
    return referral.engagementId === null ? null : context.loaders.engagementById.load(referral.engagementId)
  }
}

/** What nonprofits add to a resident's suggestion. */
@Resolver(() => SuggestionType)
export class SuggestionEngagementsResolver {
  @Directive('@owner(party: NONPROFIT)')
  @FieldResolver(() => [EngagementType], { nullable: true })
  engagements(@Root() suggestion: { readonly id: string }, @Ctx() context: NonprofitsContext): Promise<readonly Engagement[]> {
    return context.loaders.engagementsOfSuggestion.load(suggestion.id)
  }
}
