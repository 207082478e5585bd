/** Longitude, then latitude, in WGS 84 degrees. */
export type Position = readonly [longitude: number, latitude: number]
export type Ring = readonly Position[]

export interface PointGeometry {
  type: 'Point'
  coordinates: Position
}
/** The first ring is the outline, the others are holes. */
export interface PolygonGeometry {
  type: 'Polygon'
  coordinates: readonly Ring[]
}
export interface MultiPolygonGeometry {
  type: 'MultiPolygon'
  coordinates: readonly (readonly Ring[])[]
}
export type AreaGeometry = PolygonGeometry | MultiPolygonGeometry
/** The geometries of RFC 7946 that the hub holds. */
export type Geometry = PointGeometry | AreaGeometry

/** Smallest box around a geometry: west, south, east, north. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number]

/** Outlines and holes of an area, polygon by polygon. */
export const polygonsOf = (area: AreaGeometry): readonly (readonly Ring[])[] =>
  area.type === 'Polygon' ? [area.coordinates] : area.coordinates

/** The box around a geometry that `parseGeoJson` accepted. Areas over the antimeridian are not known to it. */
export const boundingBox = (geometry: Geometry): BoundingBox => {
  const positions = geometry.type === 'Point' ? [geometry.coordinates] : polygonsOf(geometry).flat(2)
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of positions as readonly Position[]) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

// Degrees squared: for the edge of a cell (some 0.001°) this is far below a millimetre.
const ON_EDGE = 1e-12

type Side = 'inside' | 'edge' | 'outside'

const sideOf = ([x, y]: Position, ring: Ring): Side => {
  let isInside = false
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] ?? [0, 0]
    const [bx, by] = ring[i] ?? [0, 0]
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    const isWithin = x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by)
    if (isWithin && Math.abs(cross) <= ON_EDGE) return 'edge'
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside
  }
  return isInside ? 'inside' : 'outside'
}

/**
 * Whether a point lies in an area. The boundary counts as inside, that of a hole too.
 *
 * Plane geometry on degrees, right for areas of a city's size; areas over the antimeridian or a pole are not supported. One pass over the edges.
 */
export const pointInGeometry = (point: Position, area: AreaGeometry): boolean =>
  polygonsOf(area).some(([outline, ...holes]) => {
    if (!outline) return false
    const side = sideOf(point, outline)
    return side === 'edge' || (side === 'inside' && holes.every((hole) => sideOf(point, hole) !== 'inside'))
  })

/** A position rounded to `decimals` (4 ≈ 11 m: what readers other than the handler get). Never −0. */
export const roundPoint = ([longitude, latitude]: Position, decimals = 4): Position => {
  const factor = 10 ** decimals
  const round = (degrees: number): number => Math.round(degrees * factor) / factor + 0
  return [round(longitude), round(latitude)]
}

const EARTH_RADIUS_M = 6_371_008.8

/** Metres between two positions on a sphere of the earth's mean radius (haversine; error under 0.6 %). */
export const distanceMeters = ([lonA, latA]: Position, [lonB, latB]: Position): number => {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [phiA, phiB] = [radians(latA), radians(latB)]
  const h = Math.sin((phiB - phiA) / 2) ** 2 + Math.cos(phiA) * Math.cos(phiB) * Math.sin(radians(lonB - lonA) / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}
