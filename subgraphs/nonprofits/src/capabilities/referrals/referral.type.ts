import { DateTimeScalar } from '@commonhall/shared/scalars'
import { connectionOf, NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'

import { SuggestionType } from '../matters/index.js'

export const ReferralStateEnum = { WAITING: 'WAITING', PROMISED: 'PROMISED', ENDED: 'ENDED' } as const
registerEnumType(ReferralStateEnum, {
  name: 'ReferralState',
  description: "What a place on a nonprofit's desk still needs.",
  valuesConfig: {
    WAITING: { description: 'To be accepted or declined.' },
    PROMISED: { description: 'Accepted, not delivered yet.' },
    ENDED: { description: 'Delivered, declined, or no longer asked: withdrawn, merged or sent elsewhere.' },
  },
})

@Directive('@key(fields: "id")')
@Directive('@owner(party: NONPROFIT)')
@ObjectType('Referral', { implements: [NodeType], description: "One place on a nonprofit's desk: a suggestion it may take on." })
export class ReferralType {
  @Field(() => ID, { description: 'TypeID, prefix ref.' })
  id: string

  @Field(() => SuggestionType, { nullable: true })
  suggestion?: SuggestionType | null

  @Field(() => ReferralStateEnum)
  state: keyof typeof ReferralStateEnum

  @Field(() => DateTimeScalar)
  arrivedAt: Date

  @Field(() => DateTimeScalar)
  answerBy: Date
}

export const ReferralConnection = connectionOf('Referral', () => ReferralType, 'NONPROFIT')
