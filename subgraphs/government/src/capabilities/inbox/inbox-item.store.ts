import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { ClosedWhy, InboxItem, NewInboxItem } from './inbox-item.js'

const COLUMNS = `i.id, i.owner_party_id as "ownerPartyId", i.suggestion_id as "suggestionId", i.community_id as "communityId",
  i.triage_id as "triageId", i.round, i.function_item_id as "functionItemId", i.arrived_at as "arrivedAt", i.answer_by as "answerBy",
  i.handling_id as "handlingId", i.answered_at as "answeredAt", i.closed_at as "closedAt", i.closed_why as "closedWhy"`
const BY_IDS = sql('inbox_items.by_ids', `select ${COLUMNS} from inbox_items i where i.id = any($1)`)
const OF_SUGGESTIONS = sql(
  'inbox_items.of_suggestions',
  `select ${COLUMNS} from inbox_items i where i.suggestion_id = any($1) and i.owner_party_id = $2 order by i.arrived_at, i.id`,
)
/** The open one first; there is one at most (inbox_items_one_open). */
const LOCK_LATEST = sql(
  'inbox_items.lock_latest',
  `select ${COLUMNS} from inbox_items i where i.suggestion_id = $1 and i.owner_party_id = $2
   order by (i.answered_at is null and i.closed_at is null) desc, i.arrived_at desc, i.id desc limit 1 for update`,
)
const KEYSET = `and ($2::timestamptz is null or (i.answer_by, i.id) > ($2, $3)) order by i.answer_by, i.id limit $4`
/** What waits for an answer has an index of its own: among all that is unfinished it is little, and the late come first. */
const WAITING = sql(
  'inbox_items.waiting',
  `select ${COLUMNS} from inbox_items i where i.owner_party_id = $1 and i.answered_at is null and i.closed_at is null
     and ($5::boolean is null or (i.answer_by < $6) = $5) ${KEYSET}`,
)
const ON_DESK = sql(
  'inbox_items.on_desk',
  `select ${COLUMNS} from inbox_items i where i.owner_party_id = $1 and i.finished_at is null
     and ($5::boolean is null or i.answered_at is not null or i.answer_by >= $6) and (not $7 or i.answered_at is not null) ${KEYSET}`,
)
/** A second triage of the same name, or an item that is still open, adds nothing. */
const ADD = sql(
  'inbox_items.add',
  `with item as (
     insert into inbox_items (id, owner_party_id, suggestion_id, community_id, triage_id, round, function_item_id, arrived_at, answer_by,
       closed_at, closed_why, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10) on conflict do nothing
     returning id, owner_party_id, community_id, arrived_at, answer_by, closed_at)
   insert into answer_records (item_id, owner_party_id, community_id, arrived_at, answer_by, closed_at) select * from item`,
)
const ANSWER = sql(
  'inbox_items.answer',
  `with item as (update inbox_items set handling_id = $2, answered_at = $3, finished_at = $4 where id = $1 returning id)
   update answer_records r set answered_at = $3 from item where r.item_id = item.id`,
)
const FINISH = sql('inbox_items.finish', `update inbox_items set finished_at = $2 where id = $1 and finished_at is null`)
const CLOSE = sql(
  'inbox_items.close',
  `with item as (
     update inbox_items set closed_at = $2, closed_why = $3, finished_at = $2
     where suggestion_id = $1 and owner_party_id = $4 and answered_at is null and closed_at is null and triage_id is distinct from $5 returning id)
   update answer_records r set closed_at = $2 from item where r.item_id = item.id`,
)
const FINISH_ALL = sql(
  'inbox_items.finish_all',
  `update inbox_items set finished_at = $2 where suggestion_id = $1 and owner_party_id = $3 and finished_at is null`,
)

/** Items by id; ids of other departments are absent, because row security hides them. One statement. */
export const findInboxItems = (reader: SqlReader, ids: readonly string[]): Promise<InboxItem[]> => reader.rows<InboxItem>(BY_IDS, [ids])

/** All places that suggestions have or had on a department's desk, oldest first. One statement. */
export const findInboxItemsOf = (reader: SqlReader, suggestionIds: readonly string[], departmentId: string): Promise<InboxItem[]> =>
  reader.rows<InboxItem>(OF_SUGGESTIONS, [suggestionIds, departmentId])

/** An item of the department for which the transaction acts, or null. */
export const findItemOf = async (tx: Tx, id: string): Promise<InboxItem | null> => (await findInboxItems(tx, [id]))[0] ?? null

/** The department's open item of a suggestion, else its last one, locked until the transaction ends; null when it never had any. */
export const lockLatestItem = async (tx: Tx, departmentId: string, suggestionId: string): Promise<InboxItem | null> =>
  (await tx.rows<InboxItem>(LOCK_LATEST, [suggestionId, departmentId]))[0] ?? null

/** What of the desk is asked for; null asks for both. */
export interface DeskFilter {
  readonly answered: boolean | null
  readonly overdue: boolean | null
}

/** A page of what a department has not finished, by answer limit; `limit + 1` items. The page's keys are milliseconds and id. */
export const pageInbox = async (
  reader: SqlReader,
  departmentId: string,
  { answered, overdue }: DeskFilter,
  page: Page,
  now: Date,
): Promise<InboxItem[]> => {
  const [ms, id] = page.after ?? []
  const after = ms === undefined ? null : new Date(Number(ms))
  const values = [departmentId, after, id ?? null, page.limit + 1, overdue, now]
  // Only what waits can be late, so nothing is both answered and overdue.
  if (answered === true && overdue === true) return []
  if (answered === false || overdue === true) return reader.rows<InboxItem>(WAITING, values)
  return reader.rows<InboxItem>(ON_DESK, [...values, answered === true])
}

/** Puts an item on the desk of its department, for which the transaction must act. Twice is once. */
export const addInboxItem = async (tx: Tx, item: NewInboxItem): Promise<void> => {
  await tx.rows(ADD, [
    item.id,
    item.ownerPartyId,
    item.suggestionId,
    item.communityId,
    item.triageId,
    item.round,
    item.functionItemId,
    item.arrivedAt,
    item.answerBy,
    item.closedAt,
    item.closedWhy,
  ])
}

/** Notes the answer to an item; `isFinished` takes it off the desk, as a decline does. */
export const answerInboxItem = async (
  tx: Tx,
  answer: { readonly itemId: string; readonly handlingId: string; readonly at: Date; readonly isFinished: boolean },
): Promise<void> => {
  await tx.rows(ANSWER, [answer.itemId, answer.handlingId, answer.at, answer.isFinished ? answer.at : null])
}

/** Takes an answered item off the desk. */
export const finishInboxItem = async (tx: Tx, itemId: string, at: Date): Promise<void> => {
  await tx.rows(FINISH, [itemId, at])
}

/** Closes a department's unanswered items of a suggestion; those of the triage `exceptTriage` stay. */
export const closeInboxItems = async (
  tx: Tx,
  close: { readonly suggestionId: string; departmentId: string; at: Date; why: ClosedWhy; exceptTriage: string | null },
): Promise<void> => {
  await tx.rows(CLOSE, [close.suggestionId, close.at, close.why, close.departmentId, close.exceptTriage])
}

/** Takes everything of a suggestion off a department's desk, also what it has accepted. */
export const finishInboxItems = async (tx: Tx, suggestionId: string, departmentId: string, at: Date): Promise<void> => {
  await tx.rows(FINISH_ALL, [suggestionId, at, departmentId])
}
