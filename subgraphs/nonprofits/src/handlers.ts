import type { EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'

import { releaseEngagements } from './capabilities/engagements/index.js'
import { applyEnd, applyReopening, applyTriage } from './capabilities/referrals/referral.projection.js'

const end = async (tx: Tx, fact: { readonly suggestion: string; readonly at: string }, because: 'WITHDRAWN' | 'MERGED'): Promise<void> => {
  for (const nonprofitId of await applyEnd(tx, fact, because)) {
    await tx.actFor(nonprofitId)
    await releaseEngagements(tx, fact.suggestion, nonprofitId, new Date(fact.at))
  }
}

/** What the nonprofits make of others' events: places on their own desks, and what is not owed any more. */
export const HANDLERS: EventHandlers = {
  'committee.suggestion.triaged': applyTriage,
  'resident.suggestion.reopened': applyReopening,
  'resident.suggestion.withdrawn': (tx, { data }) => end(tx, data, 'WITHDRAWN'),
  'resident.suggestion.merged': (tx, { data }) => end(tx, data, 'MERGED'),
}
