import { RateType } from '@commonhall/shared/vocabulary'
import { Directive, Field, Int, ObjectType } from 'type-graphql'

@Directive('@owner(party: NONPROFIT)')
@ObjectType('NonprofitIndicator', { description: "I6, and what nonprofits did about a community's suggestions." })
export class NonprofitIndicatorType {
  @Field(() => Int, { description: 'Organizations of the whole street: registered, filed and informal ones.' })
  registered: number

  @Field(() => RateType, { description: 'Of them, those that accepted or delivered something here in the period.' })
  active: RateType

  @Field(() => Int, { description: 'Matters handled by nonprofits: a part of I15.' })
  handled: number

  @Field(() => Int, { description: 'Referrals whose answer limit lies in the period.' })
  received: number

  @Field(() => RateType, { description: 'Of them, those that were answered in time.' })
  responded: RateType

  @Field(() => RateType, { description: 'Promises kept by their limit, extensions included, of those whose limit lies in the period.' })
  onTime: RateType

  @Field(() => RateType, { description: 'Promises kept by their first limit, of those whose first limit lies in the period.' })
  keptPromise: RateType

  @Field(() => RateType, { description: 'Promises made in the period that were extended.' })
  extended: RateType

  @Field(() => Int, { description: 'Promises past their limit and not kept, at this moment.' })
  overdueNow: number
}
