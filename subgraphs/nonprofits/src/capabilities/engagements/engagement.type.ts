import { DateTimeScalar } from '@commonhall/shared/scalars'
import { DeclineReason, IdempotentInput, NodeType, PromiseInput, PromiseType, resultUnion, Verdict } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql'

import { SuggestionType } from '../matters/index.js'
import { NonprofitType } from '../organizations/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: NONPROFIT)')
@ObjectType('Engagement', { implements: [NodeType], description: "The nonprofit's answer to a suggestion." })
export class EngagementType {
  @Field(() => ID, { description: 'TypeID, prefix eng.' })
  id: string

  @Field(() => SuggestionType, { nullable: true })
  suggestion?: SuggestionType | null

  @Field(() => NonprofitType)
  by?: NonprofitType

  @Field(() => Verdict)
  verdict: keyof typeof Verdict

  @Field(() => DeclineReason, { nullable: true })
  reason: keyof typeof DeclineReason | null

  @Field(() => String, { nullable: true, description: 'Why it says no, for the author.' })
  note: string | null

  @Field(() => PromiseType, { nullable: true })
  promise: PromiseType | null

  @Field(() => DateTimeScalar, { nullable: true })
  deliveredAt: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the author withdrew, or the entry was merged, before it was done; nothing is owed since.',
  })
  lapsedAt: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'What was delivered, in the words of the nonprofit; the author says whether it arrived.',
  })
  delivery: string | null

  @Field(() => DateTimeScalar)
  at: Date
}

@InputType('AcceptReferralInput', { description: 'Input of acceptReferral.' })
export class AcceptReferralInput extends IdempotentInput {
  @Field(() => ID)
  referral: string

  @Field(() => PromiseInput, {
    nullable: true,
    description: 'At most 60 calendar days. Without it the act is refused with PROMISE_MISSING.',
  })
  promise?: PromiseInput | null
}

@InputType('DeclineReferralInput', { description: 'Input of declineReferral.' })
export class DeclineReferralInput extends IdempotentInput {
  @Field(() => ID)
  referral: string

  @Field(() => DeclineReason)
  reason: keyof typeof DeclineReason

  @Field(() => String)
  note: string
}

@InputType('ExtendEngagementInput', { description: 'Input of extendEngagement.' })
export class ExtendEngagementInput extends IdempotentInput {
  @Field(() => ID)
  engagement: string

  @Field(() => Int)
  days: number

  @Field(() => String)
  why: string
}

@InputType('ReportDeliveryInput', { description: 'Input of reportDelivery.' })
export class ReportDeliveryInput extends IdempotentInput {
  @Field(() => ID)
  engagement: string

  @Field(() => String)
  delivery: string
}

export const AcceptReferralResult = resultUnion('AcceptReferralResult', () => EngagementType, 'Engagement')
export const DeclineReferralResult = resultUnion('DeclineReferralResult', () => EngagementType, 'Engagement')
export const ExtendEngagementResult = resultUnion('ExtendEngagementResult', () => EngagementType, 'Engagement')
export const ReportDeliveryResult = resultUnion('ReportDeliveryResult', () => EngagementType, 'Engagement')
