import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import type { Referral } from './referral.js'

/** The organization a worker acts for, or null for everybody else. Pure. */
export const workplaceOf = (actor: Actor): string | null =>
  actor.actingFor?.kind === 'NONPROFIT' && actor.actingFor.role === 'worker' ? actor.actingFor.partyId : null

/** Decides whether an actor may read the desk of an organization. Pure; a desk is read by the organization's own workers only. */
export const mayReadDesk = (actor: Actor, nonprofitId: string): Decision =>
  workplaceOf(actor) === nonprofitId
    ? allowed
    : refuse('NOT_YOUR_RECORD', { party: { kind: 'NONPROFIT', id: nonprofitId, name: null }, field: 'nonprofit' })

/**
 * Decides whether an actor may accept or decline a referral. Pure.
 *
 * Only a worker of a nonprofit; a referral of another organization is NOT_FOUND, since a desk is private. An answered one is
 * ALREADY_DONE, one that was closed (withdrawn, merged, sent elsewhere) WRONG_STAGE.
 */
export const mayAnswerReferral = (actor: Actor, referral: Referral | null): Decision => {
  const workplace = workplaceOf(actor)
  if (workplace === null) return refuse('NOT_YOUR_FUNCTION', { party: { kind: 'NONPROFIT', id: null, name: null } })
  if (referral === null || referral.ownerPartyId !== workplace) return refuse('NOT_FOUND', { field: 'referral' })
  if (referral.state === 'WAITING') return allowed
  return refuse(referral.verdict === null ? 'WRONG_STAGE' : 'ALREADY_DONE', { field: 'referral' })
}
