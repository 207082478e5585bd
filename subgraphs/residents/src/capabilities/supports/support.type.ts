import { IdempotentInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Field, ID, InputType } from 'type-graphql'

import { SuggestionType } from '../suggestions/index.js'

@InputType('SupportSuggestionInput', { description: 'Input of supportSuggestion.' })
export class SupportSuggestionInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string
}

export const SupportSuggestionResult = resultUnion('SupportSuggestionResult', () => SuggestionType, 'Suggestion')

@InputType('WithdrawSupportInput', { description: 'Input of withdrawSupport.' })
export class WithdrawSupportInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string
}

export const WithdrawSupportResult = resultUnion('WithdrawSupportResult', () => SuggestionType, 'Suggestion')
