import { appendJournal } from '@commonhall/shared/journal'
import type { PartyProcess } from '@commonhall/shared/subgraph'

import { tellOf, type CaseHandling } from './case-handling.js'
import { findWatchedDepartments, lockWatched, saveCaseHandling } from './case-handling.store.js'

/** Handlings of one look at most; the rest is seen by the next one. */
const MAX_PER_LOOK = 200

/**
 * Tells of promises that come near their limit or broke it, once per limit in force; gives how many were told.
 *
 * What was told is marked in the row in the transaction that tells it, so a watcher that was down tells everything once when it is back
 * (what broke meanwhile only as broken), and any number of them may run. Nothing to tell costs one statement.
 */
export const watchPromises = async (process: PartyProcess): Promise<number> => {
  const now = process.clock.now()
  let told = 0
  for (const departmentId of await findWatchedDepartments(process.database.read, now)) {
    if (told >= MAX_PER_LOOK) break
    told += await watchDepartment(process, departmentId, now, MAX_PER_LOOK - told)
  }
  return told
}

const watchDepartment = (process: PartyProcess, departmentId: string, now: Date, limit: number): Promise<number> =>
  process.database.transaction(departmentId, async (tx) => {
    const handlings = await lockWatched(tx, departmentId, now, limit)
    for (const handling of handlings) {
      const telling = tellOf(handling, now)
      // Saving without a mark corrects a stale `watch_at`, so that a row is never looked at for ever.
      await saveCaseHandling(tx, telling?.marked ?? handling)
      if (telling === null || handling.promise === null) continue
      const context = { actor: { subject: null, roles: [], client: 'government.clock' }, traceId: 'government.clock', clock: process.clock }
      await appendJournal(tx, context, {
        act: 'government.clock',
        partyId: departmentId,
        record: { type: 'CaseHandling', id: handling.id },
        before: handling,
        after: telling.marked,
        event: {
          type: telling.what === 'due' ? 'government.case.promise_due' : 'government.case.promise_broken',
          subject: handling.suggestionId,
          data: eventOf(handling, handling.promise),
        },
      })
    }
    return handlings.length
  })

const eventOf = (handling: CaseHandling, promise: NonNullable<CaseHandling['promise']>) => ({
  suggestion: handling.suggestionId,
  handling: handling.id,
  department: handling.ownerPartyId,
  firstDueAt: promise.firstDueAt.toISOString(),
  dueAt: promise.dueAt.toISOString(),
})
