import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { CaseAnswer, CaseQuestion } from './case-answer.js'

const COLUMNS = `id, question_id as "questionId", suggestion_id as "suggestionId", text, at`
const BY_IDS = sql('case_answers.by_ids', `select ${COLUMNS} from case_answers where id = any($1)`)
const OF_SUGGESTIONS = sql(
  'case_answers.of_suggestions',
  `select ${COLUMNS} from case_answers where suggestion_id = any($1) order by at, id`,
)
const ANSWERED = sql('case_answers.answered', `select 1 from case_answers where question_id = $1`)
const INSERT = sql(
  'case_answers.insert',
  `insert into case_answers (id, owner_party_id, question_id, suggestion_id, text, at) values ($1,$2,$3,$4,$5,$6)`,
)
const QUESTION = sql(
  'case_questions.by_id',
  `select id, suggestion_id as "suggestionId", handling_id as "handlingId", paused_until as "pausedUntil" from case_questions where id = $1`,
)
const KEEP_QUESTION = sql(
  'case_questions.keep',
  `insert into case_questions (id, suggestion_id, handling_id, department_id, asked_at, paused_until) values ($1,$2,$3,$4,$5,$6)
   on conflict on constraint case_questions_pk do nothing`,
)

/** Answers by id, in no order; unknown ids are absent. One statement. */
export const findAnswers = (reader: SqlReader, ids: readonly string[]): Promise<CaseAnswer[]> => reader.rows<CaseAnswer>(BY_IDS, [ids])

/** The answers given about suggestions, oldest first. One statement. */
export const findAnswersOf = (reader: SqlReader, suggestionIds: readonly string[]): Promise<CaseAnswer[]> =>
  reader.rows<CaseAnswer>(OF_SUGGESTIONS, [suggestionIds])

/** A question that a department asked, or null. */
export const findQuestion = async (reader: SqlReader, id: string): Promise<CaseQuestion | null> =>
  (await reader.rows<CaseQuestion>(QUESTION, [id]))[0] ?? null

/** Keeps a question that a department asked; the first telling stands. */
export const keepQuestion = async (
  tx: Tx,
  question: CaseQuestion & { readonly departmentId: string; readonly askedAt: Date },
): Promise<void> => {
  const { id, suggestionId, handlingId, departmentId, askedAt, pausedUntil } = question
  await tx.rows(KEEP_QUESTION, [id, suggestionId, handlingId, departmentId, askedAt, pausedUntil])
}

/** Whether a question has its answer. */
export const isAnswered = async (tx: Tx, questionId: string): Promise<boolean> => (await tx.rows(ANSWERED, [questionId])).length > 0

/** Stores an answer; the transaction must act for the entry's owner. A second one violates `case_answers_once_per_question`. */
export const insertAnswer = async (tx: Tx, answer: CaseAnswer, ownerPartyId: string): Promise<void> => {
  await tx.rows(INSERT, [answer.id, ownerPartyId, answer.questionId, answer.suggestionId, answer.text, answer.at])
}
