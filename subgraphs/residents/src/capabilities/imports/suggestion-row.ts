import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { CHANNELS, SUGGESTION_KINDS, type Channel, type SuggestionKind } from '@commonhall/shared/matters'
import { instantOfWallTime } from '@commonhall/shared/time'

import { faultOfText, LONGEST } from '../../text-rules.js'
import { locate, type KnownGrid, type Placed } from '../submitting/index.js'
import { invalid, type ImportRow } from './import-batch.js'

/** An entry of the old system, as its table says it. */
export interface SuggestionRow extends ImportRow {
  readonly kind?: string | null
  readonly text: string
  readonly createdAt?: string | null
  readonly longitude?: number | null
  readonly latitude?: number | null
  readonly cell?: string | null
  readonly channel?: string | null
  readonly resident?: string | null
}

/** A row that may be entered, but for its author. */
export interface SuggestionDraft extends Placed {
  readonly kind: SuggestionKind
  readonly text: string
  readonly channel: Channel
  readonly createdAt: Date
}

/** The grid, as far as a row needs it. */
export interface RowGrid extends KnownGrid {
  byNumber(communityId: string, number: number): { readonly id: string } | null
}

/** Where and when a row is read. */
export interface RowPlace {
  readonly communityId: string
  readonly timeZone: string
  readonly grid: RowGrid
  readonly now: Date
}

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
const EARLIEST_MS = Date.UTC(2000, 0, 1)

/** Reads an ISO 8601 time: with an offset, or without one as local time of `timeZone`; a date alone is its midnight. Null when it is none. Pure. */
export const readTime = (text: string, timeZone: string): Date | null => {
  const wall = text.trim().replace(' ', 'T')
  if (!WITH_ZONE.test(wall)) return instantOfWallTime(wall.length === 10 ? `${wall}T00:00` : wall, timeZone)
  // `Date` would roll 2025-02-29 over into March.
  const isOfCalendar = instantOfWallTime(wall.replace(/(Z|[+-]\d{2}:\d{2})$/, ''), 'UTC') !== null
  const instant = new Date(wall)
  return !isOfCalendar || Number.isNaN(instant.getTime()) ? null : instant
}

const oneOf = <T extends string>(values: readonly T[], given: string | null | undefined, unsaid: T): T | null =>
  given === null || given === undefined ? unsaid : (values.find((value) => value === given) ?? null)

const createdAtOf = (text: string | null | undefined, { timeZone, now }: RowPlace): Date | RefusalValue => {
  if (text === null || text === undefined) return now
  const at = readTime(text, timeZone)
  if (at === null)
    return invalid('createdAt', '时间须为 ISO 8601，例如 2025-03-01T08:05。', 'The time must be ISO 8601, for example 2025-03-01T08:05.')
  if (at.getTime() > now.getTime()) return invalid('createdAt', '时间在将来。', 'The time lies in the future.')
  return at.getTime() < EARLIEST_MS ? invalid('createdAt', '时间早于 2000 年。', 'The time lies before the year 2000.') : at
}

const placeOf = (row: SuggestionRow, { communityId, grid }: RowPlace): Placed | RefusalValue => {
  const [longitude, latitude, cell] = [row.longitude ?? null, row.latitude ?? null, row.cell?.trim() ?? null]
  if ((longitude === null) !== (latitude === null))
    return invalid(longitude === null ? 'longitude' : 'latitude', '经度和纬度须同时填写。', 'Longitude and latitude belong together.')
  const point = longitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] }
  const numbered = cell !== null && /^\d{1,6}$/.test(cell) ? grid.byNumber(communityId, Number(cell)) : undefined
  if (numbered === null)
    return refuse('NOT_FOUND', {
      field: 'cell',
      message: { zh: '本社区没有此编号的网格。', en: 'The community has no cell of this number.' },
    })
  const placed = locate(grid, communityId, point, numbered?.id ?? cell)
  return 'refused' in placed && placed.field === 'place' ? { ...placed, field: 'longitude' } : placed
}

/**
 * Reads one row, or says why it cannot be entered: the rules of a submission, and INVALID_INPUT for an unknown kind or channel or a time that is
 * none, in the future or before 2000. Pure. Kind SUGGESTION and channel PARTNER when not said; without a time it counts from now.
 */
export const readSuggestionRow = (row: SuggestionRow, place: RowPlace): SuggestionDraft | RefusalValue => {
  const kind = oneOf(SUGGESTION_KINDS, row.kind, 'SUGGESTION')
  const channel = oneOf(CHANNELS, row.channel, 'PARTNER')
  if (kind === null)
    return invalid('kind', `类型未知；可用：${SUGGESTION_KINDS.join('、')}`, `Unknown kind; known: ${SUGGESTION_KINDS.join(', ')}`)
  if (channel === null)
    return invalid('channel', `渠道未知；可用：${CHANNELS.join('、')}`, `Unknown channel; known: ${CHANNELS.join(', ')}`)
  const fault = faultOfText(row.text, 'text', LONGEST.text)
  if (fault?.code === 'INVALID_INPUT')
    return invalid('text', `内容应为 1 到 ${LONGEST.text} 个字符。`, `The text must have 1 to ${LONGEST.text} characters.`)
  if (fault !== null) return fault
  const createdAt = createdAtOf(row.createdAt, place)
  if ('refused' in createdAt) return createdAt
  const placed = placeOf(row, place)
  return 'refused' in placed ? placed : { ...placed, kind, channel, createdAt, text: row.text.trim() }
}
