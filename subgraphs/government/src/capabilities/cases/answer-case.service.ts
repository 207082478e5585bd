import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import type { DeclineReason } from '@commonhall/shared/matters'
import { chinaCalendar, makePromise, type ClockBasis } from '@commonhall/shared/time'
import { newTypeId, parseTypeId, wellFormed } from '@commonhall/shared/typeid'

import type { GovernmentContext } from '../../context.js'
import { findFunctionItems, type FunctionItem } from '../functions/index.js'
import { answerInboxItem, lockLatestItem, type InboxItem } from '../inbox/index.js'
import { newHandling, type AcceptedCase, type CaseHandling } from './case-handling.js'
import { mayAnswerCase } from './case-handling.policy.js'
import { addCaseHandling, findCaseHandlings } from './case-handling.store.js'
import { checkText, MAX_NOTE_LENGTH, MAX_TEXT_LENGTH } from './texts.js'

/** An officer's yes, with the time limit. */
export interface AcceptCase {
  readonly suggestion: string
  readonly promise: { readonly days: number; readonly clock: ClockBasis; readonly plan?: string | null }
  readonly note?: string | null
  readonly clientKey?: string | null
}

/** An officer's no, with the reason. */
export interface DeclineCase {
  readonly suggestion: string
  readonly reason: DeclineReason
  readonly explanation: string
  readonly suggestedOwner?: string | null
  readonly clientKey?: string | null
}

/** The longest promise where no function item sets a limit. */
const DEFAULT_LIMIT = { days: 60, clock: 'CALENDAR' } as const

const replay = async (tx: ActTx | Parameters<typeof findCaseHandlings>[0], id: string): Promise<CaseHandling | null> =>
  (await findCaseHandlings(tx, [id]))[0] ?? null

const lockItem = (tx: ActTx, context: GovernmentContext, suggestion: string): Promise<InboxItem | null> =>
  parseTypeId(suggestion) === null ? Promise.resolve(null) : lockLatestItem(tx, context.actor.actingFor?.partyId ?? '', suggestion)

const basisOf = (item: FunctionItem | undefined): string =>
  item === undefined ? '默认期限 / default limit' : `职责清单 / function list ${item.code}`

const daysOf = ({ days, clock }: { days: number; clock: ClockBasis }) => ({
  zh: `${days} 个${clock === 'WORKING' ? '工作日' : '自然日'}`,
  en: `${days} ${clock === 'WORKING' ? 'working' : 'calendar'} days`,
})

/**
 * Takes a case on with a promised time limit, for the actor's own department.
 *
 * Refuses by `mayAnswerCase`; PROMISE_MISSING without days; PROMISE_TOO_LONG when it would end after the limit of the function item
 * (60 calendar days where none is named). The new answer stands beside earlier ones: a promise given before a reopening stays as it was.
 */
export const acceptCase = (context: GovernmentContext, input: AcceptCase): Promise<CaseHandling | RefusalValue> =>
  performAct<CaseHandling>(context, {
    code: 'government.case.accept',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const item = await lockItem(tx, context, input.suggestion)
      const decision = mayAnswerCase(context.actor, item)
      if (decision.refused || item === null) return decision.refused ? decision : refuse('NOT_FOUND')
      const fault = checkText(input.promise.plan, 'promise.plan', MAX_NOTE_LENGTH) ?? checkText(input.note, 'note', MAX_NOTE_LENGTH)
      if (fault !== null) return fault
      const handling = await promiseFor(tx, context, item, input)
      if ('refused' in handling) return handling
      await store(tx, handling)
      const { promise, ...keys } = handling
      await tx.journal({
        partyId: handling.ownerPartyId,
        record: { type: 'CaseHandling', id: handling.id },
        after: handling,
        event: {
          type: 'government.case.accepted',
          subject: keys.suggestionId,
          data: {
            suggestion: keys.suggestionId,
            handling: keys.id,
            department: keys.ownerPartyId,
            firstDueAt: promise.firstDueAt.toISOString(),
            dueAt: promise.dueAt.toISOString(),
            at: keys.at.toISOString(),
          },
        },
      })
      return handling
    },
    replay,
  })

const promiseFor = async (
  tx: ActTx,
  context: GovernmentContext,
  item: InboxItem,
  { promise: terms, note }: AcceptCase,
): Promise<AcceptedCase | RefusalValue> => {
  if (terms.days <= 0) return refuse('PROMISE_MISSING', { field: 'promise.days' })
  const [functionItem] = item.functionItemId === null ? [] : await findFunctionItems(tx, [item.functionItemId])
  const limit = functionItem === undefined ? DEFAULT_LIMIT : { days: functionItem.resolveWithinDays, clock: functionItem.clock }
  const now = context.clock.now()
  const made = makePromise(now, { ...terms, basis: basisOf(functionItem), limit }, chinaCalendar())
  if (!made.ok) {
    const { zh, en } = daysOf(limit)
    const message = { zh: `承诺期限超过上限（${zh}）。`, en: `The promise is longer than the limit of ${en}.` }
    return refuse(made.code, { field: 'promise.days', message: made.code === 'PROMISE_TOO_LONG' ? message : null })
  }
  const answer = answerTo(item, now)
  const explanation = note === undefined || note === null || note.trim() === '' ? null : note
  return { ...answer, verdict: 'ACCEPTED', explanation, promise: made.promise }
}

const answerTo = (item: InboxItem, now: Date): CaseHandling =>
  newHandling({
    id: newTypeId('csh', now.getTime()),
    ownerPartyId: item.ownerPartyId,
    suggestionId: item.suggestionId,
    communityId: item.communityId,
    inboxItemId: item.id,
    triageId: item.triageId,
    verdict: 'DECLINED',
    reason: null,
    explanation: null,
    suggestedOwnerId: null,
    promise: null,
    at: now,
  })

const store = async (tx: ActTx, handling: CaseHandling): Promise<void> => {
  await addCaseHandling(tx, handling)
  const isFinished = handling.verdict === 'DECLINED'
  await answerInboxItem(tx, { itemId: handling.inboxItemId, handlingId: handling.id, at: handling.at, isFinished })
}

/**
 * Says no with a reason that the requester can read, for the actor's own department.
 *
 * Refuses by `mayAnswerCase`; REASON_MISSING without an explanation; NOT_MY_FUNCTION without the item that is responsible: OWNER_MISSING,
 * and that item must be another department's (INVALID_INPUT), so that nobody is sent in a circle.
 */
export const declineCase = (context: GovernmentContext, input: DeclineCase): Promise<CaseHandling | RefusalValue> =>
  performAct<CaseHandling>(context, {
    code: 'government.case.decline',
    party: context.actor.actingFor?.partyId ?? '',
    input,
    async run(tx) {
      const item = await lockItem(tx, context, input.suggestion)
      const decision = mayAnswerCase(context.actor, item)
      if (decision.refused || item === null) return decision.refused ? decision : refuse('NOT_FOUND')
      const fault = checkText(input.explanation, 'explanation', MAX_TEXT_LENGTH) ?? (await checkOwner(tx, item, input))
      if (fault !== null) return fault
      if (input.explanation.trim() === '') return refuse('REASON_MISSING', { field: 'explanation' })
      const { reason, explanation } = input
      const handling = { ...answerTo(item, context.clock.now()), reason, explanation, suggestedOwnerId: input.suggestedOwner ?? null }
      await store(tx, handling)
      await tx.journal({
        partyId: handling.ownerPartyId,
        record: { type: 'CaseHandling', id: handling.id },
        after: handling,
        event: {
          type: 'government.case.declined',
          subject: handling.suggestionId,
          data: {
            suggestion: handling.suggestionId,
            handling: handling.id,
            department: handling.ownerPartyId,
            reason,
            suggestedOwner: handling.suggestedOwnerId,
            at: handling.at.toISOString(),
          },
        },
      })
      return handling
    },
    replay,
  })

const checkOwner = async (tx: ActTx, item: InboxItem, { reason, suggestedOwner }: DeclineCase): Promise<RefusalValue | null> => {
  const field = 'suggestedOwner'
  if (suggestedOwner === null || suggestedOwner === undefined)
    return reason === 'NOT_MY_FUNCTION' ? refuse('OWNER_MISSING', { field }) : null
  const [owner] = await findFunctionItems(tx, wellFormed('fun', [suggestedOwner]))
  if (owner === undefined) return refuse('NOT_FOUND', { field })
  if (owner.ownerPartyId !== item.ownerPartyId) return null
  const message = { zh: '所指职能项属于本部门自己。', en: 'The item named is your own department’s.' }
  return refuse('INVALID_INPUT', { field, message })
}
