import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import { CaseHandlingType, type CaseHandling } from '../cases/index.js'
import { askRequester } from './ask-requester.service.js'
import type { CaseQuestion } from './case-question.js'
import { AskRequesterInput, AskRequesterResult, CaseQuestionType } from './case-question.type.js'

@Resolver(() => CaseQuestionType)
export class CaseQuestionResolver {
  @Directive('@act(code: "government.case.ask")')
  @Directive('@authenticated')
  @Mutation(() => AskRequesterResult, { nullable: true, description: 'Ask the requester something; the clock pauses.' })
  askRequester(
    @Arg('input', () => AskRequesterInput) input: AskRequesterInput,
    @Ctx() context: GovernmentContext,
  ): Promise<CaseQuestion | RefusalValue> {
    return askRequester(context, input)
  }

  @FieldResolver(() => CaseHandlingType)
  handling(@Root() question: CaseQuestion, @Ctx() context: GovernmentContext): Promise<CaseHandling | null> {
    return context.loaders.caseHandlingById.load(question.handlingId)
  }
}

/** The questions of a case, beside the type that owns the field. */
@Resolver(() => CaseHandlingType)
export class CaseHandlingQuestionsResolver {
  @FieldResolver(() => [CaseQuestionType], { description: 'Oldest first.' })
  questions(@Root() handling: CaseHandling, @Ctx() context: GovernmentContext): Promise<readonly CaseQuestion[]> {
    return context.loaders.questionsOfHandling.load(handling.id)
  }
}
