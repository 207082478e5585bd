import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectRefusal, REFUSED } from '@commonhall/harness'

import { cadreOf, startSmallStreet, type SmallStreet } from './street.data.js'

const IMPORT = `mutation ($input: ImportGridInput!) { importGrid(input: $input) { ${REFUSED} ... on GridImportReport {
  accepted duplicates community { id } rejected { feature field faultCode: code message } } } }`

const area = (x: number, y = 0) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + 0.1, y],
      [x + 0.1, y + 0.1],
      [x, y],
    ],
  ],
})
const feature = (properties: Record<string, unknown>, geometry: unknown = area(1)) => ({ type: 'Feature', properties, geometry })
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features })
const buildings = [{ name: '三号楼', households: 40, hasGroup: true }]
const file = collection(
  feature({ kind: 'cell', number: 71, net: 7, buildings }, area(1)),
  feature({ kind: 'net', number: 7 }, area(1)),
  feature({ kind: 'cell', number: 72, net: 1 }, area(2)),
)

describe('importing a grid', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const load = (input: Record<string, unknown>, actor = cadreOf(street)) =>
    street.party.run(actor, IMPORT, { input: { community: street.community, ...input } })
  const grid = async () => {
    const query = `query ($id: ID!) { community(id: $id) { boundary nets { id number cells { id number boundary buildings { name households hasGroup } } } } }`
    return (await street.party.run(actors.anonymous(), query, { id: street.community })).data.community
  }

  it('takes nets, cells and buildings in any order, and tells the other parties', async () => {
    expect(expectDone(await load({ collection: file }))).toMatchObject({
      accepted: 3,
      duplicates: 0,
      rejected: [],
      community: { id: street.community },
    })
    expect((await grid()).nets[1]).toMatchObject({
      number: 7,
      cells: [{ number: 71, buildings: [{ name: '三号楼', households: 40, hasGroup: true }] }],
    })
    const told = (await street.party.published()).map(({ type }) => type)
    expect(told).toEqual(['committee.cell.published', 'committee.cell.published', 'committee.community.published'])
    const { data } = await street.party.run(actors.anonymous(), `{ cellAt(point: {type: "Point", coordinates: [1.05, 0.02]}) { number } }`)
    expect(data.cellAt).toEqual({ number: 71 })
  })

  it('changes nothing when the same file comes again, and keeps the ids when outlines move', async () => {
    const before = await grid()
    expect(expectDone(await load({ collection: file }))).toMatchObject({ accepted: 0, duplicates: 3 })
    const moved = collection(feature({ kind: 'cell', number: 71, net: 7, buildings }, area(5)), feature({ kind: 'community' }, area(0)))
    expect(expectDone(await load({ collection: moved }))).toMatchObject({ accepted: 2, duplicates: 0 })
    const after = await grid()
    expect(after.nets[1].cells[0].id).toBe(before.nets[1].cells[0].id)
    expect(after).toMatchObject({ boundary: area(0), nets: [{}, { cells: [{ boundary: area(5) }] }] })
    const { data } = await street.party.run(actors.anonymous(), `{ cellAt(point: {type: "Point", coordinates: [5.05, 0.02]}) { number } }`)
    expect(data.cellAt).toEqual({ number: 71 })
  })

  it('writes nothing at all when one feature is faulty, and tells each fault with its place', async () => {
    const before = await grid()
    const report = expectDone(
      await load({
        collection: collection(
          feature({ kind: 'net', number: 9 }),
          feature({ kind: 'net', number: 9 }),
          feature({ kind: 'cell', number: 91, net: 99 }),
          feature({ kind: 'tower', number: 1 }),
          feature({ kind: 'net', number: 0 }),
          feature({ kind: 'net', number: 10 }, { type: 'Point', coordinates: [0, 0] }),
          feature({ kind: 'net', number: 11 }, { type: 'Polygon', coordinates: [[[0, 0]]] }),
          feature({ kind: 'cell', number: 92, net: 1, buildings: [{ name: '', households: 1 }] }),
          feature({ kind: 'cell', number: 93, net: 1, buildings: [{ name: 'a\u0000', households: 1 }] }),
          feature({ kind: 'cell', number: 94, net: 1, buildings: [{ name: 'a', households: -1 }] }),
          'nonsense',
          null,
        ),
      }),
    )
    expect(report).toMatchObject({ accepted: 0, duplicates: 0 })
    expect((report['rejected'] as Array<{ feature: number; field: string }>).map(({ feature: place, field }) => [place, field])).toEqual([
      [1, 'properties.number'],
      [2, 'properties.net'],
      [3, 'properties.kind'],
      [4, 'properties.number'],
      [5, 'geometry'],
      [6, 'geometry'],
      [7, 'properties.buildings[0].name'],
      [8, 'properties.buildings[0].name'],
      [9, 'properties.buildings[0].households'],
      [10, 'type'],
      [11, 'type'],
    ])
    expect(await grid()).toEqual(before)
  })

  it.each([
    {},
    { type: 'FeatureCollection' },
    collection(),
    collection(...Array.from({ length: 2_001 }, () => 1)),
    feature({ kind: 'net', number: 1 }),
  ])('refuses what is no collection of features (%#)', async (value) => {
    expect(expectRefusal(await load({ collection: value }), 'INVALID_INPUT')).toMatchObject({ field: 'collection' })
  })

  it('gives the first report again for the same key', async () => {
    const input = { collection: collection(feature({ kind: 'net', number: 20 })), clientKey: 'grid-1' }
    expect(expectDone(await load(input))).toMatchObject({ accepted: 1 })
    expect(expectDone(await load(input))).toMatchObject({ accepted: 1, duplicates: 0 })
  })

  it('lets two imports at once follow each other', async () => {
    const input = { collection: collection(feature({ kind: 'net', number: 30 }), feature({ kind: 'cell', number: 301, net: 30 })) }
    const reports = await Promise.all([load(input), load(input), load(input)])
    expect(reports.map((answer) => expectDone(answer)['accepted']).sort()).toEqual([0, 0, 2])
  })

  it('refuses an unknown community, and one of another committee', async () => {
    expectRefusal(await load({ community: 'com_x', collection: file }), 'NOT_FOUND')
    expectRefusal(await load({ community: street.otherCommunity, collection: file }), 'NOT_YOUR_RECORD')
  })
})
