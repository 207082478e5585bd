import { DateTimeScalar } from '@commonhall/shared/scalars'
import { connectionOf, NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

import { SuggestionType } from '../matters/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: NONPROFIT)')
@ObjectType('Referral', { implements: [NodeType], description: "One place on a nonprofit's desk: a suggestion it may take on." })
export class ReferralType {
  @Field(() => ID, { description: 'TypeID, prefix ref.' })
  id: string

  @Field(() => SuggestionType, { nullable: true })
  suggestion?: SuggestionType | null

  @Field(() => DateTimeScalar)
  arrivedAt: Date

  @Field(() => DateTimeScalar)
  answerBy: Date

  @Field(() => Boolean, { description: 'Not answered, although the limit has passed; computed from the clock.' })
  overdue?: boolean
}

export const ReferralConnection = connectionOf('Referral', () => ReferralType, 'NONPROFIT')
