import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type Act, type ActTx } from '@commonhall/shared/journal'
import { chinaCalendar, extendPromise as appendExtension, keepPromise } from '@commonhall/shared/time'

import type { GovernmentContext } from '../../context.js'
import { maxExtensionsOf } from '../communities/index.js'
import { finishInboxItem } from '../inbox/index.js'
import type { AcceptedCase, CaseHandling, Money } from './case-handling.js'
import { mayFollowUp } from './case-handling.policy.js'
import { findCaseHandlings, lockForFollowUp, saveCaseHandling } from './case-handling.store.js'
import { addProgressNote } from './progress-note.store.js'
import { checkText, MAX_NOTE_LENGTH, MAX_REASON_LENGTH, MAX_TEXT_LENGTH } from './texts.js'

interface FollowUp {
  readonly handling: string
  readonly clientKey?: string | null
}

export interface ReportProgress extends FollowUp {
  readonly text: string
}

export interface ExtendPromise extends FollowUp {
  readonly days: number
  readonly why: string
}

export interface ResolveCase extends FollowUp {
  readonly resolution: string
  readonly cost?: Money | null
}

type Step = (tx: ActTx, handling: AcceptedCase, now: Date) => Promise<CaseHandling | RefusalValue>

/** One step on a running case of the actor's department: locked, decided by `mayFollowUp`, then taken. */
const onRunningCase = (context: GovernmentContext, code: string, input: FollowUp, step: Step): Act<CaseHandling> => ({
  code,
  party: context.actor.actingFor?.partyId ?? '',
  input,
  async run(tx) {
    const handling = await lockForFollowUp(tx, input.handling)
    const decision = mayFollowUp(context.actor, handling)
    if (decision.refused) return decision
    return step(tx, handling as AcceptedCase, context.clock.now())
  },
  replay: async (tx, id) => (await findCaseHandlings(tx, [id]))[0] ?? null,
})

/** Tells the requester how it goes. Refuses by `mayFollowUp`; INVALID_INPUT for a blank or too long text. */
export const reportProgress = (context: GovernmentContext, input: ReportProgress): Promise<CaseHandling | RefusalValue> =>
  performAct(
    context,
    onRunningCase(context, 'government.case.report', input, async (tx, handling, at) => {
      const fault = checkText(input.text, 'text', MAX_NOTE_LENGTH)
      if (fault !== null || input.text.trim() === '') return fault ?? refuse('INVALID_INPUT', { field: 'text' })
      const { id, ownerPartyId, suggestionId } = handling
      const note = { ownerPartyId, handlingId: id, at, text: input.text }
      await addProgressNote(tx, note)
      await tx.journal({
        partyId: ownerPartyId,
        record: { type: 'CaseHandling', id },
        after: note,
        event: {
          type: 'government.case.reported',
          subject: suggestionId,
          data: { suggestion: suggestionId, handling: id, department: ownerPartyId, at: at.toISOString() },
        },
      })
      return handling
    }),
  )

/**
 * Appends an extension to a promise before its limit passes, with the reason that the requester is told.
 *
 * Refuses by `mayFollowUp`; REASON_MISSING; EXTENSION_LIMIT after the limit, longer than the first promise, or more often than the
 * community's rules allow (2 where it has set none). The first limit never moves.
 */
export const extendPromise = (context: GovernmentContext, input: ExtendPromise): Promise<CaseHandling | RefusalValue> =>
  performAct(
    context,
    onRunningCase(context, 'government.case.extend', input, async (tx, handling, at) => {
      const fault = checkText(input.why, 'why', MAX_REASON_LENGTH)
      if (fault !== null) return fault
      const maxExtensions = await maxExtensionsOf(tx, handling.communityId)
      const { days, why } = input
      const extended = appendExtension(handling.promise, { days, why, at, maxExtensions }, chinaCalendar())
      if (!extended.ok) return refuse(extended.code, { field: extended.code === 'REASON_MISSING' ? 'why' : 'days' })
      const after = { ...handling, promise: extended.promise }
      await saveCaseHandling(tx, after)
      const { id, ownerPartyId, suggestionId } = handling
      const { firstDueAt, dueAt } = extended.promise
      await tx.journal({
        partyId: ownerPartyId,
        record: { type: 'CaseHandling', id },
        before: handling,
        after,
        event: {
          type: 'government.case.extended',
          subject: suggestionId,
          data: {
            suggestion: suggestionId,
            handling: id,
            department: ownerPartyId,
            firstDueAt: firstDueAt.toISOString(),
            dueAt: dueAt.toISOString(),
            at: at.toISOString(),
          },
        },
      })
      return after
    }),
  )

/** An amount above nothing in a currency by its ISO 4217 code. */
const checkCost = (cost: Money | null | undefined): RefusalValue | null => {
  if (cost === null || cost === undefined) return null
  if (!/^[A-Z]{3}$/.test(cost.currency)) return refuse('INVALID_INPUT', { field: 'cost.currency' })
  return Number(cost.amount) > 0 ? null : refuse('INVALID_INPUT', { field: 'cost.amount' })
}

/** Says that a case is done; only the requester says whether it is. Refuses by `mayFollowUp`; INVALID_INPUT for resolution or cost. */
export const resolveCase = (context: GovernmentContext, input: ResolveCase): Promise<CaseHandling | RefusalValue> =>
  performAct(
    context,
    onRunningCase(context, 'government.case.resolve', input, async (tx, handling, at) => {
      const fault = checkText(input.resolution, 'resolution', MAX_TEXT_LENGTH) ?? checkCost(input.cost)
      if (fault !== null || input.resolution.trim() === '') return fault ?? refuse('INVALID_INPUT', { field: 'resolution' })
      const kept = keepPromise(handling.promise, at)
      if (!kept.ok) return refuse(kept.code, { field: 'handling' })
      const after = { ...handling, promise: kept.promise, resolution: input.resolution, resolvedAt: at, cost: input.cost ?? null }
      await saveCaseHandling(tx, after)
      await finishInboxItem(tx, handling.inboxItemId, at)
      const { id, ownerPartyId, suggestionId } = handling
      await tx.journal({
        partyId: ownerPartyId,
        record: { type: 'CaseHandling', id },
        before: handling,
        after,
        event: {
          type: 'government.case.resolved',
          subject: suggestionId,
          data: { suggestion: suggestionId, handling: id, department: ownerPartyId, at: at.toISOString() },
        },
      })
      return after
    }),
  )
