import { IdempotentInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Field, ID, InputType } from 'type-graphql'

import { SuggestionType } from '../suggestions/index.js'

@InputType('WithdrawSuggestionInput', { description: 'Input of withdrawSuggestion.' })
export class WithdrawSuggestionInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => String, { nullable: true })
  reason?: string | null

  @Field(() => String, { nullable: true, description: 'Instead of signing in, for an anonymous author.' })
  followCode?: string | null
}

export const WithdrawSuggestionResult = resultUnion('WithdrawSuggestionResult', () => SuggestionType, 'Suggestion')
