import { IdempotentInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Field, ID, InputType } from 'type-graphql'

import { SuggestionType } from '../suggestions/index.js'

@InputType('ContestMergeInput', { description: 'Input of contestMerge.' })
export class ContestMergeInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => String)
  reason: string
}

export const ContestMergeResult = resultUnion('ContestMergeResult', () => SuggestionType, 'Suggestion')
