import type { EventOf } from '@commonhall/shared/events'
import type { EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import { newTypeId } from '@commonhall/shared/typeid'

import { noteRules } from '../communities/index.js'
import { addInboxItem, closeInboxItems, type ClosedWhy } from '../inbox/index.js'
import { endOf, noteTriage, type KnownSuggestion } from '../suggestions/index.js'

/**
 * Keeps the desks in step with a committee's triage: an item for each department it addresses, and an end to the unanswered items of the
 * triage that it supersedes. A triage that arrives after its successor, or after the end of the suggestion, comes closed: it was there.
 */
const followTriage = async (tx: Tx, { data }: EventOf<'committee.suggestion.triaged'>): Promise<void> => {
  const departments = data.route === 'GOVERNMENT' ? data.to.filter(({ kind }) => kind === 'GOVERNMENT').map(({ id }) => id) : []
  const { suggestion: id, triage, community, route, at } = data
  const suggestion = await noteTriage(tx, { suggestion: id, community, id: triage, route, at, departments })
  const inForce = suggestion.triageId ?? triage
  for (const departmentId of suggestion.departments) {
    await tx.actFor(departmentId)
    await closeInboxItems(tx, { suggestionId: id, departmentId, at: new Date(at), why: 'SUPERSEDED', exceptTriage: inForce })
    if (!departments.includes(departmentId)) continue
    const closed = closedOnArrival(suggestion, triage, new Date(at))
    await addInboxItem(tx, {
      id: newTypeId('inb', Date.parse(at)),
      ownerPartyId: departmentId,
      suggestionId: id,
      communityId: community,
      triageId: triage,
      round: 0,
      functionItemId: data.functionItem,
      arrivedAt: new Date(at),
      answerBy: new Date(data.answerBy),
      closedAt: closed?.at ?? null,
      closedWhy: closed?.why ?? null,
    })
  }
}

const closedOnArrival = (suggestion: KnownSuggestion, triage: string, at: Date): { readonly at: Date; readonly why: ClosedWhy } | null => {
  const end = endOf(suggestion)
  if (end !== null) return end
  return suggestion.triageId === triage ? null : { at: suggestion.triagedAt ?? at, why: 'SUPERSEDED' }
}

/** What the departments take from the committees' events. */
export const committeeHandlers: EventHandlers = {
  'committee.community.published': (tx, { data }) => noteRules(tx, data.community, data.rules),
  'committee.suggestion.triaged': followTriage,
}
