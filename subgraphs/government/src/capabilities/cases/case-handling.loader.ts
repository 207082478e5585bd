import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { CaseHandling } from './case-handling.js'
import { findCaseHandlings, findCaseHandlingsOf } from './case-handling.store.js'
import { findProgressNotes, type ProgressNote } from './progress-note.store.js'

/** Loaders of cases for one request; each is one statement per batch. Answers of a suggestion and notes come oldest first. */
export const caseLoaders = (reader: SqlReader) => ({
  caseHandlingById: batchLoader<CaseHandling>(
    (ids) => findCaseHandlings(reader, wellFormed('csh', ids)),
    (handling) => handling.id,
  ),
  caseHandlingsOfSuggestion: groupLoader<CaseHandling>(
    (ids) => findCaseHandlingsOf(reader, wellFormed('sug', ids)),
    (handling) => handling.suggestionId,
  ),
  progressOfHandling: groupLoader<ProgressNote>(
    (ids) => findProgressNotes(reader, ids),
    (note) => note.handlingId,
  ),
})
