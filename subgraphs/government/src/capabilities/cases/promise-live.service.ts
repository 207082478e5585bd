import { HubError } from '@commonhall/shared/errors'
import type { LiveTopic } from '@commonhall/shared/live'
import { wellFormed } from '@commonhall/shared/typeid'

import type { GovernmentContext } from '../../context.js'
import { mayReadInbox } from '../inbox/index.js'
import type { CaseHandling } from './case-handling.js'
import { findCaseHandlings } from './case-handling.store.js'

/** Cases whose promise the clock told of. */
const PROMISES: LiveTopic<CaseHandling> = {
  types: ['government.case.promise_due', 'government.case.promise_broken'],
  subjectsOf: ({ data }) => ('handling' in data ? [data.handling] : []),
  read: ({ read }, ids) => findCaseHandlings(read, wellFormed('csh', ids)),
}

/** Lets the officers of a department go on; throws UNAUTHENTICATED or FORBIDDEN for everybody else. */
export const requireOfficer = ({ actor }: GovernmentContext, departmentId: string): void => {
  if (actor.subject === null) throw new HubError('UNAUTHENTICATED')
  if (mayReadInbox(actor, departmentId).refused) throw new HubError('FORBIDDEN', { reason: 'SCOPE' })
}

/** A department's cases whose promise comes near its limit or broke it, for its officers. */
export const watchPromisesOf = async (context: GovernmentContext, departmentId: string): Promise<AsyncIterable<CaseHandling>> => {
  requireOfficer(context, departmentId)
  return context.live.watch(PROMISES, { wants: (handling) => handling.ownerPartyId === departmentId })
}
