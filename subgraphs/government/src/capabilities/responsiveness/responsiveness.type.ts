import { RateType } from '@commonhall/shared/vocabulary'
import { Directive, Field, Float, Int, ObjectType } from 'type-graphql'

@Directive('@owner(party: GOVERNMENT)')
@ObjectType('ResponsivenessIndicator', { description: "I5, the government's half." })
export class ResponsivenessIndicatorType {
  @Field(() => Int, { description: 'Routed items whose answer limit lies in the period.' })
  received: number

  @Field(() => RateType, { description: 'Answered in time.' })
  responded: RateType

  @Field(() => RateType, { description: 'Promises kept by the limit in force.' })
  onTime: RateType

  @Field(() => RateType, { description: 'Cases accepted in the period that are resolved by now.' })
  resolved: RateType

  @Field(() => RateType, { description: 'Promises kept by the limit first promised.' })
  keptPromise: RateType

  @Field(() => RateType, { description: 'Promises made in the period that were extended.' })
  extended: RateType

  @Field(() => RateType, { description: 'Answers of the period that sent the matter back as another party’s function.' })
  bounced: RateType

  @Field(() => Float, {
    nullable: true,
    description:
      'From arrival to answer, of items whose answer limit lies in the period; each counts with its hours rounded to whole ones.',
  })
  medianHoursToRespond: number | null

  @Field(() => Int)
  declinedNotMine: number

  @Field(() => Int, { description: 'Promises past their limit and not kept, at this moment.' })
  overdueNow: number
}
