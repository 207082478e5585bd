import type { RefusalValue } from '@commonhall/shared/errors'
import { PromiseType, showPromise, type ShownPromise } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommitteeType } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'
import type { CommitteeHandling } from './committee-handling.js'
import { extendCase, finishCase } from './committee-handling.service.js'
import {
  CommitteeHandlingType,
  ExtendCaseInput,
  ExtendCaseResult,
  FinishCaseInput,
  FinishCaseResult,
  TakeCaseInput,
  TakeCaseResult,
} from './committee-handling.type.js'
import { takeCase } from './take-case.service.js'

@Resolver(() => CommitteeHandlingType)
export class CommitteeHandlingResolver {
  @Directive('@act(code: "committee.case.take")')
  @Directive('@authenticated')
  @Mutation(() => TakeCaseResult, { nullable: true, description: 'Handle a suggestion routed to SELF, with a promise.' })
  takeCase(
    @Arg('input', () => TakeCaseInput) input: TakeCaseInput,
    @Ctx() context: CommitteesContext,
  ): Promise<CommitteeHandling | RefusalValue> {
    return takeCase(context, input)
  }

  @Directive('@act(code: "committee.case.extend")')
  @Directive('@authenticated')
  @Mutation(() => ExtendCaseResult, { nullable: true, description: 'Append an extension before the limit passes, with the reason.' })
  extendCase(
    @Arg('input', () => ExtendCaseInput) input: ExtendCaseInput,
    @Ctx() context: CommitteesContext,
  ): Promise<CommitteeHandling | RefusalValue> {
    return extendCase(context, input)
  }

  @Directive('@act(code: "committee.case.finish")')
  @Directive('@authenticated')
  @Mutation(() => FinishCaseResult, { nullable: true, description: 'Say that it is done; the requester says whether it is.' })
  finishCase(
    @Arg('input', () => FinishCaseInput) input: FinishCaseInput,
    @Ctx() context: CommitteesContext,
  ): Promise<CommitteeHandling | RefusalValue> {
    return finishCase(context, input)
  }

  @FieldResolver(() => SuggestionStub, { nullable: true })
  suggestion(@Root() handling: CommitteeHandling): SuggestionStub {
    return { id: handling.suggestionId }
  }

  @FieldResolver(() => PromiseType, { nullable: true })
  promise(@Root() handling: CommitteeHandling): ShownPromise | null {
    return showPromise(handling.promise, handling.lapsedAt)
  }

  @FieldResolver(() => CommitteeType)
  by(@Root() handling: CommitteeHandling, @Ctx() context: CommitteesContext): Promise<object | null> {
    return context.loaders.committeeById.load(handling.ownerPartyId)
  }
}

@Resolver(() => SuggestionStub)
export class SuggestionHandlingResolver {
  @Directive('@owner(party: COMMITTEE)')
  @FieldResolver(() => CommitteeHandlingType, { nullable: true })
  committeeHandling(@Root() suggestion: SuggestionStub, @Ctx() context: CommitteesContext): Promise<CommitteeHandling | null> {
    return context.loaders.handlingOfSuggestion.load(suggestion.id)
  }
}
