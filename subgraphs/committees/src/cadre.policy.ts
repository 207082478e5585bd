import { allowed, refuse, type Decision, type PartyRefValue } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

/** Whether the actor holds the post of a cadre at any committee; the only post under which a committee acts in the hub. Pure. */
export const isCadre = (actor: Actor): boolean => actor.actingFor?.kind === 'COMMITTEE' && actor.actingFor.role === 'cadre'

const committeeRef = (id: string | null): PartyRefValue => ({ kind: 'COMMITTEE', id, name: null })

/**
 * Decides whether the actor may act for the committee that owns a record. Pure; asked before anything is said about the record.
 *
 * Whoever is no cadre (a clerk too: a clerk records for residents, but routes nothing) is refused with NOT_YOUR_FUNCTION; a cadre of another
 * committee with NOT_YOUR_RECORD. Both name the committee that may act. Pass null while the record is not known yet.
 */
export const mayActAsCadre = (actor: Actor, ownerCommitteeId: string | null): Decision => {
  if (!isCadre(actor)) return refuse('NOT_YOUR_FUNCTION', { party: committeeRef(ownerCommitteeId) })
  if (ownerCommitteeId !== null && actor.actingFor?.partyId !== ownerCommitteeId)
    return refuse('NOT_YOUR_RECORD', { party: committeeRef(ownerCommitteeId) })
  return allowed
}

/** Whether the actor works at this committee (cadre or clerk), and so may see its desk and its notes. Pure. */
export const worksAt = (actor: Actor, committeeId: string): boolean =>
  actor.actingFor?.kind === 'COMMITTEE' &&
  actor.actingFor.partyId === committeeId &&
  (actor.actingFor.role === 'cadre' || actor.actingFor.role === 'clerk')
