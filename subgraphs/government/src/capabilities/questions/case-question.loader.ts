import { batchLoader, groupLoader } from '@commonhall/shared/loading'
import type { SqlReader } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { CaseQuestion } from './case-question.js'
import { findCaseQuestions, findQuestionsOf } from './case-question.store.js'

/** Loaders of questions for one request; each is one statement per batch. */
export const questionLoaders = (reader: SqlReader) => ({
  caseQuestionById: batchLoader<CaseQuestion>(
    (ids) => findCaseQuestions(reader, wellFormed('cqu', ids)),
    (question) => question.id,
  ),
  questionsOfHandling: groupLoader<CaseQuestion>(
    (ids) => findQuestionsOf(reader, ids),
    (question) => question.handlingId,
  ),
})
