import { HubError } from '@commonhall/shared/errors'
import { spaced, type LiveTopic } from '@commonhall/shared/live'

import type { CommitteesContext } from '../../context.js'
import { isIdOf } from '../../ids.js'
import { findCommunitiesWith, type Community } from '../communities/index.js'

/** A dashboard that re-reads more often shows its readers nothing more, and costs four parties their indicators. */
const EVERY_MS = 5_000

/** Communities in which something happened that the dashboard counts. */
const INDICATORS: LiveTopic<Community> = {
  types: [
    'resident.suggestion.submitted',
    'resident.suggestion.withdrawn',
    'resident.suggestion.merged',
    'resident.suggestion.rated',
    'resident.suggestion.reopened',
    'resident.suggestion.stage_changed',
    'committee.suggestion.triaged',
    'committee.suggestion.triage_overdue',
    'committee.case.promise_broken',
    'committee.ledger.opened',
    'committee.ledger.closed',
    'committee.cell.assigned',
    'committee.cell.unassigned',
    'committee.visit.recorded',
    'government.case.accepted',
    'government.case.declined',
    'government.case.extended',
    'government.case.promise_broken',
    'government.case.resolved',
    'nonprofit.referral.accepted',
    'nonprofit.referral.declined',
    'nonprofit.referral.promise_broken',
    'nonprofit.referral.delivered',
  ],
  subjectsOf: ({ data }) => [
    ...('community' in data ? [data.community] : []),
    ...('suggestion' in data && data.suggestion !== null ? [data.suggestion] : []),
    ...('cell' in data && data.cell !== null ? [data.cell] : []),
  ],
  read: ({ read }, ids) => findCommunitiesWith(read, ids),
}

/** A community, at most once in five seconds, when something happened that its indicators count. Throws NOT_FOUND when there is none. */
export const watchIndicators = async (context: CommitteesContext, communityId: string): Promise<AsyncIterable<Community>> => {
  const community = isIdOf('com', communityId) ? await context.loaders.communityById.load(communityId) : null
  if (community === null) throw new HubError('NOT_FOUND')
  return spaced(await context.live.watch(INDICATORS, { wants: ({ id }) => id === communityId }), EVERY_MS)
}
