import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { workplaceOf } from '../referrals/index.js'
import type { Acceptance, Engagement } from './engagement.js'

const isAcceptance = (engagement: Engagement): engagement is Acceptance => engagement.verdict === 'ACCEPTED'

/** The engagement as an acceptance that the actor's organization has made, or the refusal. Pure. */
export type EngagementDecision = { readonly refused: false; readonly engagement: Acceptance } | RefusalValue

const ownAcceptance = (actor: Actor, engagement: Engagement | null): EngagementDecision => {
  const workplace = workplaceOf(actor)
  if (workplace === null)
    return refuse('NOT_YOUR_FUNCTION', { party: { kind: 'NONPROFIT', id: engagement?.ownerPartyId ?? null, name: null } })
  if (engagement === null) return refuse('NOT_FOUND', { field: 'engagement' })
  if (engagement.ownerPartyId !== workplace)
    return refuse('NOT_YOUR_RECORD', { party: { kind: 'NONPROFIT', id: engagement.ownerPartyId, name: null }, field: 'engagement' })
  return isAcceptance(engagement) ? { refused: false, engagement } : refuse('WRONG_STAGE', { field: 'engagement' })
}

/**
 * Decides whether an actor may extend a promise. Pure.
 *
 * A worker of the organization that made it (else NOT_YOUR_FUNCTION, NOT_FOUND, NOT_YOUR_RECORD). What was declined, delivered, withdrawn
 * or merged is owed to nobody: WRONG_STAGE. Number and length of extensions are the promise's own rule.
 */
export const mayExtendEngagement = (actor: Actor, engagement: Engagement | null): EngagementDecision => {
  const decision = ownAcceptance(actor, engagement)
  if (decision.refused) return decision
  const { deliveredAt, releasedAt } = decision.engagement
  return deliveredAt === null && releasedAt === null ? decision : refuse('WRONG_STAGE', { field: 'engagement' })
}

/**
 * Decides whether an actor may report a delivery. Pure.
 *
 * As for an extension, but a delivery may still be reported after the author withdrew or the matter was merged: help that was given is a
 * fact, and the record would be wrong without it. A second report is ALREADY_DONE; the first stands.
 */
export const mayReportDelivery = (actor: Actor, engagement: Engagement | null): EngagementDecision => {
  const decision = ownAcceptance(actor, engagement)
  if (decision.refused) return decision
  return decision.engagement.deliveredAt === null ? decision : refuse('ALREADY_DONE', { field: 'engagement' })
}
