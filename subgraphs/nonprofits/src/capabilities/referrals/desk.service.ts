import { HubError } from '@commonhall/shared/errors'
import { requirePage, toConnection, type Connection, type PageArguments } from '@commonhall/shared/loading'

import type { NonprofitsContext } from '../../context.js'
import type { Referral } from './referral.js'
import { mayReadDesk } from './referral.policy.js'
import { pageDesk, type DeskFilter } from './referral.store.js'

/** Year 9999; a later instant in a cursor was made up and is none of the database's. */
const MAX_INSTANT_MS = 253_402_300_799_999

/** Lets the workers of an organization go on; throws UNAUTHENTICATED or FORBIDDEN for everybody else. */
export const requireDeskReader = ({ actor }: NonprofitsContext, nonprofitId: string): void => {
  if (actor.subject === null) throw new HubError('UNAUTHENTICATED')
  if (mayReadDesk(actor, nonprofitId).refused) throw new HubError('FORBIDDEN', { reason: 'SCOPE' })
}

/**
 * A page of what the organization has not finished, by answer limit. One statement.
 *
 * Throws UNAUTHENTICATED or FORBIDDEN for whoever is no worker of this organization, INVALID_INPUT for a page that is none.
 */
export const readDesk = async (
  context: NonprofitsContext,
  nonprofitId: string,
  filter: DeskFilter,
  args: PageArguments,
): Promise<Connection<Referral>> => {
  requireDeskReader(context, nonprofitId)
  const page = requirePage(args, 2)
  const [ms, id] = page.after ?? [0, '']
  if (typeof ms !== 'number' || Math.abs(ms) > MAX_INSTANT_MS || typeof id !== 'string') throw new HubError('INVALID_INPUT')
  const referrals = await context.database.readAs(nonprofitId, (reader) => pageDesk(reader, nonprofitId, filter, page, context.clock.now()))
  return toConnection(referrals, page, (referral) => [referral.answerBy.getTime(), referral.id])
}
