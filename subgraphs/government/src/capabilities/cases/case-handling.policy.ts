import { allowed, refuse, type Decision, type RefusalValue } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import type { InboxItem } from '../inbox/index.js'
import { isRunning, type CaseHandling } from './case-handling.js'

const isOfficer = (actor: Actor): boolean => actor.actingFor?.kind === 'GOVERNMENT' && actor.actingFor.role === 'officer'

const ENDED = {
  SUPERSEDED: {
    zh: '居委会已将该诉求转交他处，不再等待本部门答复。',
    en: 'The committee has routed it elsewhere; no answer of yours is awaited.',
  },
  WITHDRAWN: { zh: '诉求已由提出人撤回。', en: 'The author has withdrawn the suggestion.' },
  MERGED: { zh: '诉求已并入另一条。', en: 'The suggestion was merged into another one.' },
} as const

const RESOLVED = { zh: '该事项已办结。', en: 'The case is resolved already.' }
const DECLINED = { zh: '该事项已说明理由不予受理。', en: 'The case was declined; there is no promise to work on.' }

/**
 * Decides whether an actor may answer a suggestion, by the place it has on the desk of the actor's department. Pure.
 *
 * NOT_FOUND when it was never routed here, ALREADY_DECIDED when it is answered, WRONG_STAGE when it left the desk without an answer.
 */
export const mayAnswerCase = (actor: Actor, item: InboxItem | null): Decision => {
  if (!isOfficer(actor)) return refuse('NOT_YOUR_FUNCTION', { party: { kind: 'GOVERNMENT', id: null, name: null } })
  if (item === null || item.ownerPartyId !== actor.actingFor?.partyId) return refuse('NOT_FOUND', { field: 'suggestion' })
  if (item.handlingId !== null) return refuse('ALREADY_DECIDED', { field: 'suggestion' })
  return item.closedWhy === null ? allowed : refuse('WRONG_STAGE', { field: 'suggestion', message: ENDED[item.closedWhy] })
}

const whoMayWork = (actor: Actor, handling: CaseHandling | null): RefusalValue | null => {
  const party = { kind: 'GOVERNMENT', id: handling?.ownerPartyId ?? null, name: null } as const
  if (!isOfficer(actor)) return refuse('NOT_YOUR_FUNCTION', { party })
  if (handling === null) return refuse('NOT_FOUND', { field: 'handling' })
  return handling.ownerPartyId === actor.actingFor?.partyId ? null : refuse('NOT_YOUR_RECORD', { party, field: 'handling' })
}

/**
 * Decides whether an actor may report, ask, extend or resolve on a handling. Pure.
 *
 * Only officers of the department that accepted it (others: NOT_YOUR_FUNCTION, NOT_YOUR_RECORD), only while it runs: WRONG_STAGE, with
 * the words for it, once declined, resolved, withdrawn or merged.
 */
export const mayFollowUp = (actor: Actor, handling: CaseHandling | null): Decision => {
  const refusal = whoMayWork(actor, handling)
  if (refusal !== null || handling === null) return refusal ?? refuse('NOT_FOUND', { field: 'handling' })
  if (isRunning(handling)) return allowed
  const message = handling.promise === null ? DECLINED : handling.resolvedAt !== null ? RESOLVED : ENDED[handling.lapsedWhy ?? 'WITHDRAWN']
  return refuse('WRONG_STAGE', { field: 'handling', message })
}
