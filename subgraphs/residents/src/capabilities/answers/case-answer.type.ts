import { DateTimeScalar } from '@commonhall/shared/scalars'
import { IdempotentInput, NodeType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql'

/** The department's question; its words come from its own subgraph. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('CaseQuestion')
export class CaseQuestionType {
  @Field(() => ID)
  id: string
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: RESIDENT)')
@ObjectType('CaseAnswer', {
  implements: [NodeType],
  description: "The author's answer to a question of the handler; it starts the clock again.",
})
export class CaseAnswerType {
  @Field(() => ID, { description: 'TypeID, prefix can.' })
  id: string

  @Directive('@personal(class: OPINION)')
  @Directive('@purpose(allow: [CASE_HANDLING, DELIBERATION, SUBJECT])')
  @Field(() => String, { nullable: true, description: 'For the author and the handlers.' })
  text?: string | null

  @Field(() => DateTimeScalar)
  at: Date
}

@InputType('AnswerCaseQuestionInput', { description: 'Input of answerCaseQuestion.' })
export class AnswerCaseQuestionInput extends IdempotentInput {
  @Field(() => ID)
  question: string

  @Field(() => String, { description: 'Up to 2,000 characters.' })
  text: string

  @Field(() => String, { nullable: true, description: 'Instead of signing in, for an anonymous author.' })
  followCode?: string | null
}

export const AnswerCaseQuestionResult = resultUnion('AnswerCaseQuestionResult', () => CaseAnswerType, 'CaseAnswer')
