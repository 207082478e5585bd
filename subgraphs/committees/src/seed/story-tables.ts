import type { BulkTable } from '@commonhall/shared/persistence'
import { addDays, chinaCalendar, promiseToJson } from '@commonhall/shared/time'
import type { Street, SuggestionStory } from '@commonhall/street'

import { warnAt } from '../capabilities/handlings/committee-handling.js'
import { createMinuteCounter, type MinuteCounter } from './minute-counter.js'
import { visitOf } from './visit-rows.js'

/** Stories whose rows are held in memory at once. */
const CHUNK = 5_000

const COLUMNS = {
  matters: [
    ...['id', 'number', 'community_id', 'cell_id', 'kind', 'channel', 'proposed_item', 'created_at'],
    ...['withdrawn_at', 'merged_into', 'reopened_at', 'on_desk_since'],
  ],
  answers: ['handling_id', 'suggestion_id', 'party_id', 'verdict', 'reason', 'at', 'resolved_at'],
  triage_items: [
    ...['id', 'owner_party_id', 'suggestion_id', 'cell_id', 'kind', 'state', 'arrived_at', 'triage_by'],
    ...['bounces', 'proposed_item', 'closed_at', 'overdue_told'],
  ],
  triages: [
    ...['id', 'owner_party_id', 'suggestion_id', 'community_id', 'channel', 'route', 'to_kinds', 'to_ids', 'function_item'],
    ...['duplicate_of', 'note', 'round', 'supersedes', 'at', 'answer_by', 'minutes_to_triage'],
  ],
  joint_conferences: [...['id', 'owner_party_id', 'suggestion_id', 'triage_id', 'called_by_rule', 'bounces', 'convened_at', 'hold_by']],
  committee_handlings: [
    ...['id', 'owner_party_id', 'suggestion_id', 'triage_id', 'promise', 'warn_at', 'due_at', 'resolution', 'at', 'resolved_at'],
    ...['due_told', 'broken_told'],
  ],
  ledger_entries: [
    ...['id', 'owner_party_id', 'community_id', 'suggestion_id', 'title', 'feedback_every_days', 'schedule', 'feedback'],
    ...['opened_at', 'closed_at'],
  ],
  visits: ['id', 'owner_party_id', 'community_id', 'cell_id', 'at', 'by_role', 'households'],
} as const

type Table = keyof typeof COLUMNS
type Chunk = Record<Table, unknown[][]>

const newChunk = (): Chunk => ({
  matters: [],
  answers: [],
  triage_items: [],
  triages: [],
  joint_conferences: [],
  committee_handlings: [],
  ledger_entries: [],
  visits: [],
})

/** Everything about suggestions, oldest first, a chunk of stories at a time. One pass over the street. */
export function* storyTables(street: Street): Generator<BulkTable> {
  const anchor = new Date(street.manifest.anchor)
  const minutes = createMinuteCounter()
  let chunk = newChunk()
  for (const story of street.suggestions()) {
    addStory(chunk, story, anchor, minutes)
    if (chunk.matters.length < CHUNK) continue
    yield* tablesOf(chunk)
    chunk = newChunk()
  }
  yield* tablesOf(chunk)
}

function* tablesOf(chunk: Chunk): Generator<BulkTable> {
  for (const table of Object.keys(COLUMNS) as Table[]) {
    if (chunk[table].length > 0) yield { table, columns: COLUMNS[table], rows: chunk[table] }
  }
}

const addStory = (chunk: Chunk, story: SuggestionStory, anchor: Date, minutes: MinuteCounter): void => {
  addMatter(chunk, story, anchor)
  addAnswers(chunk, story)
  addTriages(chunk, story, minutes)
  addHandlings(chunk, story, anchor)
  addLedger(chunk, story)
  const visit = visitOf(story)
  if (visit !== null) chunk.visits.push(visit)
}

/** A merge that is still to come (its contest time runs) is not known yet. */
const isMerged = ({ mergedAt }: SuggestionStory, anchor: Date): boolean => mergedAt !== null && mergedAt <= anchor

const addMatter = (chunk: Chunk, story: SuggestionStory, anchor: Date): void => {
  const { id, number, community, committee, cell, kind, channel, proposedItem, createdAt, desk, withdrawnAt, triages } = story
  const merged = isMerged(story, anchor) ? story.mergedInto : null
  const isWaiting = desk.clearedAt === null
  const onDeskSince = isWaiting ? desk.arrivedAt : null
  const reopenedAt = story.reopenings.at(-1)?.at ?? null
  chunk.matters.push([id, number, community, cell, kind, channel, proposedItem, createdAt, withdrawnAt, merged, reopenedAt, onDeskSince])
  const last = triages.at(-1)
  const state = isWaiting ? 'WAITING' : last !== undefined && last.at >= desk.arrivedAt ? 'ROUTED' : 'LEFT'
  const proposed = story.caseHandlings.findLast(({ suggestedOwner }) => suggestedOwner !== null)?.suggestedOwner ?? proposedItem
  const isTold = isWaiting && desk.triageBy < anchor
  chunk.triage_items.push([
    ...[desk.id, committee, id, cell, kind, state, desk.arrivedAt, desk.triageBy],
    ...[desk.bounces, proposed, desk.clearedAt, isTold],
  ])
}

const addAnswers = (chunk: Chunk, story: SuggestionStory): void => {
  for (const { id, department, verdict, reason, at, resolvedAt } of story.caseHandlings) {
    chunk.answers.push([id, story.id, department, verdict, reason, at, resolvedAt])
  }
  for (const { id, nonprofit, verdict, reason, at, deliveredAt } of story.engagements) {
    chunk.answers.push([id, story.id, nonprofit, verdict, reason, at, deliveredAt])
  }
}

const addTriages = (chunk: Chunk, story: SuggestionStory, minutes: MinuteCounter): void => {
  const { id: suggestion, committee, community, channel, createdAt, triages, conference } = story
  let round = 0
  for (const { id, route, to, functionItem, duplicateOf, note, supersedes, at, answerBy } of triages) {
    round++
    const waited = supersedes === null ? minutes.between(createdAt, at) : null
    const kinds = to.map((party) => party.kind)
    const ids = to.map((party) => party.id)
    chunk.triages.push([
      ...[id, committee, suggestion, community, channel, route, kinds, ids, functionItem],
      ...[duplicateOf, note, round, supersedes, at, answerBy, waited],
    ])
  }
  const called = triages.findLast(({ route }) => route === 'JOINT_CONFERENCE')
  if (conference === null || called === undefined) return
  const holdBy = addDays(conference.convenedAt, 5, 'WORKING', CALENDAR)
  const bounces = story.caseHandlings.filter(({ reason, at }) => reason === 'NOT_MY_FUNCTION' && at <= conference.convenedAt).length
  chunk.joint_conferences.push([
    conference.id,
    committee,
    suggestion,
    called.id,
    conference.calledByRule,
    bounces,
    conference.convenedAt,
    holdBy,
  ])
}

const CALENDAR = chinaCalendar()

const addHandlings = (chunk: Chunk, story: SuggestionStory, anchor: Date): void => {
  for (const { id, committee, triage, promise, resolution, resolvedAt, at } of story.committeeHandlings) {
    const warn = warnAt(promise)
    // What the watcher would have told by now is not told again.
    const told = [warn <= anchor, promise.dueAt < anchor]
    chunk.committee_handlings.push([
      ...[id, committee, story.id, triage, promiseToJson(promise), warn, promise.dueAt, resolution, at, resolvedAt],
      ...told,
    ])
  }
}

const addLedger = (chunk: Chunk, { id: suggestion, committee, community, ledger }: SuggestionStory): void => {
  if (ledger === null) return
  const { id, title, feedbackEveryDays, schedule, feedback, openedAt, closedAt } = ledger
  chunk.ledger_entries.push([
    ...[id, committee, community, suggestion, title, feedbackEveryDays, JSON.stringify(schedule), JSON.stringify(feedback)],
    ...[openedAt, closedAt],
  ])
}
