import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import type { EventOf } from '@commonhall/shared/events'
import { performAct } from '@commonhall/shared/journal'
import { isUniqueViolation, type Tx } from '@commonhall/shared/persistence'
import { newTypeId, parseTypeId } from '@commonhall/shared/typeid'

import { mayActAsAuthor } from '../../acting.policy.js'
import type { ResidentsContext } from '../../context.js'
import { checkFollowCode } from '../../follow-code.js'
import { faultOfText, LONGEST } from '../../text-rules.js'
import { writtenDownFor } from '../../unnamed.js'
import { applyAnswer, tellMatter } from '../stages/index.js'
import { lockSuggestion } from '../suggestions/index.js'
import type { CaseAnswer } from './case-answer.js'
import { mayStillAnswer } from './case-answer.policy.js'
import { findAnswers, findQuestion, insertAnswer, isAnswered, keepQuestion } from './case-answer.store.js'

/** The author's words to a question. */
export interface AnswerCaseQuestion {
  readonly question: string
  readonly text: string
  readonly followCode?: string | null
  readonly clientKey?: string | null
}

/** Takes over that a department asked something, so that the answer can be checked against it. */
export const projectQuestion = (tx: Tx, { data }: EventOf<'government.case.asked'>): Promise<void> =>
  keepQuestion(tx, {
    id: data.question,
    suggestionId: data.suggestion,
    handlingId: data.handling,
    departmentId: data.department,
    askedAt: new Date(data.at),
    pausedUntil: new Date(data.pausedUntil),
  })

/**
 * Answers a handler's question; the promise goes on. Refuses by `mayActAsAuthor` and `mayStillAnswer`; NOT_FOUND for a question
 * of which no department told, INVALID_INPUT, FORBIDDEN_DATA.
 */
export const answerCaseQuestion = async (context: ResidentsContext, input: AnswerCaseQuestion): Promise<CaseAnswer | RefusalValue> => {
  const question = parseTypeId(input.question) === null ? null : await findQuestion(context.database.read, input.question)
  const [me, known] = await Promise.all([
    context.loaders.me(),
    question === null ? null : context.loaders.suggestionById.load(question.suggestionId),
  ])
  const now = context.clock.now()
  try {
    return await performAct<CaseAnswer>(writtenDownFor(context, known), {
      code: 'resident.case.answer',
      party: known?.ownerPartyId ?? '',
      input,
      async run(tx) {
        const suggestion = known === null ? null : await lockSuggestion(tx, known.id)
        if (question === null || suggestion === null) return refuse('NOT_FOUND', { field: 'question' })
        const code = checkFollowCode(context.followSecret, suggestion, input.followCode)
        const decision = mayActAsAuthor(context.actor, me, suggestion, code)
        if (decision.refused) return decision
        const state = { pausedUntil: question.pausedUntil, isAnswered: await isAnswered(tx, question.id) }
        const timely = mayStillAnswer(state, suggestion.stage, now)
        if (timely.refused) return timely
        const fault = faultOfText(input.text, 'text', LONGEST.note)
        if (fault !== null) return fault
        const id = newTypeId('can', now.getTime())
        const answer = { id, questionId: question.id, suggestionId: suggestion.id, text: input.text.trim(), at: now }
        await insertAnswer(tx, answer, suggestion.ownerPartyId)
        await tx.journal({
          partyId: suggestion.ownerPartyId,
          record: { type: 'CaseAnswer', id },
          after: answer,
          event: {
            type: 'resident.case.answered',
            subject: suggestion.id,
            data: { suggestion: suggestion.id, question: question.id, answer: id, at: now.toISOString() },
          },
        })
        await tellMatter(tx, writtenDownFor(context, suggestion), suggestion.id, {
          act: 'resident.case.answer',
          change: (facts) => applyAnswer(facts, question.id),
          line: { at: now, partyKind: 'RESIDENT', partyId: null, type: 'resident.case.answered', note: null },
        })
        return { ...answer, readByAuthor: true }
      },
      replay: async (tx, id) => {
        const [answer] = await findAnswers(tx, [id])
        return answer === undefined ? null : { ...answer, readByAuthor: true }
      },
    })
  } catch (error) {
    if (isUniqueViolation(error, 'case_answers_once_per_question')) return refuse('ALREADY_DONE', { field: 'question' })
    throw error
  }
}
