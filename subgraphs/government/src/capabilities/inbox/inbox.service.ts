import { HubError } from '@commonhall/shared/errors'
import { requirePage, toConnection, type Connection, type PageArguments } from '@commonhall/shared/loading'

import type { GovernmentContext } from '../../context.js'
import type { InboxItem } from './inbox-item.js'
import { mayReadInbox } from './inbox-item.policy.js'
import { pageInbox, type DeskFilter } from './inbox-item.store.js'

/** Year 9999; a later instant in a cursor was made up and is none of the database's. */
const MAX_INSTANT_MS = 253_402_300_799_999

/** Lets the officers of a department go on; throws UNAUTHENTICATED or FORBIDDEN for everybody else. */
export const requireInboxReader = ({ actor }: GovernmentContext, departmentId: string): void => {
  if (actor.subject === null) throw new HubError('UNAUTHENTICATED')
  if (mayReadInbox(actor, departmentId).refused) throw new HubError('FORBIDDEN', { reason: 'SCOPE' })
}

/**
 * A page of what the department has not finished, by answer limit. One statement.
 *
 * Throws UNAUTHENTICATED or FORBIDDEN for whoever is no officer of this department, INVALID_INPUT for a page that is none.
 */
export const readInbox = async (
  context: GovernmentContext,
  departmentId: string,
  filter: DeskFilter,
  args: PageArguments,
): Promise<Connection<InboxItem>> => {
  requireInboxReader(context, departmentId)
  const page = requirePage(args, 2)
  const [ms, id] = page.after ?? [0, '']
  if (typeof ms !== 'number' || Math.abs(ms) > MAX_INSTANT_MS || typeof id !== 'string') throw new HubError('INVALID_INPUT')
  const items = await context.database.readAs(departmentId, (reader) => pageInbox(reader, departmentId, filter, page, context.clock.now()))
  return toConnection(items, page, (item) => [item.answerBy.getTime(), item.id])
}
