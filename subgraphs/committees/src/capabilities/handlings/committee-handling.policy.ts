import type { Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { mayActAsCadre } from '../../cadre.policy.js'

/** Decides whether an actor may take, extend or finish a case of this committee: its cadres alone. Pure. */
export const mayHandle = (actor: Actor, committeeId: string | null): Decision => mayActAsCadre(actor, committeeId)
