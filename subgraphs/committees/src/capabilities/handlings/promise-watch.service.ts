import { appendJournal, type JournalContext } from '@commonhall/shared/journal'
import type { Database, Tx } from '@commonhall/shared/persistence'

import type { CommitteeHandling } from './committee-handling.js'
import { lockBroken, lockDue, markTold, ownersOfOpenPromises } from './committee-handling.store.js'

const MAX_PER_LOOK = 200

const tell = async (tx: Tx, journal: JournalContext, handling: CommitteeHandling, isBroken: boolean): Promise<void> => {
  const { id, ownerPartyId, suggestionId, promise } = handling
  await markTold(tx, id, isBroken)
  await appendJournal(tx, journal, {
    act: 'committee.clock',
    partyId: ownerPartyId,
    record: { type: 'CommitteeHandling', id },
    after: handling,
    event: {
      type: isBroken ? 'committee.case.promise_broken' : 'committee.case.promise_due',
      subject: suggestionId,
      data: {
        suggestion: suggestionId,
        handling: id,
        committee: ownerPartyId,
        firstDueAt: promise.firstDueAt.toISOString(),
        dueAt: promise.dueAt.toISOString(),
      },
    },
  })
}

/**
 * Tells of each open promise of a committee, once per limit, that it is due soon (a fifth of its time is left) and that it is broken.
 *
 * A promise that broke while nobody looked is told of as broken alone. At most 200 a look; the marks are in the rows, so it survives a restart.
 */
export const tellOwnPromises = (database: Database, journal: JournalContext): Promise<number> =>
  database.transaction('', async (tx) => {
    const now = journal.clock.now()
    let told = 0
    for (const owner of await ownersOfOpenPromises(tx)) {
      await tx.actFor(owner)
      for (const isBroken of [true, false]) {
        const left = MAX_PER_LOOK - told
        if (left <= 0) return told
        const handlings = await (isBroken ? lockBroken(tx, now, left) : lockDue(tx, now, left))
        for (const handling of handlings) await tell(tx, journal, handling, isBroken)
        told += handlings.length
      }
    }
    return told
  })
