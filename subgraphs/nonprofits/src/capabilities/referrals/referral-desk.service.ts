import { HubError } from '@commonhall/shared/errors'
import { requirePage, toConnection, type Connection, type Page, type PageArguments } from '@commonhall/shared/loading'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { NonprofitsContext } from '../../context.js'
import type { Referral, ReferralState } from './referral.js'
import { mayReadDesk } from './referral.policy.js'
import { pageDesk } from './referral.store.js'

/** What a worker asks of the desk. */
export interface DeskQuestion extends PageArguments {
  readonly nonprofit: string
  readonly state: ReferralState
  readonly overdue?: boolean | null
}

/**
 * A page of an organization's desk, the most urgent first. One statement.
 *
 * Throws FORBIDDEN for anyone but its workers; null for an id that is none.
 */
export const readDesk = async (context: NonprofitsContext, question: DeskQuestion): Promise<Connection<Referral> | null> => {
  const { nonprofit, state, overdue } = question
  if (parseTypeId(nonprofit)?.prefix !== 'npo') return null
  if (mayReadDesk(context.actor, nonprofit).refused) throw new HubError('FORBIDDEN', { reason: 'SCOPE' })
  const page = requireDeskPage(question)
  const filter = { nonprofitId: nonprofit, state, overdue: overdue ?? null }
  const referrals = await context.database.readAs(nonprofit, (reader) => pageDesk(reader, page, filter, context.clock.now()))
  return toConnection(referrals, page, (referral) => [referral.owedBy.toISOString(), referral.id])
}

/** A cursor of another list may have two keys, too: the first one must be an instant. */
const requireDeskPage = (question: PageArguments): Page => {
  const page = requirePage(question, 2)
  const [owedBy, id] = page.after ?? []
  const isOurs = typeof owedBy === 'string' && !Number.isNaN(Date.parse(owedBy)) && typeof id === 'string' && parseTypeId(id) !== null
  if (page.after !== null && !isOurs) throw new HubError('INVALID_INPUT')
  return page
}
