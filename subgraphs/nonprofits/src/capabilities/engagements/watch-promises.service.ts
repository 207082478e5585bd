import { appendJournal, type JournalContext } from '@commonhall/shared/journal'
import type { PartyProcess } from '@commonhall/shared/subgraph'

import { tellOf } from './engagement.js'
import { findToLookAt, lockToLookAt, markLooked } from './engagement.store.js'

/** Promises that one look tells at most; what is left waits for the next look. */
const MAX_PER_LOOK = 200

/**
 * Tells which promises are due soon or broken, once for each limit in force; gives the number of promises looked at.
 *
 * What was told is marked in the row, in the transaction that tells it: a watcher that was down tells everything once when it is back,
 * and two of them share the work.
 */
export const watchPromises = async ({ database, clock }: PartyProcess): Promise<number> => {
  const now = clock.now()
  const waiting = await findToLookAt(database.read, now, MAX_PER_LOOK)
  if (waiting.size === 0) return 0
  const context: JournalContext = {
    actor: { subject: null, roles: [], client: 'nonprofit.clock' },
    traceId: 'nonprofit.clock',
    clock: { now: () => now },
  }
  return database.transaction('', async (tx) => {
    let looked = 0
    for (const [nonprofitId, ids] of waiting) {
      await tx.actFor(nonprofitId)
      for (const { id, suggestionId, promise } of await lockToLookAt(tx, ids, now)) {
        const { tell, nextLookAt } = promise === null ? { tell: null, nextLookAt: null } : tellOf(promise, now)
        await markLooked(tx, id, nextLookAt)
        looked++
        if (promise === null || tell === null) continue
        const dates = { firstDueAt: promise.firstDueAt.toISOString(), dueAt: promise.dueAt.toISOString() }
        await appendJournal(tx, context, {
          act: 'nonprofit.clock',
          partyId: nonprofitId,
          record: { type: 'Engagement', id },
          event: {
            type: tell === 'due' ? 'nonprofit.referral.promise_due' : 'nonprofit.referral.promise_broken',
            subject: suggestionId,
            data: { suggestion: suggestionId, handling: id, nonprofit: nonprofitId, ...dates },
          },
        })
      }
    }
    return looked
  })
}
