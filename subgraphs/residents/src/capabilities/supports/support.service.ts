import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct } from '@commonhall/shared/journal'
import { chinaCalendar, localDate } from '@commonhall/shared/time'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { bandOfActor } from '../residents/index.js'
import { countSupports, findSuggestions, lockSuggestion, type Suggestion } from '../suggestions/index.js'
import { maySupport, mayWithdrawSupport } from './support.policy.js'
import { giveSupport, takeSupportBack } from './support.store.js'

/** Which entry is meant. */
export interface SupportOf {
  readonly suggestion: string
  readonly clientKey?: string | null
}

const readAgain = async (tx: Parameters<typeof findSuggestions>[0], id: string): Promise<Suggestion | null> =>
  (await findSuggestions(tx, [id]))[0] ?? null

/** Says "me too", once per person. Refuses by `maySupport`; NOT_FOUND, ALREADY_DONE. */
export const supportSuggestion = async (context: ResidentsContext, input: SupportOf): Promise<Suggestion | RefusalValue> => {
  const me = await context.loaders.me()
  const now = context.clock.now()
  return performAct<Suggestion>(context, {
    code: 'resident.suggestion.support',
    party: me?.id ?? '',
    input,
    async run(tx) {
      const suggestion = parseTypeId(input.suggestion) === null ? null : await lockSuggestion(tx, input.suggestion)
      const decision = suggestion === null ? mayWithdrawSupport(context.actor, me) : maySupport(context.actor, me, suggestion)
      if (decision.refused) return decision
      if (suggestion === null || me === null) return refuse('NOT_FOUND', { field: 'suggestion' })
      await countSupports(tx, suggestion.id, 1)
      await tx.actFor(me.id)
      const ageBandThen = await bandOfActor(tx, me.id, Number(localDate(now, chinaCalendar().zone).slice(0, 4)))
      const isNew = await giveSupport(tx, { suggestionId: suggestion.id, residentId: me.id, at: now, ageBandThen })
      if (!isNew) return refuse('ALREADY_DONE', { field: 'suggestion' })
      await tx.journal({
        partyId: me.id,
        record: { type: 'Suggestion', id: suggestion.id },
        event: {
          type: 'resident.suggestion.supported',
          subject: suggestion.id,
          data: { suggestion: suggestion.id, supporters: suggestion.supporters + 1 },
        },
      })
      return readAgain(tx, suggestion.id).then((found) => found ?? refuse('NOT_FOUND'))
    },
    replay: readAgain,
  })
}

/** Takes the own support back. Refuses by `mayWithdrawSupport`; NOT_FOUND for an unknown entry or one that the person does not support. */
export const withdrawSupport = async (context: ResidentsContext, input: SupportOf): Promise<Suggestion | RefusalValue> => {
  const me = await context.loaders.me()
  return performAct<Suggestion>(context, {
    code: 'resident.suggestion.unsupport',
    party: me?.id ?? '',
    input,
    async run(tx) {
      const decision = mayWithdrawSupport(context.actor, me)
      if (decision.refused) return decision
      const suggestion = parseTypeId(input.suggestion) === null ? null : await lockSuggestion(tx, input.suggestion)
      if (suggestion === null || me === null) return refuse('NOT_FOUND', { field: 'suggestion' })
      await tx.actFor(me.id)
      if (!(await takeSupportBack(tx, suggestion.id, me.id))) return refuse('NOT_FOUND', { field: 'suggestion' })
      await tx.actFor(suggestion.ownerPartyId)
      await countSupports(tx, suggestion.id, -1)
      await tx.actFor(me.id)
      await tx.journal({
        partyId: me.id,
        record: { type: 'Suggestion', id: suggestion.id },
        event: {
          type: 'resident.suggestion.unsupported',
          subject: suggestion.id,
          data: { suggestion: suggestion.id, supporters: suggestion.supporters - 1 },
        },
      })
      return readAgain(tx, suggestion.id).then((found) => found ?? refuse('NOT_FOUND'))
    },
    replay: readAgain,
  })
}
