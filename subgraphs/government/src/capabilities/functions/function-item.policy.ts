import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import type { FunctionItem } from './function-item.js'

/**
 * Decides whether an actor may publish a line of the function list. Pure.
 *
 * An officer publishes for the own department; a line of another department is refused with NOT_YOUR_RECORD and its owner.
 */
export const mayPublishFunctionItem = (actor: Actor, existing: FunctionItem | null): Decision => {
  if (actor.actingFor?.kind !== 'GOVERNMENT' || actor.actingFor.role !== 'officer')
    return refuse('NOT_YOUR_FUNCTION', { party: { kind: 'GOVERNMENT', id: existing?.ownerPartyId ?? null, name: null } })
  if (existing !== null && existing.ownerPartyId !== actor.actingFor.partyId)
    return refuse('NOT_YOUR_RECORD', { party: { kind: 'GOVERNMENT', id: existing.ownerPartyId, name: null }, field: 'code' })
  return allowed
}
