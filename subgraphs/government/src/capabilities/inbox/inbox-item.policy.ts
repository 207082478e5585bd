import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

/** Decides whether an actor may read the desk of a department: its own officers, nobody else. Pure. */
export const mayReadInbox = (actor: Actor, departmentId: string): Decision => {
  const party = { kind: 'GOVERNMENT', id: departmentId, name: null } as const
  if (actor.actingFor?.kind !== 'GOVERNMENT' || actor.actingFor.role !== 'officer') return refuse('NOT_YOUR_FUNCTION', { party })
  return actor.actingFor.partyId === departmentId ? allowed : refuse('NOT_YOUR_RECORD', { party })
}
