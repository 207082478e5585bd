import { appendJournal, type JournalContext } from '@commonhall/shared/journal'
import type { Database } from '@commonhall/shared/persistence'

import { listCommunities } from '../communities/index.js'
import { takeOverdue } from './triage-item.store.js'

const MAX_PER_LOOK = 200

/**
 * Tells of each place on a desk, once, that its triage is overdue; returns how many it told, at most 200 a look.
 *
 * What was told is marked in the row in the same transaction. Desks are private to their committees, so each is looked at as its own party.
 */
export const tellOverdueTriage = (database: Database, journal: JournalContext): Promise<number> =>
  database.transaction('', async (tx) => {
    let told = 0
    for (const { ownerPartyId } of await listCommunities(tx)) {
      if (told >= MAX_PER_LOOK) break
      await tx.actFor(ownerPartyId)
      for (const item of await takeOverdue(tx, ownerPartyId, journal.clock.now(), MAX_PER_LOOK - told)) {
        await appendJournal(tx, journal, {
          act: 'committee.clock',
          partyId: ownerPartyId,
          record: { type: 'TriageItem', id: item.id },
          after: item,
          event: {
            type: 'committee.suggestion.triage_overdue',
            subject: item.suggestionId,
            data: { suggestion: item.suggestionId, committee: ownerPartyId },
          },
        })
        told++
      }
    }
    return told
  })
