import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { workplaceOf } from '../organizations/index.js'

/** Decides whether an actor may read the desk of an organization: its own workers, nobody else. Pure. */
export const mayReadDesk = (actor: Actor, nonprofitId: string): Decision => {
  const workplace = workplaceOf(actor)
  if (workplace === nonprofitId) return allowed
  return refuse(workplace === null ? 'NOT_YOUR_FUNCTION' : 'NOT_YOUR_RECORD', { party: { kind: 'NONPROFIT', id: nonprofitId, name: null } })
}
