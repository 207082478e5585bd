import { DateTimeScalar } from '@commonhall/shared/scalars'
import { IdempotentInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql'

import { SuggestionType } from '../suggestions/index.js'

@Directive('@owner(party: RESIDENT)')
@ObjectType('Outcome', { description: 'What the requester says about the result.' })
export class OutcomeType {
  @Field(() => Boolean)
  resolved: boolean

  @Field(() => Int, { description: '1 to 5.' })
  score: number

  @Directive('@personal(class: OPINION)')
  @Directive('@purpose(allow: [CASE_HANDLING, SERVICE_DELIVERY, SUBJECT])')
  @Field(() => String, { nullable: true })
  comment?: string | null

  @Field(() => DateTimeScalar)
  at: Date
}

@Directive('@owner(party: RESIDENT)')
@ObjectType('Reopening', { description: 'The requester says it is not done.' })
export class ReopeningType {
  @Directive('@personal(class: OPINION)')
  @Directive('@purpose(allow: [CASE_HANDLING, SERVICE_DELIVERY, SUBJECT])')
  @Field(() => String, { nullable: true, description: 'For the author and the handlers.' })
  reason?: string | null

  @Field(() => DateTimeScalar)
  at: Date
}

@InputType('RateOutcomeInput', { description: 'Input of rateOutcome.' })
export class RateOutcomeInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => Boolean)
  resolved: boolean

  @Field(() => Int, { description: '1 to 5.' })
  score: number

  @Field(() => String, { nullable: true })
  comment?: string | null

  @Field(() => String, { nullable: true, description: 'Instead of signing in, for an anonymous author.' })
  followCode?: string | null
}

export const RateOutcomeResult = resultUnion('RateOutcomeResult', () => SuggestionType, 'Suggestion')

@InputType('ReopenSuggestionInput', { description: 'Input of reopenSuggestion.' })
export class ReopenSuggestionInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => String)
  reason: string

  @Field(() => String, { nullable: true, description: 'Instead of signing in, for an anonymous author.' })
  followCode?: string | null
}

export const ReopenSuggestionResult = resultUnion('ReopenSuggestionResult', () => SuggestionType, 'Suggestion')
