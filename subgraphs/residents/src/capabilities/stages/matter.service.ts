import type { EventOf } from '@commonhall/shared/events'
import { appendJournal, type JournalContext } from '@commonhall/shared/journal'
import type { Database, Tx } from '@commonhall/shared/persistence'

import { lockSuggestion, type Suggestion } from '../suggestions/index.js'
import { applyFact, noteOfFact, partyOfFact, type FactEvent, type FactEventType } from './fact-of-event.js'
import { deriveMatter, partiesOf, type ForeignFacts } from './matter-facts.js'
import { findOwnFacts, findRanOut, keepFacts, lockFacts, pageOfIds, saveDerived } from './matter.store.js'
import { lineOf, type TimelineEntry } from './timeline.js'

/** What became known about a suggestion, and how its timeline tells it. */
export interface Told {
  /** Act code of the journal row, if the stage changes. */
  readonly act: string
  /** Changes what others wrote; own facts are already stored in their tables. */
  readonly change?: (facts: ForeignFacts) => ForeignFacts
  /** The line of the timeline; the stage is filled in. None for what only time did. */
  readonly line?: Omit<TimelineEntry, 'stage'>
}

/** How many matters one look or one step of a rebuild takes. */
const BATCH = 100

/**
 * Keeps a fact about a suggestion, derives its stage anew and tells the others when the stage changed. About seven statements.
 *
 * Locks the entry, then its facts, and leaves the transaction acting for the entry's owner. A fact about an entry that is not
 * known here is kept with its timeline, and counts as soon as the entry is.
 */
export const tellMatter = async (tx: Tx, context: JournalContext, suggestionId: string, told: Told): Promise<void> => {
  const suggestion = await lockSuggestion(tx, suggestionId)
  const kept = await lockFacts(tx, suggestionId)
  const facts = told.change?.(kept.facts) ?? kept.facts
  const now = context.clock.now()
  const own = { withdrawnAt: suggestion?.withdrawnAt ?? null, mergedInto: suggestion?.mergedInto ?? null }
  const derived = deriveMatter(facts, { ...own, ...(await findOwnFacts(tx, suggestionId)) }, now, suggestion?.resolvedAt ?? null)
  const parties = [...new Set([...kept.parties, ...partiesOf(facts)])]
  const lines = told.line === undefined ? [] : [lineOf({ ...told.line, stage: derived.stage })]
  if (told.change !== undefined || lines.length > 0) await keepFacts(tx, suggestionId, { facts, parties }, lines)
  if (suggestion === null) return
  await saveDerived(tx, suggestionId, derived, told.line?.at ?? suggestion.updatedAt)
  if (derived.stage !== suggestion.stage) await tellStage(tx, context, told.act, suggestion, derived.stage, now)
}

const tellStage = async (
  tx: Tx,
  context: JournalContext,
  act: string,
  suggestion: Suggestion,
  to: Suggestion['stage'],
  now: Date,
): Promise<void> => {
  await appendJournal(tx, context, {
    act,
    partyId: suggestion.ownerPartyId,
    record: { type: 'Suggestion', id: suggestion.id },
    before: { stage: suggestion.stage },
    after: { stage: to },
    event: {
      type: 'resident.suggestion.stage_changed',
      subject: suggestion.id,
      data: { suggestion: suggestion.id, from: suggestion.stage, to, at: now.toISOString() },
    },
  })
}

/** What a party does by itself, without a person: the journal says so by an empty actor. */
export const ownContext = (traceId: string, clock: { now(): Date }): JournalContext => ({
  actor: { subject: null, roles: [], client: 'residents' },
  traceId,
  clock,
})

/** Takes an event of another party into the facts and the timeline of the suggestion it names; a ledger entry may name none. */
export const projectFact = async (tx: Tx, clock: { now(): Date }, event: EventOf<FactEventType>): Promise<void> => {
  const { suggestion } = event.data
  if (suggestion === null) return
  const fact = { type: event.type, data: event.data } as FactEvent
  const { kind, id } = partyOfFact(fact)
  const at = new Date('at' in event.data ? event.data.at : event.at)
  await tellMatter(tx, ownContext(event.id, clock), suggestion, {
    act: 'resident.stage.derive',
    change: (facts) => applyFact(facts, fact),
    line: { at, partyKind: kind, partyId: id ?? event.partyId, type: event.type, note: noteOfFact(fact) },
  })
}

/** Ends pauses that ran out: derives the stages that time alone has changed. At most 100 a call; returns how many. */
export const expireWaiting = async (process: { readonly database: Database; readonly clock: { now(): Date } }): Promise<number> => {
  const ids = await findRanOut(process.database.read, process.clock.now(), BATCH)
  for (const id of ids)
    await process.database.transaction('', (tx) => tellMatter(tx, ownContext(`clock-${id}`, process.clock), id, { act: 'resident.clock' }))
  return ids.length
}

/**
 * Derives the read model of every suggestion anew from the facts; returns how many were walked. For repairs and for the proof
 * that the stage is nobody's to set. Stages that differ are told like any change.
 */
export const rebuildStages = async (process: { readonly database: Database; readonly clock: { now(): Date } }): Promise<number> => {
  let walked = 0
  for (let ids = await pageOfIds(process.database.read, '', BATCH); ids.length > 0;) {
    for (const id of ids)
      await process.database.transaction('', (tx) =>
        tellMatter(tx, ownContext('rebuild', process.clock), id, { act: 'resident.stage.derive' }),
      )
    walked += ids.length
    ids = await pageOfIds(process.database.read, ids.at(-1) ?? '', BATCH)
  }
  return walked
}
