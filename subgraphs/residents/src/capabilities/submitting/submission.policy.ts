import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { mayActAsResident } from '../../acting.policy.js'

/**
 * Decides whether somebody may submit an entry of his or her own. Pure.
 *
 * A resident may, for the own community (NOT_ELIGIBLE otherwise). Who is not signed in or has no profile may when the entry is
 * anonymous (NOT_VERIFIED otherwise). Staff and auditors may not (NOT_YOUR_FUNCTION): they enter for others with assent.
 */
export const maySubmit = (
  actor: Actor,
  me: { readonly id: string; readonly communityId: string } | null,
  entry: { readonly communityId: string; readonly anonymous: boolean },
): Decision => {
  const asResident = mayActAsResident(actor, me)
  if (asResident.refused && (asResident.code !== 'NOT_VERIFIED' || !entry.anonymous)) return asResident
  return me === null || me.communityId === entry.communityId ? allowed : refuse('NOT_ELIGIBLE', { field: 'community' })
}
