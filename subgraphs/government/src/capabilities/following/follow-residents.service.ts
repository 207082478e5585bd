import type { EventOf } from '@commonhall/shared/events'
import { appendJournal, type EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import { chinaCalendar, type PromiseRecord } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import {
  answersToAskAgain,
  findCaseHandlingsOf,
  lapseCaseHandlings,
  lockForFollowUp,
  saveCaseHandling,
  type CaseHandling,
} from '../cases/index.js'
import { findFunctionItems } from '../functions/index.js'
import { addInboxItem, answerLimit, closeInboxItems, findItemOf, finishInboxItems } from '../inbox/index.js'
import { findCaseQuestions, markAnswered, resumeFor } from '../questions/index.js'
import { endOf, knowSuggestion, noteCommunity, noteMerge, noteWithdrawal, type KnownSuggestion } from '../suggestions/index.js'

/** Nobody acted here: the requester's answer moved the clock. */
const HUB_ITSELF = { subject: null, roles: [], client: 'government.clock' }

/** Takes an ended suggestion off every desk: unanswered items close, promises are owed no longer. */
const endEverywhere = async (tx: Tx, suggestion: KnownSuggestion): Promise<void> => {
  const end = endOf(suggestion)
  if (end === null) return
  for (const departmentId of suggestion.departments) {
    await tx.actFor(departmentId)
    const of = { suggestionId: suggestion.id, departmentId, ...end }
    // Items first: whoever answers just now holds the lock on one, and its promise is seen by the next statement.
    await closeInboxItems(tx, { ...of, exceptTriage: null })
    await lapseCaseHandlings(tx, of)
    await finishInboxItems(tx, suggestion.id, departmentId, end.at)
  }
}

/**
 * Brings a reopened suggestion back to the desk of whoever handled it, with a new limit to answer; their old promise stays as it was.
 *
 * The second reopening goes to the committee's desk, and comes here, if at all, as a new triage. An ended suggestion is not reopened.
 */
const followReopening = async (tx: Tx, { data }: EventOf<'resident.suggestion.reopened'>): Promise<void> => {
  const suggestion = await knowSuggestion(tx, data.suggestion)
  if (data.toDesk || endOf(suggestion) !== null) return
  const at = new Date(data.at)
  const handlings = await findCaseHandlingsOf(tx, [suggestion.id])
  for (const handling of answersToAskAgain(handlings, suggestion.triageId)) {
    await tx.actFor(handling.ownerPartyId)
    const answered = await findItemOf(tx, handling.inboxItemId)
    const functionItemId = answered?.functionItemId ?? null
    const [item] = functionItemId === null ? [] : await findFunctionItems(tx, [functionItemId])
    await addInboxItem(tx, {
      id: newTypeId('inb', at.getTime()),
      ownerPartyId: handling.ownerPartyId,
      suggestionId: suggestion.id,
      communityId: handling.communityId,
      triageId: handling.triageId,
      round: data.count,
      functionItemId,
      arrivedAt: at,
      answerBy: answerLimit(at, item ?? null, chinaCalendar()),
      closedAt: null,
      closedWhy: null,
    })
  }
}

/** Starts the clock of the promise again with the requester's answer. An answer to a question that nobody here has asked changes nothing. */
const followAnswer = async (tx: Tx, { id, data }: EventOf<'resident.case.answered'>): Promise<void> => {
  const [question] = await findCaseQuestions(tx, [data.question])
  if (question === undefined) return
  await tx.actFor(question.ownerPartyId)
  const handling = await lockForFollowUp(tx, question.handlingId)
  const at = new Date(data.at)
  const isFirst = await markAnswered(tx, question.id, at)
  if (handling === null || handling.promise === null || !isFirst) return
  const promise = resumeFor(handling.promise, question, at, chinaCalendar())
  await saveCaseHandling(tx, { ...handling, promise })
  if (promise.dueAt.getTime() !== handling.promise.dueAt.getTime())
    await tellResumed(tx, { ...handling, promise }, { id: question.id, at, eventId: id })
}

/** Tells the others the limit that the answer has set: residents show it and filter by it. */
const tellResumed = async (
  tx: Tx,
  handling: CaseHandling & { readonly promise: PromiseRecord },
  answer: { readonly id: string; readonly at: Date; readonly eventId: string },
): Promise<void> => {
  const context = { actor: HUB_ITSELF, traceId: answer.eventId, clock: { now: () => answer.at } }
  await appendJournal(tx, context, {
    act: 'government.clock',
    partyId: handling.ownerPartyId,
    record: { type: 'CaseHandling', id: handling.id },
    after: handling,
    event: {
      type: 'government.case.resumed',
      subject: handling.suggestionId,
      data: {
        suggestion: handling.suggestionId,
        handling: handling.id,
        department: handling.ownerPartyId,
        question: answer.id,
        firstDueAt: handling.promise.firstDueAt.toISOString(),
        dueAt: handling.promise.dueAt.toISOString(),
        at: answer.at.toISOString(),
      },
    },
  })
}

/** What the departments take from the residents' events. */
export const residentHandlers: EventHandlers = {
  'resident.suggestion.submitted': (tx, { data }) => noteCommunity(tx, data.suggestion, data.community),
  'resident.suggestion.withdrawn': async (tx, { data }) => endEverywhere(tx, await noteWithdrawal(tx, data.suggestion, data.at)),
  'resident.suggestion.merged': async (tx, { data }) => endEverywhere(tx, await noteMerge(tx, data.suggestion, data.into, data.at)),
  'resident.suggestion.reopened': followReopening,
  'resident.case.answered': followAnswer,
}
