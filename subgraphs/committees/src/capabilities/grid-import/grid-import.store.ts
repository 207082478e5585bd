import { sql, type Tx } from '@commonhall/shared/persistence'

import type { GridImport } from './grid-import.js'

const SAVE = sql(
  'grid_imports.save',
  `insert into grid_imports (id, owner_party_id, community_id, accepted, duplicates, at) values ($1, $2, $3, $4, $5, $6)`,
)
const BY_ID = sql(
  'grid_imports.by_id',
  `select id, owner_party_id as "ownerPartyId", community_id as "communityId", accepted, duplicates, at from grid_imports where id = $1`,
)

/** Stores that a file was taken whole. */
export const saveGridImport = async (tx: Tx, report: GridImport): Promise<void> => {
  await tx.rows(SAVE, [report.id, report.ownerPartyId, report.communityId, report.accepted, report.duplicates, report.at])
}

/** An earlier import of the party of the transaction, or null. */
export const findGridImport = async (tx: Tx, id: string): Promise<GridImport | null> => {
  const [row] = await tx.rows<Omit<GridImport, 'rejected'>>(BY_ID, [id])
  return row === undefined ? null : { ...row, rejected: [] }
}
