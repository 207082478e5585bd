import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import type { Suggestion } from '../suggestions/index.js'
import { withdrawSuggestion } from './withdrawal.service.js'
import { WithdrawSuggestionInput, WithdrawSuggestionResult } from './withdrawal.type.js'

@Resolver()
export class WithdrawalResolver {
  @Directive('@act(code: "resident.suggestion.withdraw")')
  @Mutation(() => WithdrawSuggestionResult, {
    nullable: true,
    description: 'The author takes the entry back. Handlers are told; nothing is deleted.',
  })
  withdrawSuggestion(
    @Arg('input', () => WithdrawSuggestionInput) input: WithdrawSuggestionInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return withdrawSuggestion(context, input)
  }
}
