import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import type { Resident } from './resident.js'

/**
 * Decides whether somebody may open a profile. Pure.
 *
 * Whoever is signed in may, once, whatever posts the person holds: a profile belongs to the person. NOT_VERIFIED without
 * sign-in, ALREADY_DONE for a second one.
 */
export const mayRegister = (actor: Actor, existing: Resident | null): Decision => {
  if (actor.subject === null) return refuse('NOT_VERIFIED')
  return existing === null ? allowed : refuse('ALREADY_DONE')
}
