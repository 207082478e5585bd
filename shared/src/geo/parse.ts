import type { Geometry, Position, Ring } from './geometry.js'

/** Why a value is no geometry for the hub; stable, for the field of a Refusal with INVALID_INPUT and for import reports. */
export type GeoJsonFault =
  | 'NOT_AN_OBJECT'
  | 'FORBIDDEN_KEY'
  | 'UNKNOWN_TYPE'
  | 'BAD_COORDINATES'
  | 'OUT_OF_RANGE'
  | 'RING_TOO_SHORT'
  | 'RING_NOT_CLOSED'
  | 'TOO_MANY_POSITIONS'

export type GeoJsonResult = { ok: true; geometry: Geometry } | { ok: false; reason: GeoJsonFault }

/** Positions in one geometry; the outline of a street has some hundreds. */
const MAX_POSITIONS = 10_000

// A different coordinate system would put the point elsewhere on earth without anybody noticing.
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype', 'crs'])

class Fault extends Error {
  constructor(readonly reason: GeoJsonFault) {
    super(reason)
  }
}

/**
 * Reads an RFC 7946 Point, Polygon or MultiPolygon from any value a client sends; never throws.
 *
 * Gives a fresh object with `type` and `coordinates` only; heights, `bbox` and other members are dropped. Refused: keys that could reach a
 * prototype, `crs` (WGS 84 only), numbers that are not finite or out of range, rings open or under 4 positions, more than 10,000 positions.
 * The direction of rings and self-crossings are not checked.
 */
export const parseGeoJson = (value: unknown): GeoJsonResult => {
  try {
    return { ok: true, geometry: readGeometry(value) }
  } catch (fault) {
    if (fault instanceof Fault) return { ok: false, reason: fault.reason }
    throw fault
  }
}

const readGeometry = (value: unknown): Geometry => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Fault('NOT_AN_OBJECT')
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) throw new Fault('NOT_AN_OBJECT')
  if (Object.keys(value).some((key) => FORBIDDEN_KEYS.has(key))) throw new Fault('FORBIDDEN_KEY')
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown }
  const budget = { positions: MAX_POSITIONS }
  if (type === 'Point') return { type, coordinates: readPosition(coordinates, budget) }
  if (type === 'Polygon') return { type, coordinates: readPolygon(coordinates, budget) }
  if (type === 'MultiPolygon') return { type, coordinates: readList(coordinates, 1, budget).map((polygon) => readPolygon(polygon, budget)) }
  throw new Fault('UNKNOWN_TYPE')
}

interface Budget {
  positions: number
}

/** Every list holds at least one position per item, so its length is checked before its items are. */
const readList = (value: unknown, least: number, budget: Budget): readonly unknown[] => {
  if (!Array.isArray(value) || value.length < least) throw new Fault('BAD_COORDINATES')
  if (value.length > budget.positions) throw new Fault('TOO_MANY_POSITIONS')
  return value as unknown[]
}

const readPolygon = (value: unknown, budget: Budget): Ring[] => readList(value, 1, budget).map((ring) => readRing(ring, budget))

const readRing = (value: unknown, budget: Budget): Ring => {
  const ring = readList(value, 0, budget).map((position) => readPosition(position, budget))
  const [first, last] = [ring[0], ring.at(-1)]
  if (ring.length < 4 || !first || !last) throw new Fault('RING_TOO_SHORT')
  if (first[0] !== last[0] || first[1] !== last[1]) throw new Fault('RING_NOT_CLOSED')
  return ring
}

const readPosition = (value: unknown, budget: Budget): Position => {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) throw new Fault('BAD_COORDINATES')
  if (budget.positions-- <= 0) throw new Fault('TOO_MANY_POSITIONS')
  const numbers = value as unknown[]
  const isFinite = (n: unknown): n is number => typeof n === 'number' && Number.isFinite(n)
  const [longitude, latitude, height = 0] = numbers
  if (!isFinite(longitude) || !isFinite(latitude) || !isFinite(height)) throw new Fault('BAD_COORDINATES')
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) throw new Fault('OUT_OF_RANGE')
  return [longitude, latitude]
}
