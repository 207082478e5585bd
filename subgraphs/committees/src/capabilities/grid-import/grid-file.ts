import type { RefusalCode } from '@commonhall/shared/errors'
import { parseGeoJson } from '@commonhall/shared/geo'

/** A building as a file states it. */
export interface BuildingLine {
  readonly name: string
  readonly households: number
  readonly hasGroup: boolean
  readonly hasBuildingCommittee: boolean
}

/** One feature of a file, read. `net` is the number of the net that a cell lies in. */
export type GridFeature =
  | { readonly kind: 'community'; readonly boundary: unknown }
  | { readonly kind: 'net'; readonly number: number; readonly boundary: unknown }
  | {
      readonly kind: 'cell'
      readonly number: number
      readonly net: number
      readonly boundary: unknown
      readonly buildings: readonly BuildingLine[]
    }

/** Why a feature cannot be taken; `feature` is its place in the file, from 0. */
export interface FeatureFault {
  readonly feature: number
  readonly field: string
  readonly code: RefusalCode
  readonly message: { readonly zh: string; readonly en: string }
}

/** What was read: as many features as faults allowed. One fault is enough to take nothing. */
export interface GridFile {
  readonly features: readonly GridFeature[]
  readonly faults: readonly FeatureFault[]
}

const MAX_FEATURES = 2_000
const MAX_BUILDINGS = 100
const MAX_NUMBER = 100_000
const MAX_HOUSEHOLDS = 5_000

class Fault extends Error {
  constructor(
    readonly field: string,
    readonly zh: string,
    readonly en: string,
  ) {
    super(field)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const readNumber = (value: unknown, field: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MAX_NUMBER)
    throw new Fault(field, `须为 1 到 ${MAX_NUMBER} 的整数。`, `must be a whole number from 1 to ${MAX_NUMBER}.`)
  return value
}

const readBoundary = (value: unknown): unknown => {
  const parsed = parseGeoJson(value)
  if (parsed.ok && parsed.geometry.type !== 'Point') return parsed.geometry
  const reason = parsed.ok ? 'NOT_AN_AREA' : parsed.reason
  throw new Fault('geometry', `须为多边形（${reason}）。`, `must be a Polygon or MultiPolygon (${reason}).`)
}

const readBuilding = (value: unknown, place: number): BuildingLine => {
  const field = `properties.buildings[${place}]`
  if (!isObject(value)) throw new Fault(field, '须为对象。', 'must be an object.')
  const { name, households, hasGroup = false, hasBuildingCommittee = false } = value
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100 || name.includes('\u0000'))
    throw new Fault(`${field}.name`, '名称须为 1 到 100 字。', 'must be a name of 1 to 100 characters.')
  if (typeof households !== 'number' || !Number.isInteger(households) || households < 0 || households > MAX_HOUSEHOLDS)
    throw new Fault(`${field}.households`, `须为 0 到 ${MAX_HOUSEHOLDS} 的整数。`, `must be a whole number from 0 to ${MAX_HOUSEHOLDS}.`)
  if (typeof hasGroup !== 'boolean' || typeof hasBuildingCommittee !== 'boolean')
    throw new Fault(field, 'hasGroup、hasBuildingCommittee 须为布尔值。', 'hasGroup and hasBuildingCommittee must be true or false.')
  return { name: name.trim(), households, hasGroup, hasBuildingCommittee }
}

const readBuildings = (value: unknown): BuildingLine[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > MAX_BUILDINGS)
    throw new Fault('properties.buildings', `须为至多 ${MAX_BUILDINGS} 项的列表。`, `must be a list of at most ${MAX_BUILDINGS}.`)
  const buildings = value.map(readBuilding)
  if (new Set(buildings.map(({ name }) => name)).size < buildings.length)
    throw new Fault('properties.buildings', '同一单元内楼名重复。', 'names a building of the cell twice.')
  return buildings
}

const readFeature = (value: unknown): GridFeature => {
  if (!isObject(value) || value['type'] !== 'Feature') throw new Fault('type', '须为 Feature。', 'must be a Feature.')
  const { properties } = value
  if (!isObject(properties)) throw new Fault('properties', '缺少属性。', 'is missing.')
  const boundary = readBoundary(value['geometry'])
  switch (properties['kind']) {
    case 'community':
      return { kind: 'community', boundary }
    case 'net':
      return { kind: 'net', number: readNumber(properties['number'], 'properties.number'), boundary }
    case 'cell':
      return {
        kind: 'cell',
        number: readNumber(properties['number'], 'properties.number'),
        net: readNumber(properties['net'], 'properties.net'),
        boundary,
        buildings: readBuildings(properties['buildings']),
      }
    default:
      throw new Fault('properties.kind', '须为 community、net 或 cell。', 'must be community, net or cell.')
  }
}

const faultOf = (feature: number, field: string, zh: string, en: string): FeatureFault => ({
  feature,
  field,
  code: 'INVALID_INPUT',
  message: { zh, en },
})

/** Whether a value is a FeatureCollection of a size that is read at all; else the whole input is refused. */
export const isFeatureCollection = (value: unknown): value is { features: readonly unknown[] } =>
  isObject(value) &&
  value['type'] === 'FeatureCollection' &&
  Array.isArray(value['features']) &&
  value['features'].length > 0 &&
  value['features'].length <= MAX_FEATURES

/**
 * Reads the features of a grid file; pure. Each fault is told once, with the place of its feature.
 *
 * `knownNets` are numbers of nets that exist already: a cell may lie in one of them or in one of the same file. A number that comes twice is
 * a fault of the second.
 */
export const readGridFile = (collection: { features: readonly unknown[] }, knownNets: ReadonlySet<number>): GridFile => {
  const features: GridFeature[] = []
  const faults: FeatureFault[] = []
  const seen = new Set<string>()
  const places = new Map<GridFeature, number>()
  collection.features.forEach((value, place) => {
    try {
      const feature = readFeature(value)
      const name = feature.kind === 'community' ? 'community' : `${feature.kind} ${feature.number}`
      if (seen.has(name)) throw new Fault('properties.number', `文件中重复：${name}。`, `comes twice in the file: ${name}.`)
      seen.add(name)
      places.set(feature, place)
      features.push(feature)
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      faults.push(faultOf(place, fault.field, fault.zh, fault.en))
    }
  })
  for (const feature of features) {
    if (feature.kind !== 'cell' || knownNets.has(feature.net) || seen.has(`net ${feature.net}`)) continue
    faults.push(
      faultOf(
        places.get(feature) ?? 0,
        'properties.net',
        `没有编号为 ${feature.net} 的片区。`,
        `there is no net with the number ${feature.net}.`,
      ),
    )
  }
  return { features, faults: faults.sort((a, b) => a.feature - b.feature) }
}
