import { Chance, entityId, shuffle } from '../chance.js'
import type { AgeBand, Building, Cell, CellRole, Community, CommunityRules, GridManager, Net, NetRole } from '../model.js'
import { buildingNames, communityModels, communityNames } from './community-names.js'
import { shareOut } from './share-out.js'
import { evenRows, polygonOf, tile, type Bounds } from './tiling.js'

/** Who may hold a role: the n-th settled resident of a community. Ids only, so the grid does not know how people are made. */
export type SettledResident = (communityIndex: number, n: number) => string

/** What the generator needs to know of a cell beside its public record. */
export interface CellPlace {
  readonly cell: Cell
  readonly bounds: Bounds
  readonly communityIndex: number
}

export interface Territory {
  readonly communities: readonly Community[]
  readonly nets: readonly Net[]
  readonly cells: readonly Cell[]
  /** Cells by community, in the order in which residents are spread over them. */
  readonly places: readonly (readonly CellPlace[])[]
}

export const censusTotal = 130_000
const netsOf = (communityIndex: number): number => (communityIndex < 7 ? 8 : 7)
const cellsOfNet = (netIndex: number): number => (netIndex < 10 ? 8 : 7)
const cadresOf = (communityIndex: number): number => (communityIndex < 4 ? 13 : 12)
const branches = 52
const cellsNotStaffed = 60

/** Cells of each community: 64, 58, five times 56, twice 49. */
export const cellsPerCommunity: readonly number[] = communityNames.map((_, c) => {
  const firstNet = communityNames.slice(0, c).reduce((sum, __, before) => sum + netsOf(before), 0)
  return Array.from({ length: netsOf(c) }, (__, n) => cellsOfNet(firstNet + n)).reduce((sum, count) => sum + count, 0)
})

/** Territory is older than every anchor: its ids do not move when the demo's "today" does. The date is the paper's end of 2011. */
export const foundedMs = Date.UTC(2011, 11, 31)

/** 7.3 km² at 29.82° N: 2.8 km from west to east (96.58 km a degree), 2.607 km from south to north (110.86 km a degree). */
const street: Bounds = { west: 106.4055047, east: 106.4344953, south: 29.8082416, north: 29.8317584 }

const bandShares: readonly (readonly [AgeBand, number])[] = [
  ['UNDER_18', 14],
  ['A18_29', 24],
  ['A30_44', 22],
  ['A45_59', 21],
  ['A60_74', 13],
  ['A75_PLUS', 6],
]
const cellRoles: readonly CellRole[] = ['BUILDING_DIRECTOR', 'GRID_MEMBER', 'DAY_INSPECTOR', 'NIGHT_INSPECTOR', 'UNIT_SECURITY']
const netRoles: readonly NetRole[] = ['COMMUNITY_CADRE', 'BRANCH_SECRETARY', 'CIVIL_POLICE']

/** Defaults of the contract; each community may change its own later. */
const defaultRules: CommunityRules = {
  proposalThresholdShare: 0.03,
  gatheringDays: 90,
  answerWithinDays: 5,
  decideTaskWithinDays: 15,
  reopenWithinDays: 30,
  maxExtensions: 2,
  bouncesToConference: 2,
  smallestGroup: 5,
  workingCalendar: 'https://calendar.commonhall.example/working-days.ics',
  timeZone: 'Asia/Shanghai',
}

const buildings = (seed: number, cellIndex: number, people: number, withGroup: boolean): Building[] => {
  const chance = new Chance(seed, 11, cellIndex)
  const court = buildingNames[cellIndex % buildingNames.length] ?? { zh: '苑', en: 'Court' }
  const households = shareOut(
    Math.round(people / 2.6),
    Array.from({ length: 2 + chance.below(4) }, () => chance.between(1, 3)),
  )
  return households.map((count, b) => ({
    id: entityId(seed, 'bui', foundedMs, cellIndex, b),
    name: { zh: `${court.zh}${cellIndex + 1}-${b + 1}栋`, en: `${court.en} ${cellIndex + 1}-${b + 1}` },
    households: count,
    hasGroup: withGroup && b === 0,
    hasBuildingCommittee: chance.may(0.8),
  }))
}

const managersOf = <Role>(roles: readonly Role[], holderOf: (roleIndex: number) => string | null, since: string): GridManager<Role>[] =>
  roles.map((role, r) => ({ role, holder: holderOf(r), since }))

/**
 * The fixture's territory: 9 communities, 70 nets, 500 cells that tile 7.3 km², 130,000 people by band, managers of the grid.
 *
 * 440 of 500 cells have every role filled; the other 60 lack one or two. `since` is the local date from which managers serve.
 */
export const createTerritory = (seed: number, since: string, settled: SettledResident): Territory => {
  const communityBounds = tile(street, [cellsPerCommunity.slice(0, 3), cellsPerCommunity.slice(3, 6), cellsPerCommunity.slice(6)])
  const chance = new Chance(seed, 10, 0)
  const people = shareOut(
    censusTotal,
    Array.from({ length: 500 }, () => chance.between(0.75, 1.25)),
  )
  const order = shuffle(
    Int32Array.from({ length: 500 }, (_, i) => i),
    chance,
  )
  const short = new Set(order.slice(0, cellsNotStaffed))
  const grouped = new Set(order.slice(100, 100 + branches))

  const communities: Community[] = []
  const nets: Net[] = []
  const cells: Cell[] = []
  const places: CellPlace[][] = []
  communityNames.forEach((name, c) => {
    const id = entityId(seed, 'com', foundedMs, c)
    const bounds = communityBounds[c] ?? street
    const own: CellPlace[] = []
    for (const netBounds of tile(bounds, evenRows(netsOf(c)))) {
      const netIndex = nets.length
      const netId = entityId(seed, 'net', foundedMs, netIndex)
      const netHolder = (r: number): string => settled(c, 800 + (netIndex % 8) * 3 + r)
      nets.push({
        id: netId,
        number: netIndex + 1,
        community: id,
        boundary: polygonOf(netBounds),
        managers: managersOf(netRoles, netHolder, since),
      })
      for (const cellBounds of tile(netBounds, evenRows(cellsOfNet(netIndex)))) {
        const cellIndex = cells.length
        const inCommunity = own.length
        const vacant = short.has(cellIndex) ? chance.below(cellRoles.length) : -1
        const alsoVacant = vacant >= 0 && chance.may(0.3) ? (vacant + 2) % cellRoles.length : -1
        const holder = (r: number): string | null =>
          r === vacant || r === alsoVacant ? null : settled(c, inCommunity + (r + 2) * (cellsPerCommunity[c] ?? 1))
        const managers = managersOf(cellRoles, holder, since)
        const cell: Cell = {
          id: entityId(seed, 'cel', foundedMs, cellIndex),
          number: cellIndex + 1,
          net: netId,
          community: id,
          boundary: polygonOf(cellBounds),
          people: people[cellIndex] ?? 0,
          buildings: buildings(seed, cellIndex, people[cellIndex] ?? 0, grouped.has(cellIndex)),
          managers,
          staffed: managers.every((manager) => manager.holder !== null),
        }
        cells.push(cell)
        own.push({ cell, bounds: cellBounds, communityIndex: c })
      }
    }
    places.push(own)
    const inhabitants = own.reduce((sum, { cell }) => sum + cell.people, 0)
    const bands = shareOut(
      inhabitants,
      bandShares.map(([, share]) => share * chance.between(0.9, 1.1)),
    )
    communities.push({
      id,
      number: c + 1,
      name,
      committee: {
        id: entityId(seed, 'cmt', foundedMs, c),
        name: { zh: `${name.zh}居民委员会`, en: `Residents' Committee of ${name.en}` },
        cadres: cadresOf(c),
      },
      census: bandShares.map(([band], b) => ({ band, people: bands[b] ?? 0 })),
      boundary: polygonOf(bounds),
      models: communityModels[c] ?? [],
      rules: defaultRules,
      cellIds: own.map(({ cell }) => cell.id),
    })
  })
  return { communities, nets, cells, places }
}
