import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { DECLINE_REASONS, type DeclineReason } from '@commonhall/shared/matters'
import { isUniqueViolation } from '@commonhall/shared/persistence'
import { chinaCalendar, type ClockBasis } from '@commonhall/shared/time'
import { newTypeId, parseTypeId } from '@commonhall/shared/typeid'

import type { NonprofitsContext } from '../../context.js'
import { workplaceOf } from '../organizations/index.js'
import { lockReferral, noteAnswer, type Referral } from '../referrals/index.js'
import { accept, decline, type Asked, type Engagement } from './engagement.js'
import { mayAnswerReferral } from './engagement.policy.js'
import { findEngagements, saveEngagement } from './engagement.store.js'
import { faultOfText, MAX_LENGTH } from './stated-text.js'

/** What a worker states when the organization takes a matter on. */
export interface AcceptReferral {
  readonly referral: string
  readonly promise?: { readonly days: number; readonly clock: ClockBasis; readonly plan?: string | null } | null
  readonly clientKey?: string | null
}

/** What a worker states when the organization says no. */
export interface DeclineReferral {
  readonly referral: string
  readonly reason: DeclineReason
  readonly note: string
  readonly clientKey?: string | null
}

const BASIS = { zh: '转介约定：六十个自然日内办理', en: 'Agreement on referrals: within 60 calendar days' } as const

/**
 * Accepts a referral for the actor's organization, with a promise. Refuses by `mayAnswerReferral`, PROMISE_MISSING, PROMISE_TOO_LONG
 * (60 calendar days), INVALID_INPUT, FORBIDDEN_DATA. A late acceptance is taken: it counts as not answered in time, and helps all the same.
 */
export const acceptReferral = (context: NonprofitsContext, input: AcceptReferral): Promise<Engagement | RefusalValue> =>
  performAct<Engagement>(context, {
    code: 'nonprofit.referral.accept',
    party: workplaceOf(context.actor) ?? '',
    input,
    async run(tx) {
      const referral = await lockWellFormed(tx, input.referral)
      const decision = mayAnswerReferral(context.actor, referral)
      if (decision.refused || referral === null) return decision.refused ? decision : refuse('NOT_FOUND', { field: 'referral' })
      const { promise } = input
      if (promise === null || promise === undefined) return refuse('PROMISE_MISSING', { field: 'promise' })
      const plan = promise.plan ?? null
      const fault = plan === null ? null : faultOfText(plan, { field: 'promise.plan', max: MAX_LENGTH.plan, missing: 'INVALID_INPUT' })
      if (fault !== null) return fault
      const terms = { days: promise.days, clock: promise.clock, basis: BASIS[context.actor.language], plan }
      const made = accept(askedBy(referral, context.clock.now()), terms, chinaCalendar())
      if (!made.ok) return refuse(made.code, { field: 'promise.days' })
      const { engagement } = made
      const refusal = await keepAnswer(tx, referral, engagement)
      if (refusal !== null) return refusal
      await tx.journal({
        partyId: engagement.ownerPartyId,
        record: { type: 'Engagement', id: engagement.id },
        after: engagement,
        event: {
          type: 'nonprofit.referral.accepted',
          subject: engagement.suggestionId,
          data: {
            ...keysOf(engagement),
            referral: referral.id,
            firstDueAt: engagement.promise.firstDueAt.toISOString(),
            dueAt: engagement.promise.dueAt.toISOString(),
            at: engagement.at.toISOString(),
          },
        },
      })
      return engagement
    },
    replay: async (tx, id) => (await findEngagements(tx, [id]))[0] ?? null,
  })

/** Declines a referral for the actor's organization, with a reason that the author reads. Refuses by `mayAnswerReferral`, REASON_MISSING, INVALID_INPUT, FORBIDDEN_DATA. */
export const declineReferral = (context: NonprofitsContext, input: DeclineReferral): Promise<Engagement | RefusalValue> =>
  performAct<Engagement>(context, {
    code: 'nonprofit.referral.decline',
    party: workplaceOf(context.actor) ?? '',
    input,
    async run(tx) {
      const referral = await lockWellFormed(tx, input.referral)
      const decision = mayAnswerReferral(context.actor, referral)
      if (decision.refused || referral === null) return decision.refused ? decision : refuse('NOT_FOUND', { field: 'referral' })
      if (!DECLINE_REASONS.includes(input.reason)) return refuse('INVALID_INPUT', { field: 'reason' })
      const fault = faultOfText(input.note, { field: 'note', max: MAX_LENGTH.note, missing: 'REASON_MISSING' })
      if (fault !== null) return fault
      const engagement = decline(askedBy(referral, context.clock.now()), input.reason, input.note.trim())
      const refusal = await keepAnswer(tx, referral, engagement)
      if (refusal !== null) return refusal
      await tx.journal({
        partyId: engagement.ownerPartyId,
        record: { type: 'Engagement', id: engagement.id },
        after: engagement,
        event: {
          type: 'nonprofit.referral.declined',
          subject: engagement.suggestionId,
          data: { ...keysOf(engagement), referral: referral.id, reason: input.reason, at: engagement.at.toISOString() },
        },
      })
      return engagement
    },
    replay: async (tx, id) => (await findEngagements(tx, [id]))[0] ?? null,
  })

const lockWellFormed = async (tx: ActTx, id: string): Promise<Referral | null> =>
  parseTypeId(id)?.prefix === 'ref' ? lockReferral(tx, id) : null

const askedBy = (referral: Referral, at: Date): Asked => ({
  id: newTypeId('eng', at.getTime()),
  ownerPartyId: referral.ownerPartyId,
  referralId: referral.id,
  suggestionId: referral.suggestionId,
  communityId: referral.communityId,
  triageId: referral.triageId,
  at,
})

const keysOf = ({ suggestionId, id, ownerPartyId }: Engagement) => ({ suggestion: suggestionId, handling: id, nonprofit: ownerPartyId })

/** Stores the answer and notes it on the desk. The referral's lock lets one answer pass; the constraint says so too. */
const keepAnswer = async (tx: ActTx, referral: Referral, engagement: Engagement): Promise<RefusalValue | null> => {
  try {
    await saveEngagement(tx, engagement)
  } catch (error) {
    if (isUniqueViolation(error, 'engagements_once_per_referral')) return refuse('ALREADY_DECIDED', { field: 'referral' })
    throw error
  }
  const { id, at, promise } = engagement
  await noteAnswer(tx, { referralId: referral.id, engagementId: id, answeredAt: at, finishedAt: promise === null ? at : null })
  return null
}
