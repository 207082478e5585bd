import { suggestionOf, type LiveTopic } from '@commonhall/shared/live'
import { wellFormed } from '@commonhall/shared/typeid'

import type { GovernmentContext } from '../../context.js'
import type { InboxItem } from './inbox-item.js'
import { findInboxItemsOf } from './inbox-item.store.js'
import { requireInboxReader } from './inbox.service.js'

/** Desks of departments; each department's places are read as that department. */
const INBOX: LiveTopic<InboxItem> = {
  types: [
    'committee.suggestion.triaged',
    'resident.suggestion.withdrawn',
    'resident.suggestion.merged',
    'resident.suggestion.reopened',
    'government.case.accepted',
    'government.case.declined',
    'government.case.reported',
    'government.case.asked',
    'government.case.resumed',
    'government.case.extended',
    'government.case.resolved',
  ],
  subjectsOf: suggestionOf,
  read: (database, suggestionIds, departmentId) =>
    database.readAs(departmentId, (reader) => findInboxItemsOf(reader, wellFormed('sug', suggestionIds), departmentId)),
}

/** A department's places as they come, are answered and are finished. Throws what `readInbox` throws; a batch of events costs one statement for each department that is watched. */
export const watchInbox = async (context: GovernmentContext, departmentId: string): Promise<AsyncIterable<InboxItem>> => {
  requireInboxReader(context, departmentId)
  return context.live.watch(INBOX, { scope: departmentId, wants: (item) => item.ownerPartyId === departmentId })
}
