import { refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { mayFollowUp, type CaseHandling } from '../cases/index.js'

const MAX_QUESTIONS = 2
const ENOUGH = { zh: '每项承诺最多向提出人提问两次。', en: 'A promise is paused by two questions at most.' }

/**
 * Decides whether an actor may ask the requester something. Pure.
 *
 * As `mayFollowUp`; EXTENSION_LIMIT for a third question, because each of them stops the clock of the promise.
 */
export const mayAskRequester = (actor: Actor, handling: CaseHandling | null): Decision => {
  const decision = mayFollowUp(actor, handling)
  if (decision.refused || (handling?.promise?.pauses.length ?? 0) < MAX_QUESTIONS) return decision
  return refuse('EXTENSION_LIMIT', { field: 'handling', message: ENOUGH })
}
