import { suggestionOf, type LiveTopic } from '@commonhall/shared/live'

import type { CommitteesContext } from '../../context.js'
import { isIdOf } from '../../ids.js'
import { requireDeskReader } from './desk.service.js'
import type { TriageItem } from './triage-item.js'
import { findTriageItemsOf } from './triage-item.store.js'

/** Desks of committees; each committee's places are read as that committee. */
const DESK: LiveTopic<TriageItem> = {
  types: [
    'resident.suggestion.submitted',
    'resident.suggestion.withdrawn',
    'resident.suggestion.merged',
    'resident.suggestion.merge_contested',
    'resident.suggestion.reopened',
    'government.case.accepted',
    'government.case.declined',
    'nonprofit.referral.accepted',
    'nonprofit.referral.declined',
    'committee.suggestion.triaged',
    'committee.suggestion.triage_overdue',
  ],
  subjectsOf: suggestionOf,
  read: (database, suggestionIds, committeeId) =>
    database.readAs(committeeId, (reader) =>
      findTriageItemsOf(
        reader,
        suggestionIds.filter((id) => isIdOf('sug', id)),
      ),
    ),
}

/** A committee's places as they come, are routed and leave. Throws what `readDesk` throws; a batch of events costs one statement for each committee that is watched. */
export const watchDesk = async (context: CommitteesContext, committeeId: string): Promise<AsyncIterable<TriageItem>> => {
  requireDeskReader(context, committeeId)
  return context.live.watch(DESK, { scope: committeeId, wants: (item) => item.ownerPartyId === committeeId })
}
