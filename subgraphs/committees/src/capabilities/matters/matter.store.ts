import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Answer, Matter } from './matter.js'

const MATTER = `id, number, community_id as "communityId", cell_id as "cellId", kind, channel, proposed_item as "proposedItem",
  created_at as "createdAt", withdrawn_at as "withdrawnAt", merged_into as "mergedInto", reopened_at as "reopenedAt",
  on_desk_since as "onDeskSince"`
const BY_ID = sql('matters.by_id', `select ${MATTER} from matters where id = $1`)
// Acts and events on one matter go one after the other, also when its submission is not known yet.
const HOLD = sql('matters.hold', `insert into matters (id) values ($1) on conflict on constraint matters_pk do nothing`)
const LOCK = sql('matters.lock', `select ${MATTER} from matters where id = $1 for update`)
const SUBMITTED = sql(
  'matters.submitted',
  `update matters set number = $2, community_id = $3, cell_id = $4, kind = $5, channel = $6, proposed_item = $7, created_at = $8 where id = $1`,
)
const MARK = sql(
  'matters.mark',
  `update matters set withdrawn_at = $2, merged_into = $3, reopened_at = $4, on_desk_since = $5 where id = $1`,
)
const ANSWERS = sql(
  'answers.of_suggestion',
  `select handling_id as "handlingId", suggestion_id as "suggestionId", party_id as "partyId", verdict, reason, at, resolved_at as "resolvedAt"
   from answers where suggestion_id = $1 order by at, handling_id`,
)
const KEEP_ANSWER = sql(
  'answers.keep',
  `insert into answers (handling_id, suggestion_id, party_id, verdict, reason, at, resolved_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict on constraint answers_pk do update set verdict = excluded.verdict, reason = excluded.reason,
     at = least(answers.at, excluded.at), resolved_at = coalesce(excluded.resolved_at, answers.resolved_at)`,
)

/** A matter, or null when no event has told of it. */
export const findMatter = async (reader: SqlReader, id: string): Promise<Matter | null> =>
  (await reader.rows<Matter>(BY_ID, [id]))[0] ?? null

/** The matter, held until the transaction ends: whatever is decided about it is decided one after the other. Null when unknown. */
export const lockMatter = async (tx: Tx, id: string): Promise<Matter | null> => (await tx.rows<Matter>(LOCK, [id]))[0] ?? null

/** The matter, held likewise, for events: made on the spot when its submission has not come yet, so that no fact is lost. */
export const holdMatter = async (tx: Tx, id: string): Promise<Matter> => {
  await tx.rows(HOLD, [id])
  const matter = await lockMatter(tx, id)
  if (matter === null) throw new Error('A matter vanished inside a transaction.')
  return matter
}

/** Writes what the submission told. */
export const saveSubmission = async (tx: Tx, matter: Matter): Promise<void> => {
  const { id, number, communityId, cellId, kind, channel, proposedItem, createdAt } = matter
  await tx.rows(SUBMITTED, [id, number, communityId, cellId, kind, channel, proposedItem, createdAt])
}

/** Writes what happened to it since. */
export const saveMarks = async (tx: Tx, matter: Matter): Promise<void> => {
  await tx.rows(MARK, [matter.id, matter.withdrawnAt, matter.mergedInto, matter.reopenedAt, matter.onDeskSince])
}

/** The other parties' answers to a matter, oldest first; a handful. */
export const findAnswers = (reader: SqlReader, suggestionId: string): Promise<Answer[]> => reader.rows<Answer>(ANSWERS, [suggestionId])

/** Remembers an answer or its end, in whatever order they come. */
export const keepAnswer = async (tx: Tx, answer: Answer): Promise<void> => {
  const { handlingId, suggestionId, partyId, verdict, reason, at, resolvedAt } = answer
  await tx.rows(KEEP_ANSWER, [handlingId, suggestionId, partyId, verdict, reason, at, resolvedAt])
}
