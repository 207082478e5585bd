import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Cell } from './cell.js'

const COLUMNS = `id, community_id as "communityId", number, boundary`
const ALL = sql('cells.all', `select ${COLUMNS} from cells`)
const VERSION = sql('cells.version', `select version::int8 as version from projection_versions where name = 'cells'`)
const BUMP = sql(
  'cells.bump',
  `insert into projection_versions (name, version) values ('cells', 1)
   on conflict on constraint projection_versions_pk do update set version = projection_versions.version + 1`,
)
const SAVE = sql(
  'cells.save',
  `insert into cells (id, community_id, number, boundary) values ($1,$2,$3,$4) on conflict on constraint cells_pk
   do update set community_id = excluded.community_id, number = excluded.number, boundary = excluded.boundary`,
)

/** All cells of the street (500): the input of the index of places. */
export const listCells = (reader: SqlReader): Promise<Cell[]> => reader.rows<Cell>(ALL)

/** Grows with every published cell, so that every process knows when its index is out of date. */
export const cellsVersion = async (reader: SqlReader): Promise<string> =>
  String((await reader.rows<{ version: string }>(VERSION))[0]?.version ?? '0')

/** Stores a published cell and makes every index of places out of date. */
export const saveCell = async (tx: Tx, cell: Cell): Promise<void> => {
  await tx.rows(SAVE, [cell.id, cell.communityId, cell.number, JSON.stringify(cell.boundary)])
  await tx.rows(BUMP)
}
