import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectNoErrors } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { startSmallStreet, type SmallStreet } from './street.data.js'

describe('the territory', () => {
  let street: SmallStreet
  beforeAll(async () => {
    street = await startSmallStreet()
  })
  afterAll(() => street.party.stop())

  const ask = (query: string, variables?: Record<string, unknown>) => street.party.run(actors.anonymous(), query, variables)

  it('is readable by everybody, in one statement per kind of record', async () => {
    const names = await street.party.statements(async () => {
      const answer = await ask(`{ communities { name committee { name community { id } } rules { bouncesToConference timeZone }
        nets { number managers { role } cells { number staffed buildings { name households cell { id } } managers { role } } } } }`)
      expectNoErrors(answer)
      expect(answer.data.communities).toMatchObject([
        { name: '东村', committee: { name: '东村 committee', community: { id: street.community } }, rules: { bouncesToConference: 2 } },
        { name: '西村' },
      ])
      expect(answer.data.communities[0].nets[0].cells[0]).toMatchObject({ staffed: false, buildings: [{ name: 'No. 1', households: 100 }] })
    })
    expect(names.sort()).toEqual([
      'buildings.of_cells',
      'cell_managers.of_cells',
      'cells.by_ids',
      'cells.of_nets',
      'committees.by_ids',
      'communities.all',
      'communities.by_ids',
      'nets.of_communities',
    ])
  })

  it('hides small groups of the census', async () => {
    const answer = await ask(`query ($id: ID!) { community(id: $id) { census { band people { value suppressed } } } }`, {
      id: street.community,
    })
    expect(answer.data.community.census).toEqual([
      { band: 'A60_74', people: { value: 120, suppressed: false } },
      { band: 'UNDER_18', people: { value: null, suppressed: true } },
    ])
  })

  it('finds the cell of a point, and none outside the street', async () => {
    const point = (x: number) => ({ p: { type: 'Point', coordinates: [x, 0.005] } })
    const query = `query ($p: GeoJSON!) { cellAt(point: $p) { id net { id } community { id } } }`
    expect((await ask(query, point(0.015))).data.cellAt).toEqual({
      id: street.cell,
      net: { id: street.net },
      community: { id: street.community },
    })
    expect((await ask(query, point(3))).data.cellAt).toBeNull()
  })

  it.each([
    { type: 'Polygon', coordinates: [] },
    { type: 'Point', coordinates: [200, 0] },
    { type: 'Point', coordinates: 'x' },
    { nothing: true },
  ])('refuses to look for the cell of %j', async (p) => {
    const answer = await ask(`query ($p: GeoJSON!) { cellAt(point: $p) { id } }`, { p })
    expect(answer.errors[0]?.extensions?.['code']).toBe('INVALID_INPUT')
  })

  it.each(['', 'com_', 'x', '\u0000', "com_' or 1=1 --", 'a'.repeat(9_000), newTypeId('com'), newTypeId('cmt')])(
    'knows no community, committee or cell by a made-up id (%#)',
    async (id) => {
      const answer = await ask(`query ($id: ID!) { community(id: $id) { id } committee(id: $id) { id } cell(id: $id) { id } }`, { id })
      expect(answer).toEqual({ data: { community: null, committee: null, cell: null }, errors: [] })
    },
  )

  it.each([
    ['Community', 'name', 'communities.by_ids'],
    ['Committee', 'name', 'committees.by_ids'],
    ['Cell', 'number', 'cells.by_ids'],
    ['Net', 'number', 'nets.by_ids'],
  ])('resolves 100 representations of %s in one statement', async (type, field, statement) => {
    const ids: Record<string, string> = {
      Community: street.community,
      Committee: street.committee,
      Cell: street.cell,
      Net: street.net,
    }
    const r = Array.from({ length: 100 }, (_, n) => ({ __typename: type, id: n % 2 ? ids[type] : newTypeId(ids[type]!.slice(0, 3)) }))
    const names = await street.party.statements(async () => {
      const answer = await ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${field} } } }`, { r })
      expectNoErrors(answer)
      expect(answer.data._entities.filter((entity: unknown) => entity !== null)).toHaveLength(50)
    })
    expect(names).toEqual([statement])
  })
})
