import { HubError } from '@commonhall/shared/errors'
import type { SuggestionKind, SuggestionStage } from '@commonhall/shared/matters'
import { parseTypeId } from '@commonhall/shared/typeid'

import type { Suggestion, SuggestionFilter } from './suggestion.js'

/** What a client asks a list for. */
export interface FilterInput {
  readonly kinds?: readonly SuggestionKind[] | null
  readonly stages?: readonly SuggestionStage[] | null
  readonly cell?: string | null
  readonly overdue?: boolean | null
  readonly search?: string | null
  readonly updatedSince?: Date | null
}

const MAX_SEARCH_LENGTH = 100

const invalid = (zh: string, en: string): never => {
  throw new HubError('INVALID_INPUT', { sentence: { zh, en } })
}

/** Reads a filter; throws INVALID_INPUT for a search that is empty, too long or not text. A malformed cell finds nothing. */
export const readFilter = (input: FilterInput | null | undefined, now: Date): SuggestionFilter => {
  const search = input?.search ?? null
  if (search !== null && (search.trim() === '' || search.length > MAX_SEARCH_LENGTH || search.includes('\u0000')))
    invalid(`search 应为 1 到 ${MAX_SEARCH_LENGTH} 个字符。`, `'search' must have 1 to ${MAX_SEARCH_LENGTH} characters.`)
  const cell = input?.cell ?? null
  return {
    kinds: input?.kinds ?? null,
    stages: input?.stages ?? null,
    cell: cell === null ? null : (parseTypeId(cell)?.id ?? ''),
    search: search?.trim() ?? null,
    updatedSince: input?.updatedSince?.toISOString() ?? null,
    overdueAt: input?.overdue === true ? now.toISOString() : null,
  }
}

/** Whether an entry is what a filter lets through; what a list's statement decides, for one entry in hand. Pure. */
export const isInFilter = (suggestion: Suggestion, filter: SuggestionFilter): boolean => {
  const { kinds, stages, cell, search, updatedSince, overdueAt } = filter
  const isFound = search === null || (suggestion.textCleared && suggestion.text.toLowerCase().includes(search.toLowerCase()))
  return (
    isFound &&
    (kinds === null || kinds.includes(suggestion.kind)) &&
    (stages === null || stages.includes(suggestion.stage)) &&
    (cell === null || suggestion.cellId === cell) &&
    (updatedSince === null || suggestion.updatedAt >= new Date(updatedSince)) &&
    (overdueAt === null || (suggestion.dueAt !== null && suggestion.dueAt < new Date(overdueAt)))
  )
}
