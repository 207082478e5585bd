import { DateTimeScalar } from '@commonhall/shared/scalars'
import { IdempotentInput, NodeType, PromiseInput, PromiseType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql'

import { CommitteeType } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('CommitteeHandling', {
  implements: [NodeType],
  description: "The committee's own handling of a suggestion it routed to itself.",
})
export class CommitteeHandlingType {
  @Field(() => ID, { description: 'TypeID, prefix chd.' })
  id: string

  @Field(() => SuggestionStub, { nullable: true })
  suggestion?: SuggestionStub | null

  @Field(() => CommitteeType)
  by: CommitteeType

  @Field(() => PromiseType, { nullable: true })
  promise: PromiseType | null

  @Field(() => String, { nullable: true })
  resolution: string | null

  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the author withdrew, or the entry was merged, before it was done; nothing is owed since.',
  })
  lapsedAt: Date | null

  @Field(() => DateTimeScalar)
  at: Date
}

@InputType('TakeCaseInput', { description: 'Input of takeCase.' })
export class TakeCaseInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => PromiseInput, { nullable: true, description: 'Owed; without it the case is refused with PROMISE_MISSING.' })
  promise?: PromiseInput | null
}

@InputType('ExtendCaseInput', { description: 'Input of extendCase.' })
export class ExtendCaseInput extends IdempotentInput {
  @Field(() => ID)
  handling: string

  @Field(() => Int)
  days: number

  @Field(() => String)
  why: string
}

@InputType('FinishCaseInput', { description: 'Input of finishCase.' })
export class FinishCaseInput extends IdempotentInput {
  @Field(() => ID)
  handling: string

  @Field(() => String)
  resolution: string
}

export const TakeCaseResult = resultUnion('TakeCaseResult', () => CommitteeHandlingType, 'CommitteeHandling')
export const ExtendCaseResult = resultUnion('ExtendCaseResult', () => CommitteeHandlingType, 'CommitteeHandling')
export const FinishCaseResult = resultUnion('FinishCaseResult', () => CommitteeHandlingType, 'CommitteeHandling')
