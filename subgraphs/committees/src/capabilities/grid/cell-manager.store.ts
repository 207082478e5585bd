import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { CellManagerRow } from './cell-manager.entity.js'
import type { CellManager } from './cell-manager.js'

const COLUMNS = `owner_party_id as "ownerPartyId", cell_id as "cellId", role, holder, since::text as since, until::text as until`
// Former holders are history; they come with the cell's own record only while they still serve or will serve.
const OF_CELLS = sql(
  'cell_managers.of_cells',
  `select ${COLUMNS} from cell_managers where cell_id = any($1) and (until is null or until >= $2::date) order by cell_id, role, since`,
)
const OF_ROLE = sql(
  'cell_managers.of_role',
  `select ${COLUMNS} from cell_managers where cell_id = $1 and role = $2 order by since desc limit 50`,
)
const END = sql('cell_managers.end', `update cell_managers set until = $3 where cell_id = $1 and role = $2 and until is null`)

/** Who serves in each cell on a day or later. One statement. */
export const findManagersOf = (reader: SqlReader, cellIds: readonly string[], day: string): Promise<CellManager[]> =>
  reader.rows<CellManager>(OF_CELLS, [cellIds, day])

/** All who filled a role of a cell, the latest first, at most 50. */
export const findHoldersOf = (reader: SqlReader, cellId: string, role: string): Promise<CellManager[]> =>
  reader.rows<CellManager>(OF_ROLE, [cellId, role])

/** Stores a new holder. The constraint `cell_managers_role_once` lets one open holder stand per role. */
export const saveManager = async (tx: Tx, manager: CellManager): Promise<void> => {
  await tx.manager.insert(CellManagerRow, { ...manager })
}

/** Writes the last day of the open holder of a role. */
export const endManager = async (tx: Tx, cellId: string, role: string, until: string): Promise<void> => {
  await tx.rows(END, [cellId, role, until])
}
