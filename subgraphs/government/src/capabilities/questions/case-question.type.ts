import { DateTimeScalar } from '@commonhall/shared/scalars'
import { IdempotentInput, NodeType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql'

import { CaseHandlingType } from '../cases/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: GOVERNMENT)')
@ObjectType('CaseQuestion', {
  implements: [NodeType],
  description: 'A question to the requester; the promise clock pauses until the answer or ten days.',
})
export class CaseQuestionType {
  @Field(() => ID, { description: 'TypeID, prefix cqu.' })
  id: string

  @Field(() => CaseHandlingType)
  handling: CaseHandlingType

  @Field(() => String)
  text: string

  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => DateTimeScalar)
  pausedUntil: Date
}

@InputType('AskRequesterInput', { description: 'Input of askRequester.' })
export class AskRequesterInput extends IdempotentInput {
  @Field(() => ID)
  handling: string

  @Field(() => String)
  text: string
}

export const AskRequesterResult = resultUnion('AskRequesterResult', () => CaseQuestionType, 'CaseQuestion')
