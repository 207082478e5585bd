import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { CaseQuestionRow } from './case-question.entity.js'
import type { CaseQuestion } from './case-question.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", handling_id as "handlingId", text, at, paused_until as "pausedUntil", answered_at as "answeredAt"`
const BY_IDS = sql('case_questions.by_ids', `select ${COLUMNS} from case_questions where id = any($1)`)
const OF_HANDLINGS = sql(
  'case_questions.of_handlings',
  `select ${COLUMNS} from case_questions where handling_id = any($1) order by handling_id, at, id`,
)
const ANSWERED = sql(
  'case_questions.answered',
  `update case_questions set answered_at = $2 where id = $1 and answered_at is null returning id`,
)

/** Questions by id, in no order; unknown ids are absent. One statement. */
export const findCaseQuestions = (reader: SqlReader, ids: readonly string[]): Promise<CaseQuestion[]> =>
  reader.rows<CaseQuestion>(BY_IDS, [ids])

/** Questions of these handlings, oldest first. One statement. */
export const findQuestionsOf = (reader: SqlReader, handlingIds: readonly string[]): Promise<CaseQuestion[]> =>
  reader.rows<CaseQuestion>(OF_HANDLINGS, [handlingIds])

/** Stores a new question. */
export const addCaseQuestion = async (tx: Tx, question: CaseQuestion): Promise<void> => {
  await tx.manager.insert(CaseQuestionRow, question)
}

/** Notes the first answer to a question; false when it had one. */
export const markAnswered = async (tx: Tx, id: string, at: Date): Promise<boolean> => (await tx.rows(ANSWERED, [id, at])).length === 1
