import { allowed, refuse, type Decision, type RefusalValue } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { workplaceOf } from '../organizations/index.js'
import type { Referral } from '../referrals/index.js'
import { isOwed, type Acceptance, type Engagement } from './engagement.js'

const ENDED = {
  SUPERSEDED: {
    zh: '居委会已将该诉求转交他处，不再等待本组织答复。',
    en: 'The committee has routed it elsewhere; no answer of yours is awaited.',
  },
  WITHDRAWN: { zh: '诉求已由提出人撤回。', en: 'The author has withdrawn the suggestion.' },
  MERGED: { zh: '诉求已并入另一条。', en: 'The suggestion was merged into another one.' },
} as const
const DELIVERED = { zh: '该事项已交付。', en: 'It is delivered already.' }
const DECLINED = { zh: '该转介已说明理由谢绝。', en: 'The referral was declined; there is no promise to work on.' }

/**
 * Decides whether an actor may accept or decline a referral. Pure.
 *
 * Only a worker of a nonprofit; a referral of another organization is NOT_FOUND, since a desk is private. An answered one is
 * ALREADY_DECIDED, one that left the desk without an answer WRONG_STAGE.
 */
export const mayAnswerReferral = (actor: Actor, referral: Referral | null): Decision => {
  const workplace = workplaceOf(actor)
  if (workplace === null) return refuse('NOT_YOUR_FUNCTION', { party: { kind: 'NONPROFIT', id: null, name: null } })
  if (referral === null || referral.ownerPartyId !== workplace) return refuse('NOT_FOUND', { field: 'referral' })
  if (referral.answeredAt !== null) return refuse('ALREADY_DECIDED', { field: 'referral' })
  return referral.closedWhy === null ? allowed : refuse('WRONG_STAGE', { field: 'referral', message: ENDED[referral.closedWhy] })
}

/** The engagement as an acceptance of the actor's own organization, or the refusal. */
export type EngagementDecision = { readonly refused: false; readonly engagement: Acceptance } | RefusalValue

const isAcceptance = (engagement: Engagement): engagement is Acceptance => engagement.promise !== null

const ownAcceptance = (actor: Actor, engagement: Engagement | null): EngagementDecision => {
  const workplace = workplaceOf(actor)
  const party = { kind: 'NONPROFIT', id: engagement?.ownerPartyId ?? null, name: null } as const
  if (workplace === null) return refuse('NOT_YOUR_FUNCTION', { party })
  if (engagement === null) return refuse('NOT_FOUND', { field: 'engagement' })
  if (engagement.ownerPartyId !== workplace) return refuse('NOT_YOUR_RECORD', { party, field: 'engagement' })
  return isAcceptance(engagement) ? { refused: false, engagement } : refuse('WRONG_STAGE', { field: 'engagement', message: DECLINED })
}

/**
 * Decides whether an actor may extend a promise. Pure.
 *
 * Only workers of the organization that accepted (others: NOT_YOUR_FUNCTION, NOT_YOUR_RECORD), only while it is owed: WRONG_STAGE, with the
 * words for it, once declined, delivered, withdrawn or merged. Number and length of extensions are the promise's own rule.
 */
export const mayExtendEngagement = (actor: Actor, engagement: Engagement | null): EngagementDecision => {
  const decision = ownAcceptance(actor, engagement)
  if (decision.refused || isOwed(decision.engagement)) return decision
  const { deliveredAt, lapsedWhy } = decision.engagement
  return refuse('WRONG_STAGE', { field: 'engagement', message: deliveredAt !== null ? DELIVERED : ENDED[lapsedWhy ?? 'WITHDRAWN'] })
}

/**
 * Decides whether an actor may report a delivery. Pure.
 *
 * As for an extension, but a delivery may still be reported after the author withdrew or the matter was merged: help that was given is a
 * fact, and the record would be wrong without it. A second report is ALREADY_DONE; the first stands.
 */
export const mayReportDelivery = (actor: Actor, engagement: Engagement | null): EngagementDecision => {
  const decision = ownAcceptance(actor, engagement)
  if (decision.refused || decision.engagement.deliveredAt === null) return decision
  return refuse('ALREADY_DONE', { field: 'engagement', message: DELIVERED })
}
