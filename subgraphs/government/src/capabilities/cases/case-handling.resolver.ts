import type { RefusalValue } from '@commonhall/shared/errors'
import { PromiseType, showPromise, type ShownPromise } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import { DepartmentType, type Department } from '../departments/index.js'
import { FunctionItemType, type FunctionItem } from '../functions/index.js'
import { SuggestionType } from '../suggestions/index.js'
import { acceptCase, declineCase } from './answer-case.service.js'
import type { CaseHandling } from './case-handling.js'
import { CaseHandlingType, ProgressNoteType } from './case-handling.type.js'
import {
  AcceptCaseInput,
  AcceptCaseResult,
  DeclineCaseInput,
  DeclineCaseResult,
  ExtendPromiseInput,
  ExtendPromiseResult,
  ReportProgressInput,
  ReportProgressResult,
  ResolveCaseInput,
  ResolveCaseResult,
} from './case-input.type.js'
import { extendPromise, reportProgress, resolveCase } from './follow-up.service.js'

type Answer = Promise<CaseHandling | RefusalValue>

@Resolver(() => CaseHandlingType)
export class CaseHandlingResolver {
  @Directive('@act(code: "government.case.accept")')
  @Directive('@authenticated')
  @Mutation(() => AcceptCaseResult, { nullable: true, description: 'Take a case on with a promised time limit.' })
  acceptCase(@Arg('input', () => AcceptCaseInput) input: AcceptCaseInput, @Ctx() context: GovernmentContext): Answer {
    return acceptCase(context, input)
  }

  @Directive('@act(code: "government.case.decline")')
  @Directive('@authenticated')
  @Mutation(() => DeclineCaseResult, { nullable: true, description: 'Say no with a reason; NOT_MY_FUNCTION names the right owner.' })
  declineCase(@Arg('input', () => DeclineCaseInput) input: DeclineCaseInput, @Ctx() context: GovernmentContext): Answer {
    return declineCase(context, input)
  }

  @Directive('@act(code: "government.case.report")')
  @Directive('@authenticated')
  @Mutation(() => ReportProgressResult, { nullable: true, description: 'Tell the requester how it goes.' })
  reportProgress(@Arg('input', () => ReportProgressInput) input: ReportProgressInput, @Ctx() context: GovernmentContext): Answer {
    return reportProgress(context, input)
  }

  @Directive('@act(code: "government.case.extend")')
  @Directive('@authenticated')
  @Mutation(() => ExtendPromiseResult, { nullable: true, description: 'Append an extension before the limit passes, with the reason.' })
  extendPromise(@Arg('input', () => ExtendPromiseInput) input: ExtendPromiseInput, @Ctx() context: GovernmentContext): Answer {
    return extendPromise(context, input)
  }

  @Directive('@act(code: "government.case.resolve")')
  @Directive('@authenticated')
  @Mutation(() => ResolveCaseResult, { nullable: true, description: 'Say that it is done; the requester says whether it is.' })
  resolveCase(@Arg('input', () => ResolveCaseInput) input: ResolveCaseInput, @Ctx() context: GovernmentContext): Answer {
    return resolveCase(context, input)
  }

  @FieldResolver(() => SuggestionType, { nullable: true })
  suggestion(@Root() handling: CaseHandling): SuggestionType {
    return { id: handling.suggestionId }
  }

  @FieldResolver(() => DepartmentType)
  department(@Root() handling: CaseHandling, @Ctx() context: GovernmentContext): Promise<Department | null> {
    return context.loaders.departmentById.load(handling.ownerPartyId)
  }

  @FieldResolver(() => FunctionItemType, { nullable: true, description: 'Must be present for NOT_MY_FUNCTION.' })
  async suggestedOwner(@Root() handling: CaseHandling, @Ctx() context: GovernmentContext): Promise<FunctionItem | null> {
    return handling.suggestedOwnerId === null ? null : context.loaders.functionItemById.load(handling.suggestedOwnerId)
  }

  @FieldResolver(() => PromiseType, { nullable: true })
  promise(@Root() handling: CaseHandling): ShownPromise | null {
    return showPromise(handling.promise, handling.lapsedAt)
  }

  @FieldResolver(() => [ProgressNoteType], { description: 'Oldest first.' })
  progress(@Root() handling: CaseHandling, @Ctx() context: GovernmentContext): Promise<readonly ProgressNoteType[]> {
    return context.loaders.progressOfHandling.load(handling.id)
  }
}

/** What departments add to the residents' record. */
@Resolver(() => SuggestionType)
export class SuggestionCasesResolver {
  @Directive('@owner(party: GOVERNMENT)')
  @FieldResolver(() => [CaseHandlingType], { nullable: true })
  caseHandlings(@Root() suggestion: SuggestionType, @Ctx() context: GovernmentContext): Promise<readonly CaseHandling[]> {
    return context.loaders.caseHandlingsOfSuggestion.load(suggestion.id)
  }
}
