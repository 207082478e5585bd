import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { SuggestionType, type Suggestion } from '../suggestions/index.js'
import { answerCaseQuestion } from './case-answer.service.js'
import { AnswerCaseQuestionInput, AnswerCaseQuestionResult, CaseAnswerType, CaseQuestionType } from './case-answer.type.js'
import type { CaseAnswer } from './case-answer.js'

@Resolver(() => CaseAnswerType)
export class CaseAnswerResolver {
  @Directive('@act(code: "resident.case.answer")')
  @Mutation(() => AnswerCaseQuestionResult, { nullable: true, description: "Answer the handler's question; the promise clock goes on." })
  answerCaseQuestion(
    @Arg('input', () => AnswerCaseQuestionInput) input: AnswerCaseQuestionInput,
    @Ctx() context: ResidentsContext,
  ): Promise<CaseAnswer | RefusalValue> {
    return answerCaseQuestion(context, input)
  }

  @FieldResolver(() => CaseQuestionType, { nullable: true })
  question(@Root() answer: CaseAnswer): { id: string } {
    return { id: answer.questionId }
  }

  @FieldResolver(() => String, { nullable: true })
  async text(@Root() answer: CaseAnswer, @Ctx() context: ResidentsContext): Promise<string | null> {
    if (answer.readByAuthor === true) return answer.text
    const suggestion = await context.loaders.suggestionById.load(answer.suggestionId)
    if (suggestion === null) return null
    await context.personal.openOf(suggestion, 'text')
    return answer.text
  }
}

/** The author's answers, beside the type that has them. */
@Resolver(() => SuggestionType)
export class SuggestionAnswersResolver {
  @FieldResolver(() => [CaseAnswerType], { description: 'Answers of the author to questions of the handler.' })
  answers(@Root() suggestion: Suggestion, @Ctx() context: ResidentsContext): Promise<readonly CaseAnswer[]> {
    return context.loaders.caseAnswersOf.load(suggestion.id)
  }
}
