import { DateTimeScalar } from '@commonhall/shared/scalars'
import { DeclineReason, MoneyType, NodeType, PromiseType, Verdict } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

import { DepartmentType } from '../departments/index.js'
import { FunctionItemType } from '../functions/index.js'
import { SuggestionType } from '../suggestions/index.js'

@Directive('@owner(party: GOVERNMENT)')
@ObjectType('ProgressNote', { description: 'A note on the way.' })
export class ProgressNoteType {
  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => String)
  text: string
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: GOVERNMENT)')
@ObjectType('CaseHandling', { implements: [NodeType], description: "A department's answer to one suggestion." })
export class CaseHandlingType {
  @Field(() => ID, { description: 'TypeID, prefix csh.' })
  id: string

  @Field(() => SuggestionType, { nullable: true })
  suggestion: SuggestionType | null

  @Field(() => DepartmentType)
  department: DepartmentType

  @Field(() => Verdict)
  verdict: keyof typeof Verdict

  @Field(() => DeclineReason, { nullable: true })
  reason: keyof typeof DeclineReason | null

  @Field(() => String, { nullable: true, description: 'Shown to the requester.' })
  explanation: string | null

  @Field(() => FunctionItemType, { nullable: true, description: 'Must be present for NOT_MY_FUNCTION.' })
  suggestedOwner: FunctionItemType | null

  @Field(() => PromiseType, { nullable: true })
  promise: PromiseType | null

  @Field(() => [ProgressNoteType], { description: 'Oldest first.' })
  progress: ProgressNoteType[]

  @Field(() => String, { nullable: true })
  resolution: string | null

  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the author withdrew, or the entry was merged, before it was done; nothing is owed since.',
  })
  lapsedAt: Date | null

  @Field(() => MoneyType, { nullable: true })
  cost: MoneyType | null

  @Field(() => DateTimeScalar)
  at: Date
}
