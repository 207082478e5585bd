import type { Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { mayActAsCadre } from '../../cadre.policy.js'

/** Decides whether an actor may write into this committee's ledger: its cadres alone. Pure. */
export const mayKeepLedger = (actor: Actor, committeeId: string | null): Decision => mayActAsCadre(actor, committeeId)
