import type { Actor } from '@commonhall/shared/identity'

/** The organization for which an actor works, or null for everybody who is no worker of a nonprofit. Pure. */
export const workplaceOf = (actor: Actor): string | null =>
  actor.actingFor?.kind === 'NONPROFIT' && actor.actingFor.role === 'worker' ? actor.actingFor.partyId : null
