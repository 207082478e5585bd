import { HubError } from '@commonhall/shared/errors'
import { buildCellIndex, parseGeoJson, type AreaGeometry, type CellIndex } from '@commonhall/shared/geo'
import type { SqlReader } from '@commonhall/shared/persistence'

import { findBoundaries, gridRevision } from './territory.store.js'

/** Finds the cell of a point; lives as long as the process. */
export interface CellFinder {
  /** Id of the cell that holds the point, or null outside the street. Throws INVALID_INPUT for what is no GeoJSON point. */
  cellAt(reader: SqlReader, point: unknown): Promise<string | null>
}

const isArea = (geometry: unknown): geometry is AreaGeometry => {
  const parsed = parseGeoJson(geometry)
  return parsed.ok && parsed.geometry.type !== 'Point'
}

/** An index of the grid that is built anew when a cell changed: one probe per question, 500 outlines once per change of the grid. */
export const createCellFinder = (): CellFinder => {
  let built: { revision: string; index: CellIndex } | null = null
  return {
    async cellAt(reader, point) {
      const parsed = parseGeoJson(point)
      if (!parsed.ok || parsed.geometry.type !== 'Point')
        throw new HubError('INVALID_INPUT', {
          reason: parsed.ok ? 'NOT_A_POINT' : parsed.reason,
          sentence: { zh: 'point 必须是 GeoJSON 点（经度在前）。', en: "'point' must be a GeoJSON Point, longitude first." },
        })
      const revision = await gridRevision(reader)
      if (built?.revision !== revision) {
        const cells = (await findBoundaries(reader)).flatMap(({ id, boundary }) => (isArea(boundary) ? [{ id, boundary }] : []))
        built = { revision, index: buildCellIndex(cells) }
      }
      return built.index.cellAt(parsed.geometry.coordinates)
    },
  }
}
