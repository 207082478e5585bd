import { IdempotentInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Field, ID, InputType } from 'type-graphql'

import { SuggestionType } from '../suggestions/index.js'

@InputType('ContestMergeInput', { description: 'Input of contestMerge.' })
export class ContestMergeInput extends IdempotentInput {
  @Field(() => ID)
  suggestion: string

  @Field(() => String)
  reason: string

  @Field(() => String, { nullable: true, description: 'Instead of signing in, for an anonymous author.' })
  followCode?: string | null
}

export const ContestMergeResult = resultUnion('ContestMergeResult', () => SuggestionType, 'Suggestion')
