import { HubError } from '@commonhall/shared/errors'
import { toConnection, type Connection, type PageArguments } from '@commonhall/shared/loading'
import type { Tx } from '@commonhall/shared/persistence'
import { newTypeId } from '@commonhall/shared/typeid'

import type { CommitteesContext } from '../../context.js'
import { isIdOf } from '../../ids.js'
import { requireTimePage, timeKeys } from '../../page.js'
import { calendarOf, type Community } from '../communities/index.js'
import { saveMarks, type KnownMatter } from '../matters/index.js'
import { mayReadDesk } from './desk.policy.js'
import { DESK_STATES, triageLimit, type DeskState, type TriageItem } from './triage-item.js'
import { bounceWaiting, closeWaiting, findWaiting, pageDesk, saveTriageItem } from './triage-item.store.js'

/** What a reader asks of the desk. */
export interface DeskQuestion {
  readonly overdue?: boolean | null
  readonly kinds?: readonly string[] | null
  readonly cell?: string | null
  readonly states?: readonly DeskState[] | null
  readonly olderThanDays?: number | null
}

const MS_PER_DAY = 86_400_000
const MAX_DAYS = 3_650

const badFilter = (field: string): HubError =>
  new HubError('INVALID_INPUT', { sentence: { zh: `filter.${field} 有误。`, en: `'filter.${field}' is wrong.` } })

const emptyPage: Connection<TriageItem> = toConnection<TriageItem>([], { limit: 1, after: null }, () => [])

/** Lets the people of a committee go on; throws FORBIDDEN with its reason for everybody else. */
export const requireDeskReader = ({ actor }: CommitteesContext, committeeId: string): void => {
  const decision = mayReadDesk(actor, committeeId)
  if (decision.refused) throw new HubError('FORBIDDEN', { reason: decision.code })
}

/**
 * A page of a committee's desk, the nearest limit first, for its own people.
 *
 * Anybody else gets FORBIDDEN with the reason. `olderThanDays` counts 24 hours each; without `states` only what waits. One statement.
 */
export const readDesk = async (
  context: CommitteesContext,
  committeeId: string,
  question: DeskQuestion,
  args: PageArguments,
): Promise<Connection<TriageItem>> => {
  requireDeskReader(context, committeeId)
  const { overdue, kinds, cell, states, olderThanDays } = question
  if (typeof olderThanDays === 'number' && (olderThanDays < 0 || olderThanDays > MAX_DAYS)) throw badFilter('olderThanDays')
  if ((kinds?.length ?? 0) > 20 || (states?.length ?? 0) > DESK_STATES.length) throw badFilter(kinds === null ? 'states' : 'kinds')
  const page = requireTimePage(args, 'tri')
  if (typeof cell === 'string' && !isIdOf('cel', cell)) return emptyPage
  const now = context.clock.now()
  const filter = {
    states: states ?? (['WAITING'] as const),
    kinds: kinds ?? null,
    cellId: cell ?? null,
    overdueAt: overdue === true ? now.toISOString() : null,
    arrivedBefore: typeof olderThanDays === 'number' ? new Date(now.getTime() - olderThanDays * MS_PER_DAY).toISOString() : null,
  }
  const items = await context.database.readAs(committeeId, (reader) => pageDesk(reader, committeeId, page, filter))
  return toConnection(items, page, (item) => timeKeys(item.triageBy, item.id))
}

/** How a matter comes to the desk. */
export interface Arrival {
  readonly at: Date
  readonly bounces: number
  /** The function item proposed now, for example by whoever declined; null keeps the first proposal. */
  readonly proposedItem: string | null
}

/** Puts a matter on the desk of its community's committee, or counts the bounce where it waits already. The matter must be held. */
export const putOnDesk = async (tx: Tx, matter: KnownMatter, community: Community, arrival: Arrival): Promise<void> => {
  await tx.actFor(community.ownerPartyId)
  const waiting = await findWaiting(tx, matter.id)
  if (waiting !== null) return bounceWaiting(tx, waiting.id, arrival.bounces, arrival.proposedItem)
  await saveTriageItem(tx, {
    id: newTypeId('tri', arrival.at.getTime()),
    ownerPartyId: community.ownerPartyId,
    suggestionId: matter.id,
    cellId: matter.cellId,
    kind: matter.kind,
    state: 'WAITING',
    arrivedAt: arrival.at,
    triageBy: triageLimit(arrival.at, calendarOf(community)),
    bounces: arrival.bounces,
    proposedItem: arrival.proposedItem ?? matter.proposedItem,
    closedAt: null,
  })
  await saveMarks(tx, { ...matter, onDeskSince: arrival.at })
}

/** Takes a matter off the desk, if it waits there. The matter must be held. */
export const takeOffDesk = async (tx: Tx, matter: KnownMatter, committeeId: string, state: DeskState, at: Date): Promise<void> => {
  if (matter.onDeskSince === null) return
  await tx.actFor(committeeId)
  await closeWaiting(tx, matter.id, state, at)
  await saveMarks(tx, { ...matter, onDeskSince: null })
}
