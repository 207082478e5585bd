import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { performAct, type ActTx } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import { addDays, chinaCalendar, localDate } from '@commonhall/shared/time'

import { mayActAsAuthor } from '../../acting.policy.js'
import type { ResidentsContext } from '../../context.js'
import { checkFollowCode } from '../../follow-code.js'
import { faultOfReason, faultOfText, LONGEST } from '../../text-rules.js'
import { writtenDownFor } from '../../unnamed.js'
import { bandOfActor } from '../residents/index.js'
import { tellMatter } from '../stages/index.js'
import { countReopening, findSuggestions, lockSuggestion, type Suggestion } from '../suggestions/index.js'
import { mayStillSpeak } from './outcome.policy.js'
import { insertReopening, saveOutcome } from './outcome.store.js'

interface OfAuthor {
  readonly suggestion: string
  readonly followCode?: string | null
  readonly clientKey?: string | null
}

/** What the author says of the result. */
export interface RateOutcome extends OfAuthor {
  readonly resolved: boolean
  readonly score: number
  readonly comment?: string | null
}

/** Why the author says it is not done. */
export interface ReopenSuggestion extends OfAuthor {
  readonly reason: string
}

const readAgain = async (tx: Tx, id: string): Promise<Suggestion | null> => {
  const [found] = await findSuggestions(tx, [id])
  return found === undefined ? null : { ...found, readByAuthor: true }
}

/** Performs what only the author of a resolved entry may do, while there is time. */
const asAuthorOfResolved = async <I extends OfAuthor>(
  context: ResidentsContext,
  code: string,
  input: I,
  write: (tx: ActTx, suggestion: Suggestion) => Promise<RefusalValue | null>,
): Promise<Suggestion | RefusalValue> => {
  const [me, known] = await Promise.all([context.loaders.me(), context.loaders.suggestionById.load(input.suggestion)])
  const community = known === null ? null : await context.loaders.communityById.load(known.communityId)
  return performAct<Suggestion>(writtenDownFor(context, known), {
    code,
    party: known?.ownerPartyId ?? '',
    input,
    async run(tx) {
      const suggestion = known === null ? null : await lockSuggestion(tx, known.id)
      if (suggestion === null || community === null) return refuse('NOT_FOUND', { field: 'suggestion' })
      const fits = checkFollowCode(context.followSecret, suggestion, input.followCode)
      const decision = mayActAsAuthor(context.actor, me, suggestion, fits)
      if (decision.refused) return decision
      const days = community.reopenWithinDays
      const until = suggestion.resolvedAt && addDays(suggestion.resolvedAt, days, 'CALENDAR', chinaCalendar(community.timeZone))
      const timely = mayStillSpeak(suggestion.stage, until, context.clock.now())
      if (timely.refused) return timely
      return (await write(tx, suggestion)) ?? (await readAgain(tx, suggestion.id)) ?? refuse('NOT_FOUND')
    },
    replay: readAgain,
  })
}

/** The author's band as of today; nobody's for an entry without a known author. */
const bandOfAuthor = async (tx: ActTx, suggestion: Suggestion, now: Date): Promise<string | null> => {
  if (suggestion.authorId === null) return null
  await tx.actFor(suggestion.authorId)
  const band = await bandOfActor(tx, suggestion.authorId, Number(localDate(now, chinaCalendar().zone).slice(0, 4)))
  await tx.actFor(suggestion.ownerPartyId)
  return band
}

/**
 * Rates the result; a later rating replaces it until the time is over. Refuses by `mayActAsAuthor` and `mayStillSpeak`;
 * NOT_FOUND, INVALID_INPUT for a score outside 1 to 5, FORBIDDEN_DATA.
 */
export const rateOutcome = (context: ResidentsContext, input: RateOutcome): Promise<Suggestion | RefusalValue> =>
  asAuthorOfResolved(context, 'resident.suggestion.rate', input, async (tx, suggestion) => {
    if (!Number.isInteger(input.score) || input.score < 1 || input.score > 5) return refuse('INVALID_INPUT', { field: 'score' })
    const fault = faultOfText(input.comment, 'comment', LONGEST.note)
    if (fault !== null) return fault
    const at = context.clock.now()
    const { id, ownerPartyId, communityId } = suggestion
    const outcome = { suggestionId: id, resolved: input.resolved, score: input.score, comment: input.comment?.trim() ?? null, at }
    await saveOutcome(tx, outcome, { ownerPartyId, communityId, ageBandThen: await bandOfAuthor(tx, suggestion, at) })
    await tx.journal({
      partyId: ownerPartyId,
      record: { type: 'Suggestion', id },
      after: outcome,
      event: {
        type: 'resident.suggestion.rated',
        subject: id,
        data: { suggestion: id, resolved: input.resolved, score: input.score, at: at.toISOString() },
      },
    })
    await tellMatter(tx, writtenDownFor(context, suggestion), id, {
      act: 'resident.suggestion.rate',
      line: { at, partyKind: 'RESIDENT', partyId: null, type: 'resident.suggestion.rated', note: null },
    })
    return null
  })

/**
 * Says that it is not done. The first time the same handlers are asked again, from the second on the committee's desk decides.
 *
 * Refuses by `mayActAsAuthor` and `mayStillSpeak`; NOT_FOUND, REASON_MISSING, INVALID_INPUT, FORBIDDEN_DATA.
 */
export const reopenSuggestion = (context: ResidentsContext, input: ReopenSuggestion): Promise<Suggestion | RefusalValue> =>
  asAuthorOfResolved(context, 'resident.suggestion.reopen', input, async (tx, suggestion) => {
    const fault = faultOfReason(input.reason)
    if (fault !== null) return fault
    const at = context.clock.now()
    const { id, ownerPartyId } = suggestion
    const count = suggestion.reopenCount + 1
    const reopening = { suggestionId: id, reason: input.reason.trim(), at }
    await insertReopening(tx, reopening, count, ownerPartyId)
    await countReopening(tx, id, at)
    await tx.journal({
      partyId: ownerPartyId,
      record: { type: 'Suggestion', id },
      before: suggestion,
      after: { ...suggestion, reopenCount: count },
      event: {
        type: 'resident.suggestion.reopened',
        subject: id,
        data: { suggestion: id, count, toDesk: count >= 2, at: at.toISOString() },
      },
    })
    await tellMatter(tx, writtenDownFor(context, suggestion), id, {
      act: 'resident.suggestion.reopen',
      line: { at, partyKind: 'RESIDENT', partyId: null, type: 'resident.suggestion.reopened', note: null },
    })
    return null
  })
