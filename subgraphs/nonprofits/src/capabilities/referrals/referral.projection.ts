import type { EventOf } from '@commonhall/shared/events'
import type { RouteKind } from '@commonhall/shared/matters'
import type { Tx } from '@commonhall/shared/persistence'
import { chinaCalendar } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import { asksNonprofits, endOf, isInForce, lockMatter, saveMatter, withTriage, type Matter } from '../matters/index.js'
import { answerByAfterReopening, askedAgain, type Referral } from './referral.js'
import { askReferral, closeReferrals, findReferralsOfSuggestion } from './referral.store.js'

const fresh = (facts: Omit<Referral, 'id' | 'owedBy' | 'verdict' | 'engagementId'>): Referral => ({
  ...facts,
  id: newTypeId('ref', facts.arrivedAt.getTime()),
  owedBy: facts.answerBy,
  verdict: null,
  engagementId: null,
})

/**
 * A committee has sent a suggestion somewhere: a place on the desk of each organization it addresses.
 *
 * Whatever another triage had asked and nobody has answered is closed; an acceptance stands. A triage that is told late, after a later
 * one or after the end of the matter, leaves a closed place, so that the desk knows it was asked.
 */
export const applyTriage = async (tx: Tx, { data }: EventOf<'committee.suggestion.triaged'>): Promise<void> => {
  const before = await lockMatter(tx, data.suggestion)
  const triage = { id: data.triage, at: new Date(data.at), route: data.route as RouteKind }
  const addressed = asksNonprofits(data.route) ? data.to.filter(({ kind }) => kind === 'NONPROFIT').map(({ id }) => id) : []
  const matter = withTriage(before, triage, addressed)
  await saveMatter(tx, matter)
  const inForce = isInForce(before, triage)
  if (inForce) {
    for (const nonprofitId of before.asked) {
      await tx.actFor(nonprofitId)
      const place = { suggestionId: data.suggestion, nonprofitId }
      await closeReferrals(tx, place, { because: 'SUPERSEDED', states: ['WAITING'], exceptTriageId: data.triage })
    }
  }
  const closedBecause = endOf(matter) ?? (inForce ? null : 'SUPERSEDED')
  for (const nonprofitId of new Set(addressed)) {
    await tx.actFor(nonprofitId)
    const referral = fresh({
      ownerPartyId: nonprofitId,
      suggestionId: data.suggestion,
      communityId: data.community,
      triageId: data.triage,
      round: 0,
      arrivedAt: triage.at,
      answerBy: new Date(data.answerBy),
      state: closedBecause === null ? 'WAITING' : 'ENDED',
      closedBecause,
    })
    await askReferral(tx, referral)
  }
}

/**
 * The author is not content: the same organizations are asked again, with 5 working days to answer.
 *
 * Nothing is asked when it goes to the committee's desk (a second reopening), or when a later triage or the end of the matter is known already.
 */
export const applyReopening = async (tx: Tx, { data }: EventOf<'resident.suggestion.reopened'>): Promise<void> => {
  const matter = await lockMatter(tx, data.suggestion)
  const at = new Date(data.at)
  const reopenedAt = matter.reopenedAt !== null && matter.reopenedAt > at ? matter.reopenedAt : at
  await saveMatter(tx, { ...matter, reopenedAt })
  const { triage } = matter
  if (data.toDesk || triage === null || triage.at > at || endOf(matter) !== null) return
  const known: Referral[] = []
  for (const nonprofitId of matter.asked) {
    await tx.actFor(nonprofitId)
    known.push(...(await findReferralsOfSuggestion(tx, data.suggestion, nonprofitId)))
  }
  const answerBy = answerByAfterReopening(at, chinaCalendar())
  for (const { ownerPartyId, suggestionId, communityId, triageId } of askedAgain(known, triage.id)) {
    await tx.actFor(ownerPartyId)
    const facts = { ownerPartyId, suggestionId, communityId, triageId, round: data.count, arrivedAt: at, answerBy }
    await askReferral(tx, fresh({ ...facts, state: 'WAITING', closedBecause: null }))
  }
}

/**
 * The matter is over for its author (withdrawn) or goes on elsewhere (merged): no organization is asked any more.
 *
 * Gives the organizations whose places were closed, so that their promises are released in the same transaction.
 */
export const applyEnd = async (
  tx: Tx,
  { suggestion, at }: { readonly suggestion: string; readonly at: string },
  because: 'WITHDRAWN' | 'MERGED',
): Promise<readonly string[]> => {
  const matter = await lockMatter(tx, suggestion)
  const ended: Matter = because === 'WITHDRAWN' ? { ...matter, withdrawnAt: new Date(at) } : { ...matter, mergedAt: new Date(at) }
  await saveMatter(tx, ended)
  for (const nonprofitId of matter.asked) {
    await tx.actFor(nonprofitId)
    await closeReferrals(tx, { suggestionId: suggestion, nonprofitId }, { because, states: ['WAITING', 'PROMISED'] })
  }
  return matter.asked
}
