import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from '@jest/globals'

import { startFakeHub, type FakeAnswer } from '../testing/fake-hub.js'
import { fakeTerminal } from '../testing/fake-terminal.js'
import { readGridFile } from './grid-file.js'
import { importFile } from './import-file.js'
import { faultPosition } from './json-position.js'

const english = (_zh: string, en: string): string => en
const fileOf = (content: string | Buffer): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'grid-')), 'grid.geojson')
  writeFileSync(path, content)
  return path
}
const ring = [
  [106.4, 29.8],
  [106.41, 29.8],
  [106.41, 29.81],
  [106.4, 29.8],
]
const cell = (changes: object = {}) => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [ring] },
  properties: { kind: 'cell', number: 1, net: 1 },
  ...changes,
})
const grid = (features: unknown[], more: object = {}): string => JSON.stringify({ type: 'FeatureCollection', features, ...more })

describe('the place of a fault in JSON', () => {
  it.each([
    ['{"a":}', 1, 6],
    ['{"a":1,\n "b" 2}', 2, 6],
    ['[1,2', 1, 5],
    ['[1,]', 1, 4],
    ['{"a":[1}', 1, 8],
    ['{"a":"x\n"}', 1, 6],
    ['{a:1}', 1, 2],
    ['[01]', 1, 3],
    ['{} x', 1, 4],
    ['', 1, 1],
    ["['a']", 1, 2],
    ['{"a":1,,}', 1, 8],
  ])('%j is faulty at line %i, column %i', (text, line, column) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    expect(faultPosition(text)).toEqual({ line, column })
  })
})

describe('reading a grid file', () => {
  it('takes a byte order mark, rounds to a centimetre and sends nothing the hub does not read', async () => {
    const geometry = { type: 'Polygon', coordinates: [ring.map(([x]) => [x! + 1e-9, 29.123456789])], bbox: [1] }
    const file = fileOf(`\ufeff${grid([cell({ geometry, id: 7, properties: { kind: 'cell', number: 1, net: 1, owner: 'Mr Secret' } })])}`)
    const { collection, rejected } = await readGridFile(file, english)
    expect(rejected).toEqual([])
    expect(collection).toEqual({
      type: 'FeatureCollection',
      features: [cell({ geometry: { type: 'Polygon', coordinates: [ring.map(([x]) => [x, 29.1234568])] } })],
    })
  })

  it('tells faulty features by their index', async () => {
    const open = { type: 'Polygon', coordinates: [ring.slice(0, 3)] }
    const { rejected } = await readGridFile(fileOf(grid([cell(), cell({ geometry: open }), 7, cell({ geometry: null })])), english)
    expect(rejected.map(({ line, field }) => [line, field])).toEqual([
      [1, 'geometry'],
      [2, 'type'],
      [3, 'geometry'],
    ])
  })

  it.each([
    ['no JSON', '{"type": "FeatureCollection",\n "features": [}', 'line 2, column 15'],
    ['no FeatureCollection', JSON.stringify(cell()), 'no GeoJSON FeatureCollection'],
    ['no UTF-8', Buffer.from([0x7b, 0xc2, 0xb7, 0xb5, 0xc6]), 'not UTF-8'],
    ['another coordinate system', grid([cell()], { crs: { properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } }), 'not WGS 84'],
    ['too much to send', grid(Array.from({ length: 12_000 }, () => cell())), '1 MB is the limit'],
    ['nesting without end', `{"type":"FeatureCollection","features":[${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'line 1'],
  ])('refuses %s', async (_name, content, sentence) => {
    await expect(readGridFile(fileOf(content), english)).rejects.toThrow(sentence)
  })

  it('refuses more than 20 MB without reading it', async () => {
    const file = fileOf('{}')
    truncateSync(file, 21 * 1024 * 1024)
    await expect(readGridFile(file, english)).rejects.toThrow('21.0 MB; 20 MB is the limit')
  })
})

describe('commonhall import grid', () => {
  const answer = (result: object): FakeAnswer => ({ body: { data: { result } } })
  const run = async (content: string, result: object) => {
    const hub = await startFakeHub(() => answer(result))
    const terminal = fakeTerminal()
    const file = fileOf(content)
    try {
      const code = await importFile('grid', file, { community: 'com_1', url: hub.url, json: true }, terminal, { waitsMs: [0] })
      return { code, file, terminal, hub, told: terminal.told.join('\n') }
    } finally {
      await hub.stop()
    }
  }

  it('sends the file as one mutation and exits 0', async () => {
    const { code, terminal, hub } = await run(grid([cell(), cell()]), {
      __typename: 'GridImportReport',
      accepted: 1,
      duplicates: 1,
      rejected: [],
    })
    expect(code).toBe(0)
    expect(JSON.parse(terminal.printed[0] ?? '')).toMatchObject({ lines: 2, accepted: 1, duplicates: 1, rejected: 0 })
    expect(hub.calls).toHaveLength(1)
    expect(hub.calls[0]?.input).toMatchObject({ community: 'com_1', collection: { type: 'FeatureCollection' } })
  })

  it('tells what the hub rejected by the index of the feature; nothing was written then', async () => {
    const rejected = [{ line: 0, field: 'properties.net', code: 'INVALID_INPUT', message: 'There is no such net.' }]
    const { code, file, told } = await run(grid([cell()]), { __typename: 'GridImportReport', accepted: 0, duplicates: 0, rejected })
    expect(code).toBe(1)
    expect(told).toContain('Nothing was written')
    expect(readFileSync(`${file}.rejected.csv`, 'utf8')).toContain('0,properties.net,INVALID_INPUT,There is no such net.')
  })

  it('sends nothing when a feature is faulty, and exits 2 for what is no grid at all', async () => {
    const faulty = await run(grid([cell({ geometry: null })]), {})
    expect([faulty.code, faulty.hub.calls.length]).toEqual([1, 0])
    const none = await run('{', {})
    expect([none.code, none.hub.calls.length]).toEqual([2, 0])
    expect(none.told).toContain('line 1, column 2')
  })
})
