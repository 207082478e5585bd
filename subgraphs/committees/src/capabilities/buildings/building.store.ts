import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import type { Building } from './building.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", cell_id as "cellId", name_zh as "nameZh", name_en as "nameEn", households,
  has_group as "hasGroup", has_building_committee as "hasBuildingCommittee"`
const BY_IDS = sql('buildings.by_ids', `select ${COLUMNS} from buildings where id = any($1)`)
const OF_CELLS = sql('buildings.of_cells', `select ${COLUMNS} from buildings where cell_id = any($1) order by cell_id, id`)
const SAVE = sql(
  'buildings.save',
  `insert into buildings (id, owner_party_id, cell_id, name_zh, name_en, households, has_group, has_building_committee)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict on constraint buildings_name_once do update
     set households = excluded.households, has_group = excluded.has_group, has_building_committee = excluded.has_building_committee`,
)

/** Buildings by id, in no order; unknown ids are absent. One statement. */
export const findBuildings = (reader: SqlReader, ids: readonly string[]): Promise<Building[]> => reader.rows<Building>(BY_IDS, [ids])

/** The buildings of each cell: a handful by structure. One statement. */
export const findBuildingsOf = (reader: SqlReader, cellIds: readonly string[]): Promise<Building[]> =>
  reader.rows<Building>(OF_CELLS, [cellIds])

/** Stores a building, or the new figures of the one of that name in the cell. */
export const saveBuilding = async (tx: Tx, building: Building): Promise<void> => {
  const { id, ownerPartyId, cellId, nameZh, nameEn, households, hasGroup, hasBuildingCommittee } = building
  await tx.rows(SAVE, [id, ownerPartyId, cellId, nameZh, nameEn, households, hasGroup, hasBuildingCommittee])
}
