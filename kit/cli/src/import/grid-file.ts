import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

import { parseGeoJson } from '@commonhall/shared/geo'

import { faultPosition } from './json-position.js'
import type { Words } from './options.js'
import type { Rejection } from './reject-report.js'

/** A file that cannot be a grid; the message says why and what to do. */
export class GridFileError extends Error {}

/** A grid as it is sent: what the hub reads, and nothing else the file may hold. */
export interface GridFile {
  readonly collection: { readonly type: 'FeatureCollection'; readonly features: readonly unknown[] }
  readonly rejected: readonly Rejection[]
  readonly digest: string
}

const MAX_FILE_BYTES = 20 * 1024 * 1024
/** The gateway reads 1 MiB of a signed-in caller; the rest is the document and the envelope. */
const MAX_SENT_BYTES = 1024 * 1024 - 8 * 1024
const PROPERTIES = ['kind', 'number', 'net', 'buildings'] as const

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1)

/**
 * Reads a GeoJSON FeatureCollection (RFC 7946: UTF-8, a byte order mark is tolerated; at most 20 MB).
 *
 * Keeps of each feature its geometry, in 7 decimals (a centimetre), and the properties the hub reads; a feature whose geometry is none is told by its
 * index from 0. Throws GridFileError for a file that is too large, not UTF-8, not JSON (with line and column), no FeatureCollection, or too large
 * to send in one piece.
 */
export const readGridFile = async (path: string, say: Words): Promise<GridFile> => {
  const { size } = await stat(path)
  if (size > MAX_FILE_BYTES)
    throw new GridFileError(
      say(
        `文件为 ${megabytes(size)} MB，上限 20 MB。请按社区拆分或简化边界。`,
        `The file has ${megabytes(size)} MB; 20 MB is the limit. Split it by community or simplify the outlines.`,
      ),
    )
  const bytes = await readFile(path)
  const features = featuresOf(parse(decode(bytes, say), say), say)
  const rejected = features.flatMap((feature, index) => faultOf(feature, index, say))
  // Only what is known to be sound is walked: a fault may be nesting without end.
  const collection = { type: 'FeatureCollection', features: rejected.length === 0 ? features.map(slim) : [] } as const
  const sent = Buffer.byteLength(JSON.stringify(collection))
  if (sent > MAX_SENT_BYTES)
    throw new GridFileError(
      say(
        `网格须一次送达，压缩后为 ${megabytes(sent)} MB，上限 1 MB。请简化边界（例如 mapshaper -simplify）。`,
        `A grid is sent in one piece; this one has ${megabytes(sent)} MB when compacted, 1 MB is the limit. Simplify the outlines (for example mapshaper -simplify).`,
      ),
    )
  return { collection, rejected, digest: createHash('sha256').update(bytes).digest('hex') }
}

const decode = (bytes: Uint8Array, say: Words): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new GridFileError(
      say('文件不是 UTF-8；GeoJSON 只能是 UTF-8。请另存为 UTF-8。', 'The file is not UTF-8, as GeoJSON must be; save it as UTF-8.'),
    )
  }
}

const parse = (text: string, say: Words): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    const { line, column } = faultPosition(text)
    throw new GridFileError(say(`不是有效的 JSON：第 ${line} 行第 ${column} 列。`, `The file is no JSON: line ${line}, column ${column}.`))
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const featuresOf = (value: unknown, say: Words): readonly unknown[] => {
  if (!isObject(value) || value['type'] !== 'FeatureCollection' || !Array.isArray(value['features']))
    throw new GridFileError(say('文件不是 GeoJSON FeatureCollection。', 'The file is no GeoJSON FeatureCollection.'))
  // RFC 7946 knows WGS 84 only; another system would put the street elsewhere on earth without anybody noticing.
  if ('crs' in value && !/CRS84|4326/.test(JSON.stringify(value['crs'])))
    throw new GridFileError(say('坐标系不是 WGS 84，请先转换。', 'The coordinates are not WGS 84; convert them first.'))
  return value['features']
}

const faultOf = (feature: unknown, line: number, say: Words): Rejection[] => {
  const told = (field: string, zh: string, en: string): Rejection[] => [{ line, field, code: 'INVALID_INPUT', message: say(zh, en) }]
  if (!isObject(feature) || feature['type'] !== 'Feature') return told('type', '不是 Feature。', 'It is no Feature.')
  const read = parseGeoJson(feature['geometry'])
  if (!read.ok) return told('geometry', `几何无效（${read.reason}）。`, `The geometry is not valid (${read.reason}).`)
  return []
}

const round = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(round) : typeof value === 'number' ? Math.round(value * 1e7) / 1e7 : value

const slim = (feature: unknown): unknown => {
  if (!isObject(feature) || !isObject(feature['geometry'])) return feature
  const { type, coordinates } = feature['geometry']
  const properties = isObject(feature['properties']) ? feature['properties'] : {}
  const kept = Object.fromEntries(PROPERTIES.flatMap((name) => (name in properties ? [[name, properties[name]]] : [])))
  return { type: 'Feature', geometry: { type, coordinates: round(coordinates) }, properties: kept }
}
