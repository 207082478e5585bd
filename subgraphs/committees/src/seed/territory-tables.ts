import type { BulkTable } from '@commonhall/shared/persistence'
import type { Street } from '@commonhall/street'

/** Rows by id of a community's committee; every row of the territory belongs to one. */
export const committeesOf = (street: Street): ReadonlyMap<string, string> =>
  new Map(street.communities.map(({ id, committee }) => [id, committee.id]))

/** Communities, committees, nets, cells, buildings and who manages them. */
export function* territoryTables(street: Street): Generator<BulkTable> {
  const committees = committeesOf(street)
  yield {
    table: 'committees',
    columns: ['id', 'community_id', 'name_zh', 'name_en'],
    rows: street.communities.map(({ id, committee: { id: committee, name } }) => [committee, id, name.zh, name.en]),
  }
  yield {
    table: 'communities',
    columns: ['id', 'owner_party_id', 'number', 'name_zh', 'name_en', 'boundary', 'census', 'models', 'rules'],
    rows: street.communities.map(({ id, committee, number, name, boundary, census, models, rules }) => {
      return [id, committee.id, number, name.zh, name.en, boundary, JSON.stringify(census), models, rules]
    }),
  }
  yield {
    table: 'nets',
    columns: ['id', 'owner_party_id', 'community_id', 'number', 'boundary', 'managers'],
    rows: street.nets.map(({ id, community, number, boundary, managers }) => {
      return [id, committees.get(community), community, number, boundary, JSON.stringify(managers)]
    }),
  }
  yield {
    table: 'cells',
    columns: ['id', 'owner_party_id', 'community_id', 'net_id', 'number', 'boundary'],
    rows: street.cells.map(({ id, community, net, number, boundary }) => [id, committees.get(community), community, net, number, boundary]),
  }
  yield {
    table: 'buildings',
    columns: ['id', 'owner_party_id', 'cell_id', 'name_zh', 'name_en', 'households', 'has_group', 'has_building_committee'],
    rows: street.cells.flatMap(({ id: cell, community, buildings }) =>
      buildings.map(({ id, name, households, hasGroup, hasBuildingCommittee }) => {
        return [id, committees.get(community), cell, name.zh, name.en, households, hasGroup, hasBuildingCommittee]
      }),
    ),
  }
  yield {
    table: 'cell_managers',
    columns: ['owner_party_id', 'cell_id', 'role', 'holder', 'since'],
    rows: street.cells.flatMap(({ id, community, managers }) =>
      managers
        .filter(({ holder }) => holder !== null)
        .map(({ role, holder, since }) => [committees.get(community), id, role, holder, since]),
    ),
  }
}
