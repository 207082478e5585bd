import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { CharterList, FunctionItem } from './function-item.js'
import { FunctionItemRow } from './function-item.entity.js'

const COLUMNS = `id, code, title_zh as "titleZh", title_en as "titleEn", list, owner_party_id as "ownerPartyId", supporting,
  legal_basis as "legalBasis", respond_within_days as "respondWithinDays", resolve_within_days as "resolveWithinDays", clock, keywords,
  valid_from::text as "validFrom", valid_until::text as "validUntil"`
const BY_IDS = sql('function_items.by_ids', `select ${COLUMNS} from function_items where id = any($1)`)
const BY_CODE = sql('function_items.by_code', `select ${COLUMNS} from function_items where code = $1`)
const IN_FORCE = sql(
  'function_items.in_force',
  `select ${COLUMNS} from function_items where valid_until is null or valid_until >= $1::date order by code`,
)
const OF_DEPARTMENTS = sql(
  'function_items.of_departments',
  `select i.* from unnest($1::text[]) as d(id) cross join lateral (
     select ${COLUMNS} from function_items
     where owner_party_id = d.id and ($2::text is null or list = $2) and ($3::text is null or code > $3)
     order by code limit $4) i`,
)

/** Items by id, in no order; unknown ids are absent. One statement. */
export const findFunctionItems = (reader: SqlReader, ids: readonly string[]): Promise<FunctionItem[]> =>
  reader.rows<FunctionItem>(BY_IDS, [ids])

/** The item of a code, or null. */
export const findFunctionItemByCode = async (reader: SqlReader, code: string): Promise<FunctionItem | null> =>
  (await reader.rows<FunctionItem>(BY_CODE, [code]))[0] ?? null

/** The whole list in force on a day (340 lines): the matcher's input. */
export const listFunctionItems = (reader: SqlReader, on: string): Promise<FunctionItem[]> => reader.rows<FunctionItem>(IN_FORCE, [on])

/** A page of each department's items by code, `limit + 1` of each; one statement for all departments. */
export const pageFunctionItems = async (
  reader: SqlReader,
  departmentIds: readonly string[],
  page: Page,
  list: CharterList | null,
): Promise<Map<string, FunctionItem[]>> => {
  const rows = await reader.rows<FunctionItem>(OF_DEPARTMENTS, [departmentIds, list, page.after?.[0] ?? null, page.limit + 1])
  const pages = new Map<string, FunctionItem[]>()
  for (const row of rows) pages.set(row.ownerPartyId, [...(pages.get(row.ownerPartyId) ?? []), row])
  return pages
}

/** Stores a new item, or the changed one under its code. */
export const saveFunctionItem = async (tx: Tx, item: FunctionItem): Promise<void> => {
  await tx.manager.upsert(FunctionItemRow, { ...item, supporting: [...item.supporting], keywords: [...item.keywords] }, ['id'])
}
