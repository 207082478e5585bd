import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { TriageItemRow } from './triage-item.entity.js'
import type { DeskFilter, DeskState, TriageItem } from './triage-item.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", cell_id as "cellId", kind, state,
  arrived_at as "arrivedAt", triage_by as "triageBy", bounces, proposed_item as "proposedItem", closed_at as "closedAt"`
const BY_IDS = sql('triage_items.by_ids', `select ${COLUMNS} from triage_items where id = any($1)`)

const OF_SUGGESTIONS = sql(
  'triage_items.of_suggestions',
  `select ${COLUMNS} from triage_items where suggestion_id = any($1) order by arrived_at, id`,
)

// Each state is a range of one index, so the first and the two-hundredth page cost the same; the states are merged at the end. The index
// of the cell is another statement, because one prepared plan cannot serve both.
const page = (ofCell: string): string =>
  `select i.* from unnest($2::text[]) as s(state) cross join lateral (
     select ${COLUMNS} from triage_items
     where owner_party_id = $1 and triage_items.state = s.state ${ofCell}
       and triage_by >= coalesce($3::timestamptz, '-infinity') and (triage_by, id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::text, ''))
       and triage_by < coalesce($5::timestamptz, 'infinity') and arrived_at < coalesce($6::timestamptz, 'infinity')
       and ($7::text[] is null or kind = any($7))
     order by triage_by, id limit $8) i
   order by i."triageBy", i.id limit $8`
const DESK = sql('triage_items.desk', page(''))
const DESK_OF_CELL = sql('triage_items.desk_of_cell', page('and cell_id = $9'))
const WAITING = sql('triage_items.waiting', `select ${COLUMNS} from triage_items where suggestion_id = $1 and state = 'WAITING' for update`)
const CLOSE = sql(
  'triage_items.close',
  `update triage_items set state = $2, closed_at = $3 where suggestion_id = $1 and state = 'WAITING' returning id`,
)
const BOUNCE = sql('triage_items.bounce', `update triage_items set bounces = $2, proposed_item = coalesce($3, proposed_item) where id = $1`)
const OVERDUE = sql(
  'triage_items.overdue',
  `update triage_items set overdue_told = true where id in (
     select id from triage_items where owner_party_id = $1 and state = 'WAITING' and not overdue_told and triage_by < $2
     order by triage_by limit $3 for update skip locked)
   returning ${COLUMNS}`,
)

/** Places on the desk by id, as far as the party of the transaction may see them; in no order. One statement. */
export const findTriageItems = (reader: SqlReader, ids: readonly string[]): Promise<TriageItem[]> => reader.rows<TriageItem>(BY_IDS, [ids])

/** All stays of suggestions, oldest first, as far as the party of the transaction may see them. One statement. */
export const findTriageItemsOf = (reader: SqlReader, suggestionIds: readonly string[]): Promise<TriageItem[]> =>
  reader.rows<TriageItem>(OF_SUGGESTIONS, [suggestionIds])

/** A page of a committee's desk by limit, `limit + 1` of it. One statement; its cost does not grow with the page's number. */
export const pageDesk = (reader: SqlReader, committeeId: string, { after, limit }: Page, filter: DeskFilter): Promise<TriageItem[]> => {
  const [triageBy, id] = after ?? [null, null]
  const { states, kinds, cellId, overdueAt, arrivedBefore } = filter
  const values = [committeeId, [...new Set(states)], triageBy, id, overdueAt, arrivedBefore, kinds, limit + 1]
  return cellId === null ? reader.rows<TriageItem>(DESK, values) : reader.rows<TriageItem>(DESK_OF_CELL, [...values, cellId])
}

/** The place where a suggestion waits now, held until the transaction ends; null when it waits nowhere. */
export const findWaiting = async (tx: Tx, suggestionId: string): Promise<TriageItem | null> =>
  (await tx.rows<TriageItem>(WAITING, [suggestionId]))[0] ?? null

/** Stores a new place. The constraint `triage_items_waiting_once` lets a suggestion wait once at a time. */
export const saveTriageItem = async (tx: Tx, item: TriageItem): Promise<void> => {
  await tx.manager.insert(TriageItemRow, { ...item })
}

/** Ends the stay of a suggestion on the desk; nothing happens when it waits nowhere. */
export const closeWaiting = async (tx: Tx, suggestionId: string, state: DeskState, at: Date): Promise<void> => {
  await tx.rows(CLOSE, [suggestionId, state, at])
}

/** Counts one more "not my function" on a place that waits already, with the owner it names. */
export const bounceWaiting = async (tx: Tx, id: string, bounces: number, proposedItem: string | null): Promise<void> => {
  await tx.rows(BOUNCE, [id, bounces, proposedItem])
}

/** Marks places of one committee that are past their limit and not told yet, at most `limit`, and hands them out. */
export const takeOverdue = (tx: Tx, committeeId: string, now: Date, limit: number): Promise<TriageItem[]> =>
  tx.rows<TriageItem>(OVERDUE, [committeeId, now, limit])
