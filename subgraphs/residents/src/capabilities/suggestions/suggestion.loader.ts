import { batchLoader, pagedLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { parseTypeId } from '@commonhall/shared/typeid'

import { pageSuggestions, type ListScope } from './suggestion-list.store.js'
import { isNumber, type Suggestion, type SuggestionFilter } from './suggestion.js'
import { findSuggestionByNumber, findSuggestions } from './suggestion.store.js'

/** Entries by id; one statement per batch, null for an unknown or malformed id. */
export const suggestionById = (reader: SqlReader) =>
  batchLoader<Suggestion>(
    (ids) =>
      findSuggestions(
        reader,
        ids.filter((id) => parseTypeId(id)?.prefix === 'sug'),
      ),
    (suggestion) => suggestion.id,
  )

/** The entry of a public number; null for an unknown or malformed one. */
export const suggestionByNumber =
  (reader: SqlReader) =>
  (number: string): Promise<Suggestion | null> =>
    isNumber(number) ? findSuggestionByNumber(reader, number) : Promise.resolve(null)

/** Pages of the entries of communities, cells, authors or the whole street; one statement per distinct page and filter. */
export const suggestionsOf = (reader: SqlReader, scope: ListScope) =>
  pagedLoader<SuggestionFilter, Suggestion>((ids, page, filter) => pageSuggestions(reader, scope, ids, page, filter))
