import type { Page } from '@commonhall/shared/loading'
import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { byParent } from '../../page.js'
import { VisitRow } from './visit.entity.js'
import type { Visit } from './visit.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", community_id as "communityId", cell_id as "cellId", at, by_role as "byRole", households, note`
const BY_IDS = sql('visits.by_ids', `select ${COLUMNS} from visits where id = any($1)`)
const OF_CELLS = sql(
  'visits.of_cells',
  `select v.* from unnest($1::text[]) as c(id) cross join lateral (
     select ${COLUMNS} from visits
     where cell_id = c.id and at >= $2 and at < $3 and (at, id) < (coalesce($4::timestamptz, 'infinity'), coalesce($5::text, ''))
     order by at desc, id desc limit $6) v`,
)

/** Start and end (excluded) of a period of visits. */
export interface VisitPeriod {
  readonly start: string
  readonly end: string
}

/** Visits by id, in no order; unknown ids are absent. One statement. */
export const findVisits = (reader: SqlReader, ids: readonly string[]): Promise<Visit[]> => reader.rows<Visit>(BY_IDS, [ids])

/** A page of each cell's visits, newest first, `limit + 1` of each; one statement for all cells. */
export const pageVisits = async (
  reader: SqlReader,
  cellIds: readonly string[],
  page: Page,
  period: VisitPeriod,
): Promise<Map<string, Visit[]>> => {
  const [at, id] = page.after ?? [null, null]
  const rows = await reader.rows<Visit>(OF_CELLS, [cellIds, period.start, period.end, at, id, page.limit + 1])
  return byParent(rows, (visit) => visit.cellId)
}

/** Stores a new visit. */
export const saveVisit = async (tx: Tx, visit: Visit): Promise<void> => {
  await tx.manager.insert(VisitRow, { ...visit })
}
