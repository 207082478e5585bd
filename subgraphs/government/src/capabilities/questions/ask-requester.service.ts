import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { chinaCalendar, pausePromise } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { GovernmentContext } from '../../context.js'
import { checkText, lockForFollowUp, saveCaseHandling, type CaseHandling } from '../cases/index.js'
import type { CaseQuestion } from './case-question.js'
import { mayAskRequester } from './case-question.policy.js'
import { addCaseQuestion, findCaseQuestions } from './case-question.store.js'

export interface AskRequester {
  readonly handling: string
  readonly text: string
  readonly clientKey?: string | null
}

const MAX_QUESTION_LENGTH = 2_000
const PENDING = { zh: '上一个问题还在等待答复。', en: 'The last question still waits for its answer.' }
const TOO_LATE = { zh: '承诺期限已过，不能再暂停计时。', en: 'The limit has passed; the clock cannot be stopped any more.' }

/**
 * Asks the requester something and stops the promise's clock until the answer, or for ten calendar days.
 *
 * Refuses by `mayAskRequester`; WRONG_STAGE while another question waits; EXTENSION_LIMIT after the limit; INVALID_INPUT for the text.
 */
export const askRequester = (context: GovernmentContext, input: AskRequester): Promise<CaseQuestion | RefusalValue> =>
  performAct<CaseQuestion>(context, {
    code: 'government.case.ask',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const handling = await lockForFollowUp(tx, input.handling)
      const decision = mayAskRequester(context.actor, handling)
      if (decision.refused) return decision
      const fault = checkText(input.text, 'text', MAX_QUESTION_LENGTH)
      if (fault !== null || input.text.trim() === '') return fault ?? refuse('INVALID_INPUT', { field: 'text' })
      return handling === null ? refuse('NOT_FOUND') : ask(tx, handling, input.text, context.clock.now())
    },
    replay: async (tx, id) => (await findCaseQuestions(tx, [id]))[0] ?? null,
  })

const ask = async (tx: ActTx, handling: CaseHandling, text: string, at: Date): Promise<CaseQuestion | RefusalValue> => {
  const paused = handling.promise === null ? null : pausePromise(handling.promise, at, chinaCalendar())
  if (paused === null) return refuse('WRONG_STAGE', { field: 'handling' })
  if (!paused.ok) return refuse(paused.code, { field: 'handling', message: paused.code === 'WRONG_STAGE' ? PENDING : TOO_LATE })
  const { id: handlingId, ownerPartyId, suggestionId } = handling
  const pausedUntil = paused.promise.pauses.at(-1)?.until ?? at
  const question = { id: newTypeId('cqu', at.getTime()), ownerPartyId, handlingId, text, at, pausedUntil, answeredAt: null }
  await addCaseQuestion(tx, question)
  await saveCaseHandling(tx, { ...handling, promise: paused.promise })
  await tx.journal({
    partyId: ownerPartyId,
    record: { type: 'CaseQuestion', id: question.id },
    after: question,
    event: {
      type: 'government.case.asked',
      subject: suggestionId,
      data: {
        suggestion: suggestionId,
        handling: handlingId,
        department: ownerPartyId,
        question: question.id,
        firstDueAt: paused.promise.firstDueAt.toISOString(),
        dueAt: paused.promise.dueAt.toISOString(),
        pausedUntil: pausedUntil.toISOString(),
        at: at.toISOString(),
      },
    },
  })
  return question
}
