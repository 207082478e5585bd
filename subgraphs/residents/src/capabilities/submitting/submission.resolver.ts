import type { RefusalValue } from '@commonhall/shared/errors'
import { GeoJsonScalar } from '@commonhall/shared/scalars'
import { Arg, Ctx, Directive, Int, Mutation, Query, Resolver } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { SuggestionType, type Suggestion } from '../suggestions/index.js'
import { recordSuggestionFor } from './record-for.service.js'
import { similarSuggestions } from './similar.service.js'
import { submitSuggestion } from './submission.service.js'
import { RecordSuggestionForInput, RecordSuggestionForResult, SubmitSuggestionInput, SubmitSuggestionResult } from './submission.type.js'

@Resolver(() => SuggestionType)
export class SubmissionResolver {
  @Query(() => [SuggestionType], { nullable: true, description: 'To support an existing entry instead of writing a second one.' })
  similarSuggestions(
    @Ctx() context: ResidentsContext,
    @Arg('text', () => String) text: string,
    @Arg('place', () => GeoJsonScalar, { nullable: true }) place?: unknown,
    @Arg('first', () => Int, { defaultValue: 5 }) first?: number,
  ): Promise<Suggestion[]> {
    return similarSuggestions(context, text, place, first ?? 5)
  }

  @Directive('@act(code: "resident.suggestion.submit")')
  @Mutation(() => SubmitSuggestionResult, {
    nullable: true,
    description: 'Write an entry in the mood diary. The cell follows from the place.',
  })
  submitSuggestion(
    @Arg('input', () => SubmitSuggestionInput) input: SubmitSuggestionInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return submitSuggestion(context, input)
  }

  @Directive('@act(code: "resident.suggestion.record_for")')
  @Directive('@authenticated')
  @Mutation(() => RecordSuggestionForResult, {
    nullable: true,
    description: 'Enter a suggestion in the name of a person who is present, on the telephone or on paper.',
  })
  recordSuggestionFor(
    @Arg('input', () => RecordSuggestionForInput) input: RecordSuggestionForInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return recordSuggestionFor(context, input)
  }
}
