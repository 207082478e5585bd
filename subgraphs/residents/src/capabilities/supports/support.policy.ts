import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { mayActAsResident } from '../../acting.policy.js'

interface Supportable {
  readonly communityId: string
  readonly authorId: string | null
  readonly withdrawnAt: Date | null
  readonly mergedInto: string | null
}

/**
 * Decides whether somebody may say "me too". Pure.
 *
 * Residents of the same community may (NOT_ELIGIBLE otherwise); the author has said it by writing (ALREADY_DONE). A withdrawn or
 * merged entry takes no more support: WRONG_STAGE.
 */
export const maySupport = (
  actor: Actor,
  me: { readonly id: string; readonly communityId: string } | null,
  suggestion: Supportable,
): Decision => {
  const asResident = mayActAsResident(actor, me)
  if (asResident.refused || me === null) return asResident
  if (me.communityId !== suggestion.communityId) return refuse('NOT_ELIGIBLE', { field: 'suggestion' })
  if (me.id === suggestion.authorId) return refuse('ALREADY_DONE', { field: 'suggestion' })
  return suggestion.withdrawnAt === null && suggestion.mergedInto === null ? allowed : refuse('WRONG_STAGE', { field: 'suggestion' })
}

/** Decides whether somebody may take a support back: whoever gave it, at any time. Pure. */
export const mayWithdrawSupport = mayActAsResident
