import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import type { EventOf } from '@commonhall/shared/events'
import { performAct } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import { addDays, chinaCalendar } from '@commonhall/shared/time'

import { mayActAsAuthor } from '../../acting.policy.js'
import type { ResidentsContext } from '../../context.js'
import { checkFollowCode } from '../../follow-code.js'
import { faultOfReason } from '../../text-rules.js'
import { writtenDownFor } from '../../unnamed.js'
import { tellMatter, withoutTriage } from '../stages/index.js'
import { findSuggestions, lockSuggestion, type Suggestion } from '../suggestions/index.js'
import { CONTEST_DAYS } from './merge.js'
import { mayStillContest } from './merge.policy.js'
import { keepMerge, lockLatestMerge, setMergeState, supersedeMerges } from './merge.store.js'

/** Why the author says that it is not the same matter. */
export interface ContestMerge {
  readonly suggestion: string
  readonly reason: string
  readonly followCode?: string | null
  readonly clientKey?: string | null
}

/** A triage ends the pending merge of an earlier one, and may begin one of its own, with ten calendar days to contest it. */
export const projectMerge = async (tx: Tx, { data }: EventOf<'committee.suggestion.triaged'>): Promise<void> => {
  const triagedAt = new Date(data.at)
  await supersedeMerges(tx, data.suggestion, triagedAt)
  if (data.route !== 'DUPLICATE') return
  const latest = await lockLatestMerge(tx, data.suggestion)
  const isLate = latest !== null && latest.triagedAt.getTime() > triagedAt.getTime()
  await keepMerge(tx, {
    triageId: data.triage,
    suggestionId: data.suggestion,
    intoId: data.duplicateOf,
    triagedAt,
    contestUntil: addDays(triagedAt, CONTEST_DAYS, 'CALENDAR', chinaCalendar()),
    state: isLate ? 'SUPERSEDED' : 'PENDING',
  })
}

/**
 * The author says that it is no duplicate: the merge ends, and the committee has the entry on its desk again.
 *
 * Refuses by `mayActAsAuthor` and `mayStillContest`; NOT_FOUND, REASON_MISSING, INVALID_INPUT, FORBIDDEN_DATA.
 */
export const contestMerge = async (context: ResidentsContext, input: ContestMerge): Promise<Suggestion | RefusalValue> => {
  const [me, known] = await Promise.all([context.loaders.me(), context.loaders.suggestionById.load(input.suggestion)])
  const readAgain = async (tx: Tx, id: string): Promise<Suggestion | null> => {
    const [found] = await findSuggestions(tx, [id])
    return found === undefined ? null : { ...found, readByAuthor: true }
  }
  return performAct<Suggestion>(writtenDownFor(context, known), {
    code: 'resident.suggestion.contest_merge',
    party: known?.ownerPartyId ?? '',
    input,
    async run(tx) {
      const suggestion = known === null ? null : await lockSuggestion(tx, known.id)
      if (suggestion === null) return refuse('NOT_FOUND', { field: 'suggestion' })
      const code = checkFollowCode(context.followSecret, suggestion, input.followCode)
      const decision = mayActAsAuthor(context.actor, me, suggestion, code)
      if (decision.refused) return decision
      const merge = await lockLatestMerge(tx, suggestion.id)
      const at = context.clock.now()
      const timely = mayStillContest(suggestion, merge, at)
      if (timely.refused || merge === null) return timely.refused ? timely : refuse('WRONG_STAGE')
      const fault = faultOfReason(input.reason)
      if (fault !== null) return fault
      await setMergeState(tx, merge.triageId, 'CONTESTED')
      await tx.journal({
        partyId: suggestion.ownerPartyId,
        record: { type: 'Suggestion', id: suggestion.id },
        before: merge,
        after: { ...merge, state: 'CONTESTED', reason: input.reason.trim() },
        event: {
          type: 'resident.suggestion.merge_contested',
          subject: suggestion.id,
          data: { suggestion: suggestion.id, into: merge.intoId ?? '', at: at.toISOString() },
        },
      })
      await tellMatter(tx, writtenDownFor(context, suggestion), suggestion.id, {
        act: 'resident.suggestion.contest_merge',
        change: (facts) => withoutTriage(facts, merge.triageId),
        line: { at, partyKind: 'RESIDENT', partyId: null, type: 'resident.suggestion.merge_contested', note: null },
      })
      return (await readAgain(tx, suggestion.id)) ?? refuse('NOT_FOUND')
    },
    replay: readAgain,
  })
}
