import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import { chinaCalendar } from '@commonhall/shared/time'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { NonprofitsContext } from '../../context.js'
import { maxExtensionsOf } from '../communities/index.js'
import { workplaceOf } from '../organizations/index.js'
import { lockReferral, noteAnswer } from '../referrals/index.js'
import { deliver, extend, type Engagement } from './engagement.js'
import { mayExtendEngagement, mayReportDelivery } from './engagement.policy.js'
import { findEngagements, lockEngagement, saveEngagement } from './engagement.store.js'
import { faultOfText, MAX_LENGTH } from './stated-text.js'

/** What a worker states when a promise needs more time. */
export interface ExtendEngagement {
  readonly engagement: string
  readonly days: number
  readonly why: string
  readonly clientKey?: string | null
}

/** What a worker states when the help was given. */
export interface ReportDelivery {
  readonly engagement: string
  readonly delivery: string
  readonly clientKey?: string | null
}

/** Appends an extension to a promise of the actor's organization. Refuses by `mayExtendEngagement`, REASON_MISSING, EXTENSION_LIMIT, INVALID_INPUT, FORBIDDEN_DATA. */
export const extendEngagement = (context: NonprofitsContext, input: ExtendEngagement): Promise<Engagement | RefusalValue> =>
  performAct<Engagement>(context, {
    code: 'nonprofit.referral.extend',
    party: workplaceOf(context.actor) ?? '',
    input,
    async run(tx) {
      const decision = mayExtendEngagement(context.actor, await lockWithReferral(tx, input.engagement))
      if (decision.refused) return decision
      const fault = faultOfText(input.why, { field: 'why', max: MAX_LENGTH.why, missing: 'REASON_MISSING' })
      if (fault !== null) return fault
      const before = decision.engagement
      const at = context.clock.now()
      const maxExtensions = await maxExtensionsOf(tx, before.communityId)
      const extended = extend(before, { days: input.days, why: input.why.trim(), at, maxExtensions }, chinaCalendar())
      if (!extended.ok) return refuse(extended.code, { field: 'days' })
      const { engagement } = extended
      await saveEngagement(tx, engagement)
      await tx.journal({
        partyId: engagement.ownerPartyId,
        record: { type: 'Engagement', id: engagement.id },
        before,
        after: engagement,
        event: {
          type: 'nonprofit.referral.extended',
          subject: engagement.suggestionId,
          data: {
            ...keysOf(engagement),
            firstDueAt: engagement.promise.firstDueAt.toISOString(),
            dueAt: engagement.promise.dueAt.toISOString(),
            at: at.toISOString(),
          },
        },
      })
      return engagement
    },
    replay: async (tx, id) => (await findEngagements(tx, [id]))[0] ?? null,
  })

/** Reports what the actor's organization delivered, which keeps its promise; whether it helped the author says. Refuses by `mayReportDelivery`, INVALID_INPUT, FORBIDDEN_DATA. */
export const reportDelivery = (context: NonprofitsContext, input: ReportDelivery): Promise<Engagement | RefusalValue> =>
  performAct<Engagement>(context, {
    code: 'nonprofit.referral.deliver',
    party: workplaceOf(context.actor) ?? '',
    input,
    async run(tx) {
      const decision = mayReportDelivery(context.actor, await lockWithReferral(tx, input.engagement))
      if (decision.refused) return decision
      const fault = faultOfText(input.delivery, { field: 'delivery', max: MAX_LENGTH.delivery, missing: 'INVALID_INPUT' })
      if (fault !== null) return fault
      const before = decision.engagement
      const at = context.clock.now()
      const delivered = deliver(before, input.delivery.trim(), at)
      if (!delivered.ok) return refuse(delivered.code, { field: 'engagement' })
      const { engagement } = delivered
      await saveEngagement(tx, engagement)
      const { id, referralId, at: answeredAt } = engagement
      await noteAnswer(tx, { referralId, engagementId: id, answeredAt, finishedAt: at })
      await tx.journal({
        partyId: engagement.ownerPartyId,
        record: { type: 'Engagement', id: engagement.id },
        before,
        after: engagement,
        event: {
          type: 'nonprofit.referral.delivered',
          subject: engagement.suggestionId,
          data: { ...keysOf(engagement), at: at.toISOString() },
        },
      })
      return engagement
    },
    replay: async (tx, id) => (await findEngagements(tx, [id]))[0] ?? null,
  })

const keysOf = ({ suggestionId, id, ownerPartyId }: Engagement) => ({ suggestion: suggestionId, handling: id, nonprofit: ownerPartyId })

/**
 * The engagement, locked when it is the actor's organization's; unlocked when it is another's, for the refusal that names its owner.
 *
 * The referral is locked first, as projections do: two transactions that take both never wait for each other.
 */
const lockWithReferral = async (tx: ActTx, id: string): Promise<Engagement | null> => {
  if (parseTypeId(id)?.prefix !== 'eng') return null
  const [found] = await findEngagements(tx, [id])
  if (found === undefined || (await lockReferral(tx, found.referralId)) === null) return found ?? null
  return lockEngagement(tx, id)
}
