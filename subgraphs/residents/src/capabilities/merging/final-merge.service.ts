import { appendJournal, type JournalContext } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import type { PartyProcess } from '@commonhall/shared/subgraph'

import { ownContext, tellMatter, withoutTriage } from '../stages/index.js'
import { countSupports, lockSuggestion, type Suggestion } from '../suggestions/index.js'
import { moveSupports } from '../supports/index.js'
import { isMergeable, type Merge } from './merge.js'
import { findDueMerges, findFinalTarget, lockDueMerge, mergeSuggestion, redirectMerged, setMergeState } from './merge.store.js'

const BATCH = 50

/**
 * Makes merges final that nobody contested in ten days; at most 50 a call, each in its own transaction. Returns how many were decided.
 *
 * The state of the row says that it is decided, so a watcher that was down decides everything once when it is back.
 */
export const finalizeMerges = async (process: Pick<PartyProcess, 'database' | 'clock' | 'log'>): Promise<number> => {
  const due = await findDueMerges(process.database.read, process.clock.now(), BATCH)
  let decided = 0
  for (const merge of due) {
    const context = ownContext(`merge-${merge.triageId}`, process.clock)
    try {
      decided += await process.database.transaction('', (tx) => decide(tx, context, merge))
    } catch (error) {
      // One merge that cannot be decided must not hold up the others; it is tried again at the next look.
      process.log.error({ event: merge.triageId, error }, 'a merge was not decided')
    }
  }
  return decided
}

/** Decides one merge, unless another process has, or its author just contested it. Entries are locked first, as whoever contests does. */
const decide = async (tx: Tx, context: JournalContext, due: Merge): Promise<number> => {
  const targetId = due.intoId === null ? null : await findFinalTarget(tx, due.intoId)
  // In the order of the ids, so that two merges of the same pair wait for each other instead of failing.
  const locked = new Map<string, Suggestion | null>()
  for (const id of [...new Set([due.suggestionId, targetId ?? due.suggestionId])].sort()) locked.set(id, await lockSuggestion(tx, id))
  const merge = await lockDueMerge(tx, due.triageId)
  if (merge === null) return 0
  const entry = locked.get(merge.suggestionId) ?? null
  const target = targetId === null ? null : (locked.get(targetId) ?? null)
  // The target became part of another while we waited for it: the next look follows it there.
  if (typeof target?.mergedInto === 'string') return 0
  if (entry === null || entry.withdrawnAt !== null || entry.mergedInto !== null) await setMergeState(tx, merge.triageId, 'SUPERSEDED')
  else if (target === null || !isMergeable(entry, target)) await drop(tx, context, merge, entry)
  else await complete(tx, context, merge, entry, target)
  return 1
}

/** The target is gone or was none: the entry stays separate, and the committee has it on its desk again. */
const drop = async (tx: Tx, context: JournalContext, merge: Merge, entry: Suggestion): Promise<void> => {
  await setMergeState(tx, merge.triageId, 'DROPPED')
  await tx.actFor(entry.ownerPartyId)
  const at = context.clock.now()
  await appendJournal(tx, context, {
    act: 'resident.clock',
    partyId: entry.ownerPartyId,
    record: { type: 'Suggestion', id: entry.id },
    event: {
      type: 'resident.suggestion.merge_contested',
      subject: entry.id,
      data: { suggestion: entry.id, into: merge.intoId ?? '', at: at.toISOString() },
    },
  })
  await tellMatter(tx, context, entry.id, {
    act: 'resident.clock',
    change: (facts) => withoutTriage(facts, merge.triageId),
    line: { at, partyKind: 'RESIDENT', partyId: null, type: 'resident.suggestion.merge_contested', note: null },
  })
}

const complete = async (tx: Tx, context: JournalContext, merge: Merge, entry: Suggestion, target: Suggestion): Promise<void> => {
  const at = context.clock.now()
  await setMergeState(tx, merge.triageId, 'MERGED')
  const gained = await moveSupports(tx, entry.id, target)
  await tx.actFor(entry.ownerPartyId)
  await mergeSuggestion(tx, entry.id, target.id, at)
  await tellMerged(tx, context, entry.id, entry.ownerPartyId, target.id, at)
  await tellMatter(tx, context, entry.id, {
    act: 'resident.clock',
    line: { at, partyKind: 'RESIDENT', partyId: null, type: 'resident.suggestion.merged', note: null },
  })
  for (const { id, owner } of await redirectMerged(tx, entry.id, target.id)) {
    await tx.actFor(owner)
    await tellMerged(tx, context, id, owner, target.id, at)
  }
  if (gained === 0) return
  await tx.actFor(target.ownerPartyId)
  await countSupports(tx, target.id, gained)
  await appendJournal(tx, context, {
    act: 'resident.clock',
    partyId: target.ownerPartyId,
    record: { type: 'Suggestion', id: target.id },
    event: {
      type: 'resident.suggestion.supported',
      subject: target.id,
      data: { suggestion: target.id, supporters: target.supporters + gained },
    },
  })
}

const tellMerged = async (tx: Tx, context: JournalContext, id: string, owner: string, into: string, at: Date): Promise<void> => {
  await appendJournal(tx, context, {
    act: 'resident.clock',
    partyId: owner,
    record: { type: 'Suggestion', id },
    after: { mergedInto: into },
    event: { type: 'resident.suggestion.merged', subject: id, data: { suggestion: id, into, at: at.toISOString() } },
  })
}
