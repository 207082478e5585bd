import { Directive, Field, Float, InputType, Int, ObjectType } from 'type-graphql'

import { DateScalar, DecimalScalar } from '../scalars/index.js'

@InputType('PeriodInput', { description: 'Both days included, in the time zone of the community.' })
export class PeriodInput {
  @Field(() => DateScalar)
  from: string

  @Field(() => DateScalar)
  to: string
}

@Directive('@shareable')
@ObjectType('Rate', { description: 'A share with its parts. Suppressed when a part is between 1 and 4 persons.' })
export class RateType {
  @Field(() => Float, { nullable: true, description: '0 to 1. Null when suppressed or when nothing was counted.' })
  value: number | null

  @Field(() => Int, { nullable: true })
  numerator: number | null

  @Field(() => Int, { nullable: true })
  denominator: number | null

  @Field(() => Boolean)
  suppressed: boolean

  @Field(() => String, { description: 'Code and version of the formula, for example I5.onTime/1.' })
  formula: string
}

@Directive('@shareable')
@ObjectType('Count', { description: 'A number of persons or acts, suppressed between 1 and 4 persons.' })
export class CountType {
  @Field(() => Int, { nullable: true })
  value: number | null

  @Field(() => Boolean)
  suppressed: boolean
}

@Directive('@shareable')
@ObjectType('Money', { description: 'An exact amount.' })
export class MoneyType {
  @Field(() => DecimalScalar)
  amount: string

  @Field(() => String, { description: 'ISO 4217.' })
  currency: string
}

@InputType('MoneyInput', { description: 'An exact amount.' })
export class MoneyInput {
  @Field(() => DecimalScalar)
  amount: string

  @Field(() => String)
  currency: string
}

@Directive('@shareable')
@ObjectType('PageInfo', { description: 'Relay page information. Cursors are opaque and survive inserts.' })
export class PageInfoType {
  @Field(() => Boolean)
  hasNextPage: boolean

  @Field(() => Boolean)
  hasPreviousPage: boolean

  @Field(() => String, { nullable: true })
  startCursor: string | null

  @Field(() => String, { nullable: true })
  endCursor: string | null
}
