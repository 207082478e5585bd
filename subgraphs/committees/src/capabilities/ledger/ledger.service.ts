import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import type { EventPayloads } from '@commonhall/shared/events'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import type { Channel } from '@commonhall/shared/matters'
import { chinaCalendar, keepPromise, localDate } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { CommitteesContext } from '../../context.js'
import { checkText } from '../../free-text.js'
import { isIdOf } from '../../ids.js'
import { MAX_REPORTS, MAX_STEPS, mayClose, type LedgerEntry } from './ledger-entry.js'
import { findLedgerEntries, lockEntry, updateEntry } from './ledger-entry.store.js'
import { mayKeepLedger } from './ledger.policy.js'

interface EntryAct {
  readonly entry: string
  readonly clientKey?: string | null
}
/** A step and the local day by which it is done. */
export interface ScheduleStepOf extends EntryAct {
  readonly dueOn: string
  readonly what: string
}
/** The step that is done. */
export interface CompleteStep extends EntryAct {
  readonly step: string
}
/** What the people concerned were told, and how. */
export interface ReportFeedback extends EntryAct {
  readonly channel: Channel
  readonly text: string
}

const MAX_WHAT_CHARS = 1_000
const MAX_FEEDBACK_CHARS = 4_000
/** A step lies at most five years ahead. */
const MAX_AHEAD_MS = 5 * 366 * 86_400_000

type LedgerEvent =
  'committee.ledger.scheduled' | 'committee.ledger.step_completed' | 'committee.ledger.fed_back' | 'committee.ledger.closed'

/** What an act makes of an entry: the new entry, and what the event says besides the entry and its suggestion. */
interface Change<T extends LedgerEvent> {
  readonly after: LedgerEntry
  readonly event: Omit<EventPayloads[T], 'entry' | 'suggestion'>
}

const openEntryOfActor = async (context: CommitteesContext, tx: ActTx, id: string): Promise<LedgerEntry | RefusalValue> => {
  const post = mayKeepLedger(context.actor, null)
  if (post.refused) return post
  const [known] = isIdOf('led', id) ? await findLedgerEntries(tx, [id]) : []
  if (known === undefined) return refuse('NOT_FOUND', { field: 'entry' })
  const decision = mayKeepLedger(context.actor, known.ownerPartyId)
  if (decision.refused) return decision
  const entry = await lockEntry(tx, id)
  if (entry === null) return refuse('NOT_FOUND', { field: 'entry' })
  return entry.closedAt === null ? entry : refuse('WRONG_STAGE', { field: 'entry' })
}

/** One act on an open entry: hold it, ask the policy, change it, store it, journal it. */
const changeEntry = <T extends LedgerEvent>(
  context: CommitteesContext,
  act: { readonly code: string; readonly type: T; readonly input: EntryAct },
  change: (entry: LedgerEntry, now: Date) => Change<T> | RefusalValue,
): Promise<LedgerEntry | RefusalValue> =>
  performAct<LedgerEntry>(context, {
    code: act.code,
    party: context.actor.actingFor?.partyId ?? '',
    input: act.input,
    async run(tx) {
      const before = await openEntryOfActor(context, tx, act.input.entry)
      if ('refused' in before) return before
      const changed = change(before, context.clock.now())
      if ('refused' in changed) return changed
      const { after, event } = changed
      await updateEntry(tx, after)
      const data = { entry: after.id, suggestion: after.suggestionId, ...event } as unknown as EventPayloads[T]
      await tx.journal<T>({
        partyId: after.ownerPartyId,
        record: { type: 'LedgerEntry', id: after.id },
        before,
        after,
        event: { type: act.type, subject: after.suggestionId ?? after.id, data },
      })
      return after
    },
    replay: async (tx, id) => (await findLedgerEntries(tx, [id]))[0] ?? null,
  })

/** Adds a step to an open entry. INVALID_INPUT for a day that is past or over five years ahead, or beyond 60 steps. */
export const scheduleStep = (context: CommitteesContext, input: ScheduleStepOf): Promise<LedgerEntry | RefusalValue> =>
  changeEntry(context, { code: 'committee.ledger.schedule', type: 'committee.ledger.scheduled', input }, (entry, now) => {
    const { zone } = chinaCalendar()
    const latest = localDate(new Date(now.getTime() + MAX_AHEAD_MS), zone)
    if (input.dueOn < localDate(now, zone) || input.dueOn > latest) return refuse('INVALID_INPUT', { field: 'dueOn' })
    if (entry.schedule.length >= MAX_STEPS) return refuse('INVALID_INPUT', { field: 'entry' })
    const fault = checkText(input.what, { field: 'what', maxChars: MAX_WHAT_CHARS, missing: 'INVALID_INPUT' })
    if (fault !== null) return fault
    const step = { id: newTypeId('stp', now.getTime()), dueOn: input.dueOn, what: input.what, doneAt: null }
    return { after: { ...entry, schedule: [...entry.schedule, step] }, event: { step: step.id, dueOn: step.dueOn } }
  })

/** Says that a step is done. NOT_FOUND for a step of another entry, ALREADY_DONE for one that is done. */
export const completeStep = (context: CommitteesContext, input: CompleteStep): Promise<LedgerEntry | RefusalValue> =>
  changeEntry(context, { code: 'committee.ledger.complete_step', type: 'committee.ledger.step_completed', input }, (entry, now) => {
    const step = entry.schedule.find(({ id }) => id === input.step)
    if (step === undefined) return refuse('NOT_FOUND', { field: 'step' })
    if (step.doneAt !== null) return refuse('ALREADY_DONE', { field: 'step' })
    const schedule = entry.schedule.map((one) => (one === step ? { ...step, doneAt: now } : one))
    return { after: { ...entry, schedule }, event: { step: step.id, at: now.toISOString() } }
  })

/** Records what the people concerned were told. */
export const reportFeedback = (context: CommitteesContext, input: ReportFeedback): Promise<LedgerEntry | RefusalValue> =>
  changeEntry(context, { code: 'committee.ledger.feed_back', type: 'committee.ledger.fed_back', input }, (entry, now) => {
    if (entry.feedback.length >= MAX_REPORTS) return refuse('INVALID_INPUT', { field: 'entry' })
    const fault = checkText(input.text, { field: 'text', maxChars: MAX_FEEDBACK_CHARS, missing: 'INVALID_INPUT' })
    if (fault !== null) return fault
    const { channel, text } = input
    return { after: { ...entry, feedback: [...entry.feedback, { at: now, channel, text }] }, event: { at: now.toISOString() } }
  })

/** Closes an entry; WRONG_STAGE until all steps are done and the people were told after the last of them. Its promise is kept now. */
export const closeLedgerEntry = (context: CommitteesContext, input: EntryAct): Promise<LedgerEntry | RefusalValue> =>
  changeEntry(context, { code: 'committee.ledger.close', type: 'committee.ledger.closed', input }, (entry, now) => {
    if (!mayClose(entry))
      return refuse('WRONG_STAGE', {
        field: 'entry',
        message: {
          zh: '须完成全部步骤，并在最后一步之后向群众反馈。',
          en: 'All steps must be done, and the people concerned told after the last of them.',
        },
        remedy: { zh: '请先用 completeStep 和 reportFeedback。', en: 'Use completeStep and reportFeedback first.' },
      })
    const kept = entry.promise === null ? null : keepPromise(entry.promise, now)
    return { after: { ...entry, promise: kept?.ok ? kept.promise : entry.promise, closedAt: now }, event: { at: now.toISOString() } }
  })
