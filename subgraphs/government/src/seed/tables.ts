import type { BulkTable } from '@commonhall/shared/persistence'
import type { Street, SuggestionStory } from '@commonhall/street'

import { toHandlingRow } from '../capabilities/cases/case-handling.store.js'
import type { CaseHandling } from '../capabilities/cases/case-handling.js'
import type { FunctionItem } from '../capabilities/functions/index.js'
import { createStoryReader, type SeededItem } from './story-cases.js'

/** Function items as the departments publish them; the legal basis in the language of the law. */
export const functionItemsOf = (street: Street): FunctionItem[] =>
  street.functionItems.map((item) => ({
    id: item.id,
    code: item.code,
    titleZh: item.title.zh,
    titleEn: item.title.en,
    list: item.list,
    ownerPartyId: item.owner,
    supporting: item.supporting,
    legalBasis: item.legalBasis.zh,
    respondWithinDays: item.respondWithin,
    resolveWithinDays: item.resolveWithin,
    clock: item.clock,
    keywords: item.keywords,
    validFrom: item.validFrom,
    validUntil: null,
  }))

const columnsOf = <Row extends object>(names: { readonly [K in keyof Row]: string }) => ({
  columns: Object.values<string>(names),
  rowOf: (row: Row): unknown[] => Object.keys(names).map((key) => row[key as keyof Row]),
})

const FUNCTION_ITEMS = columnsOf<FunctionItem>({
  id: 'id',
  ownerPartyId: 'owner_party_id',
  code: 'code',
  titleZh: 'title_zh',
  titleEn: 'title_en',
  list: 'list',
  supporting: 'supporting',
  legalBasis: 'legal_basis',
  respondWithinDays: 'respond_within_days',
  resolveWithinDays: 'resolve_within_days',
  clock: 'clock',
  keywords: 'keywords',
  validFrom: 'valid_from',
  validUntil: 'valid_until',
})

const INBOX_ITEMS = columnsOf<SeededItem>({
  id: 'id',
  ownerPartyId: 'owner_party_id',
  suggestionId: 'suggestion_id',
  communityId: 'community_id',
  triageId: 'triage_id',
  round: 'round',
  functionItemId: 'function_item_id',
  arrivedAt: 'arrived_at',
  answerBy: 'answer_by',
  handlingId: 'handling_id',
  answeredAt: 'answered_at',
  closedAt: 'closed_at',
  closedWhy: 'closed_why',
  finishedAt: 'finished_at',
})

const ANSWER_RECORDS = columnsOf<
  Pick<SeededItem, 'id' | 'ownerPartyId' | 'communityId' | 'arrivedAt' | 'answerBy' | 'answeredAt' | 'closedAt'>
>({
  id: 'item_id',
  ownerPartyId: 'owner_party_id',
  communityId: 'community_id',
  arrivedAt: 'arrived_at',
  answerBy: 'answer_by',
  answeredAt: 'answered_at',
  closedAt: 'closed_at',
})

const CASE_HANDLINGS = columnsOf<ReturnType<typeof toHandlingRow>>({
  id: 'id',
  ownerPartyId: 'owner_party_id',
  suggestionId: 'suggestion_id',
  communityId: 'community_id',
  inboxItemId: 'inbox_item_id',
  triageId: 'triage_id',
  verdict: 'verdict',
  reason: 'reason',
  explanation: 'explanation',
  suggestedOwnerId: 'suggested_owner_id',
  promise: 'promise',
  firstDueAt: 'first_due_at',
  dueAt: 'due_at',
  keptAt: 'kept_at',
  extensionCount: 'extension_count',
  resolution: 'resolution',
  resolvedAt: 'resolved_at',
  costAmount: 'cost_amount',
  costCurrency: 'cost_currency',
  at: 'at',
  lapsedAt: 'lapsed_at',
  lapsedWhy: 'lapsed_why',
  dueToldFor: 'due_told_for',
  brokenToldFor: 'broken_told_for',
  watchAt: 'watch_at',
})

/** Parties, function list and rules: the small tables. */
export function* smallTables(street: Street): Generator<BulkTable> {
  yield {
    table: 'departments',
    columns: ['id', 'code', 'name_zh', 'name_en', 'business_unit'],
    rows: street.departments.map(({ id, code, name, businessUnit }) => [id, code, name.zh, name.en, businessUnit]),
  }
  yield { table: 'function_items', columns: FUNCTION_ITEMS.columns, rows: functionItemsOf(street).map(FUNCTION_ITEMS.rowOf) }
  yield {
    table: 'communities',
    columns: ['id', 'max_extensions'],
    rows: street.communities.map(({ id, rules }) => [id, rules.maxExtensions]),
  }
}

/** Stories whose rows are held in memory at once. */
const CHUNK = 5_000

/** Everything about suggestions, oldest first, a chunk of stories at a time. One pass over the street. */
export function* storyTables(street: Street): Generator<BulkTable> {
  const functionItems = new Map(functionItemsOf(street).map((item) => [item.id, item]))
  const read = createStoryReader(new Date(street.manifest.anchor), functionItems)
  let chunk = newChunk()
  for (const story of street.suggestions()) {
    addStory(chunk, story, read(story))
    if (chunk.suggestions.length < CHUNK) continue
    yield* tablesOf(chunk)
    chunk = newChunk()
  }
  yield* tablesOf(chunk)
}

const newChunk = () => ({
  suggestions: [] as unknown[][],
  items: [] as SeededItem[],
  handlings: [] as CaseHandling[],
  notes: [] as unknown[][],
  questions: [] as unknown[][],
})
type Chunk = ReturnType<typeof newChunk>

const addStory = (chunk: Chunk, story: SuggestionStory, { items, handlings }: ReturnType<ReturnType<typeof createStoryReader>>): void => {
  const triage = story.triages.at(-1)
  const departments = [...new Set(items.map(({ ownerPartyId }) => ownerPartyId))].sort()
  chunk.suggestions.push([
    story.id,
    story.community,
    triage?.id ?? null,
    triage?.route ?? null,
    triage?.at ?? null,
    departments,
    story.withdrawnAt,
    story.mergedInto,
    story.mergedAt,
  ])
  chunk.items.push(...items)
  chunk.handlings.push(...handlings)
  for (const { id, department, progress, questions } of story.caseHandlings) {
    for (const { at, text } of progress) chunk.notes.push([department, id, at, text])
    for (const { id: question, text, at, pausedUntil } of questions) {
      const answeredAt = story.answers.find((answer) => answer.question === question)?.at ?? null
      chunk.questions.push([question, department, id, text, at, pausedUntil, answeredAt])
    }
  }
}

function* tablesOf({ suggestions, items, handlings, notes, questions }: Chunk): Generator<BulkTable> {
  const known = ['id', 'community_id', 'triage_id', 'triage_route', 'triaged_at', 'departments', 'withdrawn_at', 'merged_into', 'merged_at']
  yield { table: 'suggestions', columns: known, rows: suggestions }
  yield { table: 'inbox_items', columns: INBOX_ITEMS.columns, rows: items.map(INBOX_ITEMS.rowOf) }
  yield { table: 'answer_records', columns: ANSWER_RECORDS.columns, rows: items.map(ANSWER_RECORDS.rowOf) }
  yield { table: 'case_handlings', columns: CASE_HANDLINGS.columns, rows: handlings.map((one) => CASE_HANDLINGS.rowOf(toHandlingRow(one))) }
  yield { table: 'progress_notes', columns: ['owner_party_id', 'handling_id', 'at', 'text'], rows: notes }
  const asked = ['id', 'owner_party_id', 'handling_id', 'text', 'at', 'paused_until', 'answered_at']
  yield { table: 'case_questions', columns: asked, rows: questions }
}
