import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  type PolygonGeometry,
  type Position,
  boundingBox,
  buildCellIndex,
  distanceMeters,
  parseGeoJson,
  pointInGeometry,
  roundPoint,
} from './index.js'

const square = (x: number, y: number, size: number): Position[] => [
  ...([
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ] as Position[]),
]
const polygon = (...coordinates: Position[][]): PolygonGeometry => ({ type: 'Polygon', coordinates })

describe('reading GeoJSON', () => {
  const ring = square(106.4, 29.8, 0.01)
  it.each([
    ['a point', { type: 'Point', coordinates: [106.42, 29.82] }, { type: 'Point', coordinates: [106.42, 29.82] }],
    [
      'a point with height and box',
      { type: 'Point', coordinates: [1, 2, 300], bbox: [1, 2, 1, 2] },
      { type: 'Point', coordinates: [1, 2] },
    ],
    ['the corners of the earth', { type: 'Point', coordinates: [-180, 90] }, { type: 'Point', coordinates: [-180, 90] }],
    ['a polygon', { type: 'Polygon', coordinates: [ring] }, polygon(ring)],
    ['several polygons', { type: 'MultiPolygon', coordinates: [[ring], [ring]] }, { type: 'MultiPolygon', coordinates: [[ring], [ring]] }],
  ])('accepts %s', (_, value, geometry) => expect(parseGeoJson(value)).toEqual({ ok: true, geometry }))

  it.each([
    ['nothing', null, 'NOT_AN_OBJECT'],
    ['a string', '{"type":"Point"}', 'NOT_AN_OBJECT'],
    ['a list', [1, 2], 'NOT_AN_OBJECT'],
    ['a class instance', new Date(), 'NOT_AN_OBJECT'],
    ['a prototype key', JSON.parse('{"type":"Point","coordinates":[1,2],"__proto__":{"x":1}}'), 'FORBIDDEN_KEY'],
    ['another coordinate system', { type: 'Point', coordinates: [1, 2], crs: {} }, 'FORBIDDEN_KEY'],
    [
      'a line',
      {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      'UNKNOWN_TYPE',
    ],
    ['no type', {}, 'UNKNOWN_TYPE'],
    ['an inherited type name', { type: 'toString', coordinates: [1, 2] }, 'UNKNOWN_TYPE'],
    ['a point without numbers', { type: 'Point', coordinates: [] }, 'BAD_COORDINATES'],
    ['numbers as text', { type: 'Point', coordinates: ['1', '2'] }, 'BAD_COORDINATES'],
    ['an infinite number', { type: 'Point', coordinates: [Infinity, 2] }, 'BAD_COORDINATES'],
    ['not a number', { type: 'Point', coordinates: [1, Number.NaN] }, 'BAD_COORDINATES'],
    ['four numbers', { type: 'Point', coordinates: [1, 2, 3, 4] }, 'BAD_COORDINATES'],
    ['latitude and longitude swapped', { type: 'Point', coordinates: [29.8, 106.4] }, 'OUT_OF_RANGE'],
    ['an empty polygon', { type: 'Polygon', coordinates: [] }, 'BAD_COORDINATES'],
    ['nested too deep', { type: 'Polygon', coordinates: [[[[1, 2]]]] }, 'BAD_COORDINATES'],
    ['nested too flat', { type: 'Polygon', coordinates: ring }, 'BAD_COORDINATES'],
    [
      'three positions',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [0, 0],
          ],
        ],
      },
      'RING_TOO_SHORT',
    ],
    ['an empty ring', { type: 'Polygon', coordinates: [[]] }, 'RING_TOO_SHORT'],
    ['an open ring', { type: 'Polygon', coordinates: [ring.slice(0, -1)] }, 'RING_NOT_CLOSED'],
    ['a ring of 10,001', { type: 'Polygon', coordinates: [Array(10_001).fill([0, 0])] }, 'TOO_MANY_POSITIONS'],
    [
      '10,001 over several rings',
      { type: 'MultiPolygon', coordinates: [[Array(6000).fill([0, 0])], [Array(4001).fill([0, 0])]] },
      'TOO_MANY_POSITIONS',
    ],
  ])('refuses %s', (_, value, reason) => expect(parseGeoJson(value)).toEqual({ ok: false, reason }))

  it('accepts 10,000 positions, gives a copy, and never throws', () => {
    const many = { type: 'Polygon', coordinates: [Array(10_000).fill([0, 0])] }
    expect(parseGeoJson(many).ok).toBe(true)
    const sent = { type: 'Point', coordinates: [1, 2] }
    const read = parseGeoJson(sent)
    sent.coordinates[0] = 50
    expect(read).toEqual({ ok: true, geometry: { type: 'Point', coordinates: [1, 2] } })
    const type = fc.constantFrom('Point', 'Polygon', 'MultiPolygon')
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ type, coordinates: fc.anything() })), (value) =>
        expect(typeof parseGeoJson(value).ok).toBe('boolean'),
      ),
    )
  })
})

describe('a point in an area', () => {
  const withHole = polygon(square(0, 0, 10), square(4, 4, 2))
  it.each([
    [[1, 1], true, 'inside'],
    [[5, 5], false, 'in the hole'],
    [[4, 5], true, 'on the border of the hole'],
    [[0, 5], true, 'on the west border'],
    [[10, 5], true, 'on the east border'],
    [[5, 10], true, 'on the north border'],
    [[0, 0], true, 'on a corner'],
    [[10.0001, 5], false, 'just outside'],
    [[-1, 0], false, 'in line with the south border'],
    [[11, 10], false, 'in line with the north border'],
  ] as [Position, boolean, string][])('%j: %s, %s', (point, inside) => expect(pointInGeometry(point, withHole)).toBe(inside))

  it('is found in any part of several polygons, and beside a slanted edge', () => {
    const two = { type: 'MultiPolygon' as const, coordinates: [[square(0, 0, 1)], [square(5, 5, 1)]] }
    expect(
      [
        [0.5, 0.5],
        [5.5, 5.5],
        [3, 3],
      ].map((point) => pointInGeometry(point as unknown as Position, two)),
    ).toEqual([true, true, false])
    const triangle = polygon([
      [0, 0],
      [0.3, 0.1],
      [0, 0.3],
      [0, 0],
    ])
    expect([pointInGeometry([0.15, 0.05], triangle), pointInGeometry([0.15, 0.0499], triangle)]).toEqual([true, false])
  })
})

describe('measures', () => {
  it('bound an area', () => {
    expect(boundingBox(polygon(square(-2, 1, 4)))).toEqual([-2, 1, 2, 5])
    expect(boundingBox({ type: 'Point', coordinates: [3, 4] })).toEqual([3, 4, 3, 4])
  })
  it('round a home away', () => {
    expect(roundPoint([106.423456, 29.876543], 4)).toEqual([106.4235, 29.8765])
    expect(Object.is(roundPoint([-0.00001, 0])[0], 0)).toBe(true)
  })
  it.each([
    [[0, 0], [0, 1], 111_195],
    [[0, 0], [0, 0], 0],
    [[106.42, 29.82], [106.43, 29.82], 965],
    [[0, 0], [180, 0], 20_015_114],
  ] as [Position, Position, number][])('from %j to %j are %i metres', (a, b, metres) =>
    expect(Math.round(distanceMeters(a, b))).toBe(metres),
  )
})

describe('the cell of a point', () => {
  const cells = Array.from({ length: 100 }, (_, i) => ({
    id: `cel_${String(i).padStart(3, '0')}`,
    boundary: polygon(square(i % 10, Math.floor(i / 10), 1)),
  }))
  const index = buildCellIndex([...cells].reverse())

  it.each([
    [[0.5, 0.5], 'cel_000'],
    [[9.5, 9.5], 'cel_099'],
    [[3, 4.5], 'cel_042'],
    [[3, 4], 'cel_032'],
    [[10, 10], 'cel_099'],
    [[10.0001, 5], null],
    [[-50, 200], null],
  ] as [Position, string | null][])('%j is %s: on a border the smallest id', (point, id) => expect(index.cellAt(point)).toBe(id))

  it('is the one a walk through all cells would find', () => {
    const coordinate = fc.oneof(fc.integer({ min: -1, max: 11 }), fc.double({ min: -1, max: 11, noNaN: true }))
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        expect(index.cellAt([x, y])).toBe(cells.find(({ boundary }) => pointInGeometry([x, y], boundary))?.id ?? null)
      }),
    )
  })
  it('is null without cells, and right with one', () => {
    expect(buildCellIndex([]).cellAt([0, 0])).toBeNull()
    expect(buildCellIndex(cells.slice(0, 1)).cellAt([1, 1])).toBe('cel_000')
  })
})
