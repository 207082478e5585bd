import type { BulkTable } from '@commonhall/shared/persistence'
import { addDays, chinaCalendar } from '@commonhall/shared/time'
import type { Street, SuggestionStory } from '@commonhall/street'

import type { SeededPeople } from './seeded-people.js'
import { historyOf } from './story-history.js'

/** Stories of one block. Only one block is held in memory, and every table gets one COPY a block, so one pass over the street is enough. */
const STORIES_PER_BLOCK = 2_500
/** How many authors let everybody read their text. */
const CLEARED_SHARE = 0.7
/** Within how many calendar days the author may contest a merge. */
const CONTEST_DAYS = 10

/** Tables of a story in the order in which their foreign keys allow them. */
const COLUMNS = {
  suggestions: [
    ...['id', 'owner_party_id', 'number', 'kind', 'text', 'longitude', 'latitude', 'address', 'community_id', 'cell_id', 'author_id'],
    ...['anonymous', 'channel', 'entered_by', 'assent_form', 'assent_at', 'assent_witness', 'created_at', 'updated_at', 'withdrawn_at'],
    ...['merged_into', 'supporters', 'public_text_cleared', 'proposed_item', 'age_band_then', 'stage', 'stage_until', 'limit_at'],
    ...['resolved_at', 'reopen_count'],
  ],
  supports: ['suggestion_id', 'resident_id', 'at', 'moved_from', 'age_band_then'],
  suggestion_facts: ['suggestion_id', 'facts', 'timeline', 'parties'],
  outcomes: ['suggestion_id', 'owner_party_id', 'community_id', 'resolved', 'score', 'comment', 'at', 'age_band_then'],
  reopenings: ['suggestion_id', 'nth', 'owner_party_id', 'reason', 'at'],
  case_questions: ['id', 'suggestion_id', 'handling_id', 'department_id', 'asked_at', 'paused_until'],
  case_answers: ['id', 'owner_party_id', 'question_id', 'suggestion_id', 'text', 'at'],
  merges: ['triage_id', 'suggestion_id', 'into_id', 'triaged_at', 'contest_until', 'state'],
} as const

type StoryTable = keyof typeof COLUMNS
type Block = Record<StoryTable, (readonly unknown[])[]>

const STORY_TABLES = Object.keys(COLUMNS) as StoryTable[]
const emptyBlock = (): Block => Object.fromEntries(STORY_TABLES.map((table) => [table, []])) as unknown as Block
const blockTables = (block: Block): BulkTable[] =>
  STORY_TABLES.filter((table) => block[table].length > 0).map((table) => ({ table, columns: COLUMNS[table], rows: block[table] }))

/** Whether the author of the n-th story cleared the text: a fixed share, spread evenly over the years. */
const isCleared = (index: number): boolean => (index * 0.6180339887) % 1 < CLEARED_SHARE

const calendar = chinaCalendar()

/** Adds the rows of one story to a block. */
const addStory = (block: Block, story: SuggestionStory, people: SeededPeople, now: Date): void => {
  const { id, author, community, createdAt, outcome } = story
  const owner = author ?? id
  const bandThen = (at: Date): string | null => (author === null ? null : people.bandThen(author, at))
  const { derived, facts, timeline, parties, updatedAt } = historyOf(story, now)
  const [longitude, latitude] = story.place.coordinates
  block.suggestions.push([
    ...[id, owner, story.number, story.kind, story.text[story.language], longitude, latitude, story.address, community, story.cell, author],
    ...[
      author === null,
      story.channel,
      story.enteredBy?.id,
      story.assent?.form,
      story.assent?.at,
      story.assent?.witness,
      createdAt,
      updatedAt,
    ],
    ...[story.withdrawnAt, story.mergedInto, story.supporters.length, isCleared(story.index), story.proposedItem, bandThen(createdAt)],
    ...[derived.stage, derived.stageUntil, derived.limitAt, derived.resolvedAt, story.reopenings.length],
  ])
  for (const { resident, at, movedFrom } of story.supporters)
    block.supports.push([id, resident, at, movedFrom, people.bandThen(resident, at)])
  // As JSON texts: an empty list would be taken for an empty array of SQL.
  block.suggestion_facts.push([id, JSON.stringify(facts), JSON.stringify(timeline), parties])
  if (outcome !== null)
    block.outcomes.push([id, owner, community, outcome.resolved, outcome.score, outcome.comment, outcome.at, bandThen(outcome.at)])
  story.reopenings.forEach(({ reason, at }, i) => block.reopenings.push([id, i + 1, owner, reason, at]))
  for (const { id: handling, department, questions } of story.caseHandlings)
    for (const question of questions) block.case_questions.push([question.id, id, handling, department, question.at, question.pausedUntil])
  for (const { id: answer, question, text, at } of story.answers) block.case_answers.push([answer, owner, question, id, text, at])
  for (const { id: triage, route, duplicateOf, at } of story.triages) {
    if (route !== 'DUPLICATE') continue
    const state = story.mergedAt === null ? 'PENDING' : 'MERGED'
    block.merges.push([triage, id, duplicateOf, at, addDays(at, CONTEST_DAYS, 'CALENDAR', calendar), state])
  }
}

/** Suggestions with all that belongs to them, in blocks and in one pass over the street; `now` is the street's today. */
export function* tablesOfSuggestions(street: Street, people: SeededPeople): Generator<BulkTable> {
  const now = new Date(street.manifest.anchor)
  let block = emptyBlock()
  let held = 0
  for (const story of street.suggestions()) {
    addStory(block, story, people, now)
    if (++held < STORIES_PER_BLOCK) continue
    yield* blockTables(block)
    block = emptyBlock()
    held = 0
  }
  yield* blockTables(block)
}
