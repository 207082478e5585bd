import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'

import { mayActAsAuthor } from '../../acting.policy.js'
import type { ResidentsContext } from '../../context.js'
import { checkFollowCode } from '../../follow-code.js'
import { faultOfText, LONGEST } from '../../text-rules.js'
import { writtenDownFor } from '../../unnamed.js'
import { tellMatter } from '../stages/index.js'
import { findSuggestions, lockSuggestion, markWithdrawn, type Suggestion } from '../suggestions/index.js'
import { mayStillWithdraw } from './withdrawal.policy.js'

/** Which entry, and why if the author wants to say it. */
export interface WithdrawSuggestion {
  readonly suggestion: string
  readonly reason?: string | null
  readonly followCode?: string | null
  readonly clientKey?: string | null
}

/**
 * The author takes an entry back; it stays readable as WITHDRAWN, handlers and supporters are told by the event.
 *
 * Refuses by `mayActAsAuthor` and `mayStillWithdraw`; NOT_FOUND, INVALID_INPUT, FORBIDDEN_DATA.
 */
export const withdrawSuggestion = async (context: ResidentsContext, input: WithdrawSuggestion): Promise<Suggestion | RefusalValue> => {
  const [me, known] = await Promise.all([context.loaders.me(), context.loaders.suggestionById.load(input.suggestion)])
  const readAgain = async (tx: Parameters<typeof findSuggestions>[0], id: string): Promise<Suggestion | null> => {
    const [found] = await findSuggestions(tx, [id])
    return found === undefined ? null : { ...found, readByAuthor: true }
  }
  return performAct<Suggestion>(writtenDownFor(context, known), {
    code: 'resident.suggestion.withdraw',
    party: known?.ownerPartyId ?? '',
    input,
    async run(tx) {
      const suggestion = known === null ? null : await lockSuggestion(tx, known.id)
      if (suggestion === null) return refuse('NOT_FOUND', { field: 'suggestion' })
      const code = checkFollowCode(context.followSecret, suggestion, input.followCode)
      const decision = mayActAsAuthor(context.actor, me, suggestion, code)
      if (decision.refused) return decision
      const stageDecision = mayStillWithdraw(suggestion.stage)
      if (stageDecision.refused) return stageDecision
      const fault = faultOfText(input.reason, 'reason', LONGEST.reason)
      if (fault !== null) return fault
      const at = context.clock.now()
      await markWithdrawn(tx, suggestion.id, at, input.reason?.trim() ?? null)
      await tx.journal({
        partyId: suggestion.ownerPartyId,
        record: { type: 'Suggestion', id: suggestion.id },
        before: suggestion,
        after: { ...suggestion, withdrawnAt: at },
        event: {
          type: 'resident.suggestion.withdrawn',
          subject: suggestion.id,
          data: { suggestion: suggestion.id, at: at.toISOString() },
        },
      })
      await tellMatter(tx, writtenDownFor(context, suggestion), suggestion.id, {
        act: 'resident.suggestion.withdraw',
        line: { at, partyKind: 'RESIDENT', partyId: null, type: 'resident.suggestion.withdrawn', note: null },
      })
      return (await readAgain(tx, suggestion.id)) ?? refuse('NOT_FOUND')
    },
    replay: readAgain,
  })
}
