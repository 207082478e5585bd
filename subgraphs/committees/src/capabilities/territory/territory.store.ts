import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Cell } from './cell.js'
import { NetRow } from './net.entity.js'
import type { Net } from './net.js'

const NET = `id, owner_party_id as "ownerPartyId", community_id as "communityId", number, boundary, managers`
const CELL = `id, owner_party_id as "ownerPartyId", community_id as "communityId", net_id as "netId", number, boundary`
const NETS_BY_IDS = sql('nets.by_ids', `select ${NET} from nets where id = any($1)`)
const NETS_OF = sql('nets.of_communities', `select ${NET} from nets where community_id = any($1) order by community_id, number`)
const CELLS_BY_IDS = sql('cells.by_ids', `select ${CELL} from cells where id = any($1)`)
const CELLS_OF = sql('cells.of_nets', `select ${CELL} from cells where net_id = any($1) order by net_id, number`)
const CELLS_OF_COMMUNITY = sql('cells.of_community', `select ${CELL} from cells where community_id = $1 order by number`)
const LOCK_CELL = sql('cells.lock', `select ${CELL} from cells where id = $1 for update`)
const ALL_BOUNDARIES = sql('cells.boundaries', `select id, boundary from cells where boundary is not null`)
const REVISION = sql('cells.revision', `select coalesce(max(revision), 0)::text as revision from cells`)
const SAVE_CELL = sql(
  'cells.save',
  `insert into cells (id, owner_party_id, community_id, net_id, number, boundary) values ($1, $2, $3, $4, $5, $6)
   on conflict on constraint cells_pk do update set net_id = excluded.net_id, boundary = excluded.boundary, revision = nextval('cells_revision')`,
)

/** Nets by id, in no order; unknown ids are absent. One statement. */
export const findNets = (reader: SqlReader, ids: readonly string[]): Promise<Net[]> => reader.rows<Net>(NETS_BY_IDS, [ids])

/** The nets of each community by number: eight at most by structure, so no pages. One statement. */
export const findNetsOf = (reader: SqlReader, communityIds: readonly string[]): Promise<Net[]> => reader.rows<Net>(NETS_OF, [communityIds])

/** Cells by id, in no order; unknown ids are absent. One statement. */
export const findCells = (reader: SqlReader, ids: readonly string[]): Promise<Cell[]> => reader.rows<Cell>(CELLS_BY_IDS, [ids])

/** The cells of each net by number: eight at most by structure. One statement. */
export const findCellsOf = (reader: SqlReader, netIds: readonly string[]): Promise<Cell[]> => reader.rows<Cell>(CELLS_OF, [netIds])

/** All cells of a community by number, with their outlines. */
export const findCellsOfCommunity = (reader: SqlReader, communityId: string): Promise<Cell[]> =>
  reader.rows<Cell>(CELLS_OF_COMMUNITY, [communityId])

/** The cell, held against other acts on it until the transaction ends; null when unknown. A cell of another committee is read, not held. */
export const lockCell = async (tx: Tx, id: string): Promise<Cell | null> =>
  (await tx.rows<Cell>(LOCK_CELL, [id]))[0] ?? (await findCells(tx, [id]))[0] ?? null

/** Outlines of all cells of the street, for the index of points. */
export const findBoundaries = (reader: SqlReader): Promise<Array<{ id: string; boundary: unknown }>> =>
  reader.rows<{ id: string; boundary: unknown }>(ALL_BOUNDARIES)

/** A mark that changes with every change of a cell. One probe of an index. */
export const gridRevision = async (reader: SqlReader): Promise<string> =>
  (await reader.rows<{ revision: string }>(REVISION))[0]?.revision ?? '0'

/** Stores a new net or the new outline of a known one. */
export const saveNet = async (tx: Tx, net: Net): Promise<void> => {
  await tx.manager.upsert(NetRow, { ...net, boundary: net.boundary as object | null, managers: [...net.managers] }, ['id'])
}

/** Stores a new cell, or the new net and outline of a known one. */
export const saveCell = async (tx: Tx, cell: Cell): Promise<void> => {
  const { id, ownerPartyId, communityId, netId, number, boundary } = cell
  await tx.rows(SAVE_CELL, [id, ownerPartyId, communityId, netId, number, boundary === null ? null : JSON.stringify(boundary)])
}
