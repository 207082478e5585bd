import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import type { Suggestion } from '../suggestions/index.js'
import { contestMerge } from './merge.service.js'
import { ContestMergeInput, ContestMergeResult } from './merge.type.js'

@Resolver()
export class MergeResolver {
  @Directive('@act(code: "resident.suggestion.contest_merge")')
  @Mutation(() => ContestMergeResult, { nullable: true, description: 'The author says it is not a duplicate; it becomes separate again.' })
  contestMerge(
    @Arg('input', () => ContestMergeInput) input: ContestMergeInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Suggestion | RefusalValue> {
    return contestMerge(context, input)
  }
}
