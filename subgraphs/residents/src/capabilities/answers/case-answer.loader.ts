import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { CaseAnswer } from './case-answer.js'
import { findAnswers, findAnswersOf } from './case-answer.store.js'

/** Answers by id; one statement per batch, null for an unknown or malformed id. */
export const caseAnswerById = (reader: SqlReader) =>
  batchLoader<CaseAnswer>(
    (ids) => findAnswers(reader, wellFormed('can', ids)),
    (answer) => answer.id,
  )

/** Answers of each suggestion, oldest first; one statement per batch. */
export const caseAnswersOf = (reader: SqlReader) =>
  groupLoader<CaseAnswer>(
    (ids) => findAnswersOf(reader, ids),
    (answer) => answer.suggestionId,
  )
