import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { parseGeoJson, type Position } from '@commonhall/shared/geo'
import type { Channel } from '@commonhall/shared/matters'

/** Channels by which a person enters something alone, and by which somebody enters it for the person. */
export const OWN_CHANNELS: readonly Channel[] = ['APP', 'WEB', 'PARTNER']
export const ASSISTED_CHANNELS: readonly Channel[] = ['HOTLINE', 'STATION', 'VISIT', 'PAPER', 'FACE_TO_FACE']

/** A cell, as far as locating needs it. */
interface KnownCell {
  readonly id: string
  readonly communityId: string
}

/** The grid, as far as locating needs it. */
export interface KnownGrid {
  cellAt(point: Position): KnownCell | null
  byId(id: string): KnownCell | null
  covers(communityId: string): boolean
}

/** Where an entry is. */
export interface Placed {
  readonly point: Position | null
  readonly cellId: string | null
}

const notHere = (field: string): RefusalValue =>
  refuse('INVALID_INPUT', {
    field,
    message: { zh: '地点不在该社区的网格内。', en: 'The place lies outside the cells of the community.' },
    remedy: { zh: '请选择本社区内的地点，或不填地点。', en: 'Choose a place inside the community, or leave the place out.' },
  })

/**
 * Finds the cell of an entry from its place, or takes the cell that was named. Pure.
 *
 * Refused with INVALID_INPUT: geometry that is no valid point, a place outside every cell of the community, a cell of another
 * community, a place and a cell that contradict each other. NOT_FOUND: an unknown cell. A place in a community whose cells are
 * not published yet is taken without a cell.
 */
export const locate = (grid: KnownGrid, communityId: string, place: unknown, cell: string | null): Placed | RefusalValue => {
  const named = cell === null ? null : grid.byId(cell)
  if (cell !== null && named === null) return refuse('NOT_FOUND', { field: 'cell' })
  if (named !== null && named.communityId !== communityId) return notHere('cell')
  if (place === null || place === undefined) return { point: null, cellId: named?.id ?? null }
  const read = parseGeoJson(place)
  if (!read.ok || read.geometry.type !== 'Point')
    return refuse('INVALID_INPUT', { field: 'place', message: badPlace(read.ok ? 'UNKNOWN_TYPE' : read.reason) })
  const point = read.geometry.coordinates
  if (!grid.covers(communityId)) return { point, cellId: null }
  const found = grid.cellAt(point)
  if (found === null || found.communityId !== communityId) return notHere('place')
  return named !== null && named.id !== found.id ? notHere('cell') : { point, cellId: found.id }
}

const badPlace = (reason: string): { zh: string; en: string } => ({
  zh: `地点不是有效的 GeoJSON 点（${reason}）。`,
  en: `The place is no valid GeoJSON Point (${reason}).`,
})
