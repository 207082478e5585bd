import type { Polygon } from '../model.js'

/** A rectangle in degrees. */
export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** One centimetre: coarse enough to print short, and both neighbours of an edge round the same number. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7

/** The closed counter-clockwise ring of a rectangle. */
export const polygonOf = ({ west, south, east, north }: Bounds): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

const cuts = (from: number, to: number, weights: readonly number[]): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let passed = 0
  const inner = weights.slice(0, -1).map((weight) => {
    passed += weight
    return round(from + ((to - from) * passed) / total)
  })
  return [from, ...inner, to]
}

/**
 * Cuts a rectangle into rows (north to south), each row into columns, with areas in proportion to the weights.
 *
 * Outer edges are the given ones to the last digit, so tiles of tiles leave neither gaps nor overlaps.
 */
export const tile = (bounds: Bounds, rows: readonly (readonly number[])[]): Bounds[] => {
  const heights = rows.map((row) => row.reduce((sum, weight) => sum + weight, 0))
  const latitudes = cuts(bounds.north, bounds.south, heights)
  return rows.flatMap((row, r) => {
    const longitudes = cuts(bounds.west, bounds.east, row)
    return row.map((_, c) => ({
      west: longitudes[c] ?? bounds.west,
      east: longitudes[c + 1] ?? bounds.east,
      north: latitudes[r] ?? bounds.north,
      south: latitudes[r + 1] ?? bounds.south,
    }))
  })
}

/** Rows of at most `columns` equal tiles for a count such as 7 (4 and 3) or 8 (4 and 4). */
export const evenRows = (count: number, columns = 4): number[][] => {
  const rows: number[][] = []
  for (let left = count; left > 0; left -= columns) rows.push(new Array<number>(Math.min(left, columns)).fill(1))
  return rows
}
