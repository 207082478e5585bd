import { AGE_BUCKETS, type AgeBucket } from '@commonhall/shared/matters'
import { RateType } from '@commonhall/shared/vocabulary'
import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql'

import { SuggestionStageEnum } from '../suggestions/index.js'

export const AgeBucketEnum = Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, bucket])) as { readonly [K in AgeBucket]: K }
registerEnumType(AgeBucketEnum, {
  name: 'AgeBucket',
  description: 'Whole days since an entry was made, in the time zone of the community.',
  valuesConfig: {
    D0_2: { description: '0 to 2 days.' },
    D3_7: { description: '3 to 7 days.' },
    D8_30: { description: '8 to 30 days.' },
    D31_90: { description: '31 to 90 days.' },
    OVER_90: { description: 'More than 90 days.' },
  },
})

@Directive('@owner(party: RESIDENT)')
@ObjectType('SatisfactionIndicator', { description: "I5, the residents' half: only from residents' own records." })
export class SatisfactionIndicatorType {
  @Field(() => Int, { nullable: true, description: 'Entries resolved in the period. Null from 1 to the smallest group.' })
  asked: number | null

  @Field(() => Int, { nullable: true, description: 'Outcomes given in the period. Null from 1 to the smallest group.' })
  answered: number | null

  @Field(() => RateType)
  resolved: RateType

  @Field(() => RateType)
  satisfied: RateType

  @Field(() => RateType)
  reopened: RateType
}

@Directive('@owner(party: RESIDENT)')
@ObjectType('StageCount', { description: 'Suggestions in one stage.' })
export class StageCountType {
  @Field(() => SuggestionStageEnum)
  stage: keyof typeof SuggestionStageEnum

  @Field(() => Int)
  count: number
}

@Directive('@owner(party: RESIDENT)')
@ObjectType('OpenCount', { description: 'Open suggestions in one stage and group of age.' })
export class OpenCountType {
  @Field(() => SuggestionStageEnum)
  stage: keyof typeof SuggestionStageEnum

  @Field(() => AgeBucketEnum)
  age: AgeBucket

  @Field(() => Int)
  count: number
}
