import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { SuggestionType, type Suggestion } from '../suggestions/index.js'
import { supportSuggestion, withdrawSupport } from './support.service.js'
import { SupportSuggestionInput, SupportSuggestionResult, WithdrawSupportInput, WithdrawSupportResult } from './support.type.js'

@Resolver(() => SuggestionType)
export class SupportResolver {
  @Directive('@act(code: "resident.suggestion.support")')
  @Directive('@authenticated')
  @Mutation(() => SupportSuggestionResult, { nullable: true, description: "'Me too': once per person." })
  supportSuggestion(
    @Arg('input', () => SupportSuggestionInput) input: SupportSuggestionInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return supportSuggestion(context, input)
  }

  @Directive('@act(code: "resident.suggestion.unsupport")')
  @Directive('@authenticated')
  @Mutation(() => WithdrawSupportResult, { nullable: true, description: 'Take the own support back.' })
  withdrawSupport(
    @Arg('input', () => WithdrawSupportInput) input: WithdrawSupportInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return withdrawSupport(context, input)
  }

  @FieldResolver(() => Boolean, { nullable: true, description: 'Null for readers who cannot support.' })
  async supportedByMe(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<boolean | null> {
    const loader = await context.loaders.supportedByMe()
    return loader === null ? null : (await loader.load(suggestion.id)) !== null
  }
}
