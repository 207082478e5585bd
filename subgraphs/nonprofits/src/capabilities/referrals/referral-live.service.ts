import { suggestionOf, type LiveTopic } from '@commonhall/shared/live'
import { wellFormed } from '@commonhall/shared/typeid'

import type { NonprofitsContext } from '../../context.js'
import { requireDeskReader } from './desk.service.js'
import type { Referral } from './referral.js'
import { findReferralsOf } from './referral.store.js'

/** Desks of organizations; each organization's referrals are read as that organization. */
const REFERRALS: LiveTopic<Referral> = {
  types: [
    'committee.suggestion.triaged',
    'resident.suggestion.withdrawn',
    'resident.suggestion.merged',
    'resident.suggestion.reopened',
    'nonprofit.referral.accepted',
    'nonprofit.referral.declined',
    'nonprofit.referral.extended',
    'nonprofit.referral.delivered',
  ],
  subjectsOf: suggestionOf,
  read: (database, suggestionIds, nonprofitId) =>
    database.readAs(nonprofitId, (reader) => findReferralsOf(reader, wellFormed('sug', suggestionIds), nonprofitId)),
}

/** An organization's referrals as they come, are answered and are finished. Throws what `readDesk` throws; a batch of events costs one statement for each organization that is watched. */
export const watchReferrals = async (context: NonprofitsContext, nonprofitId: string): Promise<AsyncIterable<Referral>> => {
  requireDeskReader(context, nonprofitId)
  return context.live.watch(REFERRALS, { scope: nonprofitId, wants: (referral) => referral.ownerPartyId === nonprofitId })
}
