import type { EventOf } from '@commonhall/shared/events'
import type { EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import { chinaCalendar } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import { engagementsToAskAgain, findEngagementsOfSuggestions, lapseEngagements } from '../engagements/index.js'
import { endOf, lockMatter, saveMatter, withEnd, type EndWhy } from '../matters/index.js'
import { addReferral, answerByAfterReopening, endReferrals } from '../referrals/index.js'

/** Takes an ended suggestion off every desk: unanswered referrals close, promises are owed no longer. */
const followEnd = async (tx: Tx, data: { readonly suggestion: string; readonly at: string }, why: EndWhy): Promise<void> => {
  const matter = await saveMatter(tx, withEnd(await lockMatter(tx, data.suggestion), why, new Date(data.at)))
  const end = endOf(matter)
  if (end === null) return
  for (const nonprofitId of matter.asked) {
    await tx.actFor(nonprofitId)
    const of = { suggestionId: data.suggestion, nonprofitId, ...end }
    // Referrals first: whoever answers just now holds the lock on one, and its promise is seen by the next statement.
    await endReferrals(tx, { ...of, exceptTriage: null })
    await lapseEngagements(tx, of)
  }
}

/**
 * Brings a reopened suggestion back to the desk of whoever handled it, with 5 working days to answer; their old promise stays as it was.
 *
 * The second reopening goes to the committee's desk, and comes here, if at all, as a new triage. An ended suggestion is not reopened, and a
 * triage that is later than the reopening has met it already.
 */
const followReopening = async (tx: Tx, { data }: EventOf<'resident.suggestion.reopened'>): Promise<void> => {
  const matter = await lockMatter(tx, data.suggestion)
  const at = new Date(data.at)
  const isMet = matter.triage !== null && matter.triage.at > at
  if (data.toDesk || isMet || endOf(matter) !== null) return
  const engagements = await findEngagementsOfSuggestions(tx, [data.suggestion])
  for (const { ownerPartyId, suggestionId, communityId, triageId } of engagementsToAskAgain(engagements, matter.triage?.id ?? null)) {
    await tx.actFor(ownerPartyId)
    await addReferral(tx, {
      id: newTypeId('ref', at.getTime()),
      ...{ ownerPartyId, suggestionId, communityId, triageId },
      round: data.count,
      arrivedAt: at,
      answerBy: answerByAfterReopening(at, chinaCalendar()),
      closedAt: null,
      closedWhy: null,
    })
  }
}

/** What the nonprofits take from the residents' events. */
export const residentHandlers: EventHandlers = {
  'resident.suggestion.withdrawn': (tx, { data }) => followEnd(tx, data, 'WITHDRAWN'),
  'resident.suggestion.merged': (tx, { data }) => followEnd(tx, data, 'MERGED'),
  'resident.suggestion.reopened': followReopening,
}
