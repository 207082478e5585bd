import type { EventOf } from '@commonhall/shared/events'
import type { EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import { newTypeId } from '@commonhall/shared/typeid'

import { noteRules } from '../communities/index.js'
import { asksNonprofits, endOf, lockMatter, saveMatter, withTriage } from '../matters/index.js'
import { addReferral, endReferrals } from '../referrals/index.js'

/**
 * Keeps the desks in step with a committee's triage: a referral for each organization it addresses, and an end to the unanswered referrals
 * of the triage that it supersedes; an acceptance stands. A triage that arrives after its successor, or after the end of the suggestion,
 * comes closed: it was there.
 */
const followTriage = async (tx: Tx, { data }: EventOf<'committee.suggestion.triaged'>): Promise<void> => {
  const at = new Date(data.at)
  const addressed = asksNonprofits(data.route) ? data.to.filter(({ kind }) => kind === 'NONPROFIT').map(({ id }) => id) : []
  const known = await lockMatter(tx, data.suggestion)
  const matter = await saveMatter(tx, withTriage(known, { id: data.triage, at, route: data.route }, addressed))
  const inForce = matter.triage?.id ?? data.triage
  const end = endOf(matter) ?? (inForce === data.triage ? null : { why: 'SUPERSEDED' as const, at: matter.triage?.at ?? at })
  for (const nonprofitId of matter.asked) {
    await tx.actFor(nonprofitId)
    await endReferrals(tx, { suggestionId: data.suggestion, nonprofitId, at, why: 'SUPERSEDED', exceptTriage: inForce })
    if (!addressed.includes(nonprofitId)) continue
    await addReferral(tx, {
      id: newTypeId('ref', at.getTime()),
      ownerPartyId: nonprofitId,
      suggestionId: data.suggestion,
      communityId: data.community,
      triageId: data.triage,
      round: 0,
      arrivedAt: at,
      answerBy: new Date(data.answerBy),
      closedAt: end?.at ?? null,
      closedWhy: end?.why ?? null,
    })
  }
}

/** What the nonprofits take from the committees' events. */
export const committeeHandlers: EventHandlers = {
  'committee.community.published': (tx, { data }) => noteRules(tx, data.community, data.rules),
  'committee.suggestion.triaged': followTriage,
}
