import { FED2, operations, rowsOf, type Row, type World } from '../world.js'

/** `@shareable` value types whose fields are split over subgraphs, with other nullability and entities inside; shared roots. */
export const valueTypes: World = {
  name: 'value types',
  subgraphs: {
    north: `${FED2}
      type Query { parcel: Parcel @shareable parcels: [Parcel!]! north: Depot common: String! @shareable }
      type Parcel @key(fields: "id") { id: ID! box: Box @shareable route: [[Stop!]!] }
      type Box @shareable { wide: Int! high: Int lid: Lid }
      type Lid @shareable { colour: String }
      type Stop @key(fields: "id") { id: ID! }
      type Depot @key(fields: "name") { name: String! first: Parcel box: Box @shareable }`,
    south: `${FED2}
      type Query { parcel: Parcel @shareable south: [Depot2!] common: String @shareable }
      type Parcel @key(fields: "id") { id: ID! box: Box @shareable weight: Int! }
      type Box @shareable { wide: Int high: Int lid: Lid }
      type Lid @shareable { colour: String! screws: Int }
      type Depot @key(fields: "name") { name: String! box: Box @shareable }
      type Stop @key(fields: "id") { id: ID! at: String parcels: [[Parcel]] }
      type Depot2 { box: Box stops: [Stop] }`,
  },
  data: () => {
    const stops = rowsOf(
      'Stop',
      [1, 2, 3].map((n) => ({ id: `s${n}`, at: `place ${n}`, parcels: () => (n === 3 ? null : [[parcels[0], null], [parcels[n]]]) })),
    )
    const box = (n: number): Record<string, unknown> => ({
      wide: n,
      high: n === 2 ? null : n * 2,
      lid: n === 3 ? null : { colour: `c${n}`, screws: n },
    })
    const parcels = rowsOf(
      'Parcel',
      [1, 2, 3].map((n) => ({
        id: `p${n}`,
        box: box(n),
        weight: n * 100,
        route: n === 2 ? [[], [stops[0]]] : n === 3 ? null : [[stops[0], stops[1]], [stops[2]]],
      })),
    )
    const depot: Row = { __typename: 'Depot', name: 'N', first: parcels[1], box: box(1) }
    return {
      rows: [...stops, ...parcels, depot],
      roots: {
        parcel: parcels[0],
        parcels,
        north: depot,
        south: [
          { box: box(2), stops: [stops[0], null] },
          { box: null, stops: null },
        ],
        common: 'same',
      },
    }
  },
  operations: operations([
    ['a shared root from either side', '{ parcel { id weight route { at } } common }'],
    ['a value type whose deep field only one side has', '{ parcels { box { wide lid { colour screws } } } }'],
    ['lists of lists of entities', '{ parcels { route { id at parcels { weight box { high } } } } }'],
    ['a value type where the field is', '{ south { box { lid { screws colour } } stops { at } } }'],
    ['aliases in value types', '{ parcels { a: box { wide: high x: lid { colour: screws } } b: box { y: wide } } }'],
  ]),
}
