import { type AreaGeometry, type BoundingBox, type Position, boundingBox, pointInGeometry } from './geometry.js'

/** Finds the cell of a point among hundreds without walking through all of them. */
export interface CellIndex {
  /** Id of the cell that holds the point, or null outside all. On a shared border, or where cells overlap, the smallest id. */
  cellAt(point: Position): string | null
}

interface Entry {
  id: string
  boundary: AreaGeometry
  box: BoundingBox
}

/**
 * An index over cell boundaries that `parseGeoJson` accepted; build it once per version of the grid (500 cells: about 2 ms).
 *
 * About as many squares as cells over their common box; each square knows the cells whose box touches it, so a look-up tests a handful.
 */
export const buildCellIndex = (cells: readonly { id: string; boundary: AreaGeometry }[]): CellIndex => {
  const entries: Entry[] = cells.map(({ id, boundary }) => ({ id, boundary, box: boundingBox(boundary) }))
  // Code units, not a locale: the cell of a border point is the same on every machine.
  entries.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const side = Math.max(1, Math.ceil(Math.sqrt(entries.length)))
  const west = Math.min(...entries.map(({ box }) => box[0]))
  const south = Math.min(...entries.map(({ box }) => box[1]))
  const width = Math.max(...entries.map(({ box }) => box[2])) - west || 1
  const height = Math.max(...entries.map(({ box }) => box[3])) - south || 1
  const place = (degrees: number, from: number, span: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(((degrees - from) / span) * side)))
  const squares: Entry[][] = Array.from({ length: side * side }, () => [])
  for (const entry of entries) {
    const [left, bottom, right, top] = entry.box
    for (let x = place(left, west, width); x <= place(right, west, width); x++) {
      for (let y = place(bottom, south, height); y <= place(top, south, height); y++) squares[y * side + x]?.push(entry)
    }
  }
  const isInBox = ([x, y]: Position, box: BoundingBox): boolean => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]
  return {
    cellAt: (point) => {
      const square = squares[place(point[1], south, height) * side + place(point[0], west, width)] ?? []
      return square.find(({ box, boundary }) => isInBox(point, box) && pointInGeometry(point, boundary))?.id ?? null
    },
  }
}
