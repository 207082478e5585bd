import type { EventOf } from '@commonhall/shared/events'
import { buildCellIndex, parseGeoJson, type CellIndex, type Position } from '@commonhall/shared/geo'
import type { SqlReader, Tx } from '@commonhall/shared/persistence'

import type { Cell } from './cell.js'
import { cellsVersion, listCells, saveCell } from './cell.store.js'

/** The grid as one process of the residents knows it. */
export interface Grid {
  cellAt(point: Position): Cell | null
  byId(id: string): Cell | null
  /** A cell by the number that its community gave it. */
  byNumber(communityId: string, number: number): Cell | null
  /** Whether any cell of a community is known; without one a point cannot be checked. */
  covers(communityId: string): boolean
}

/** Hands out the grid; rebuilt only when a cell was published since (one small statement tells). */
export type GridSource = (reader: SqlReader) => Promise<Grid>

/** Makes the grid's cache of one process. 500 cells take about 15 ms to build; every later call costs one statement. */
export const createGridSource = (): GridSource => {
  let known: { version: string; grid: Grid } | null = null
  return async (reader) => {
    const version = await cellsVersion(reader)
    if (known?.version !== version) known = { version, grid: gridOf(await listCells(reader)) }
    return known.grid
  }
}

const gridOf = (cells: readonly Cell[]): Grid => {
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  const byNumber = new Map(cells.map((cell) => [`${cell.communityId} ${cell.number}`, cell]))
  const covered = new Set(cells.map((cell) => cell.communityId))
  const index: CellIndex | null = cells.length === 0 ? null : buildCellIndex(cells)
  return {
    cellAt: (point) => byId.get(index?.cellAt(point) ?? '') ?? null,
    byId: (id) => byId.get(id) ?? null,
    byNumber: (communityId, number) => byNumber.get(`${communityId} ${number}`) ?? null,
    covers: (communityId) => covered.has(communityId),
  }
}

/** Takes over a published cell. One whose boundary is no area stays as it was before: a point cannot be looked up in it. */
export const projectCell = async (tx: Tx, { data }: EventOf<'committee.cell.published'>): Promise<void> => {
  const read = parseGeoJson(data.boundary)
  if (!read.ok || read.geometry.type === 'Point') return
  await saveCell(tx, { id: data.cell, communityId: data.community, number: data.number, boundary: read.geometry })
}
