import { FED2, operations, rowsOf, type RecordView, type World } from '../world.js'

const num = (value: unknown): number => Number(value ?? 0)

/** `@requires`: plain, nested, with arguments that conflict, several hops deep, over interfaces, unions and lists. */
export const requires: World = {
  name: 'requires',
  subgraphs: {
    houses: `${FED2}
      type Query { houses: [House!]! house(id: ID!): House }
      type House @key(fields: "id") {
        id: ID! rooms: Int! rent(currency: Currency = CNY, times: Int = 1): Int size: Size owner: Party heating: Heating lodgers: [Lodger!]
      }
      enum Currency { CNY EUR }
      type Size { square: Int high: Float }
      interface Heating { watts: Int }
      type Stove implements Heating { watts: Int fuel: String }
      type Boiler implements Heating { watts: Int litres: Int }
      union Party = Firm | Lodger
      type Firm { title: String staff: Int }
      type Lodger @key(fields: "id") { id: ID! age: Int }`,
    taxes: `${FED2}
      type House @key(fields: "id") {
        id: ID! rooms: Int! @external size: Size @external
        rent(currency: Currency = CNY, times: Int = 1): Int @external
        roomTax: Int @requires(fields: "rooms")
        volume: Float @requires(fields: "size { square high }")
        tax: Int @requires(fields: "rent(currency: EUR)")
        yearTax(extra: Int = 0): Int @requires(fields: "rent(currency: CNY, times: 12)")
      }
      enum Currency { CNY EUR }
      type Size @external { square: Int high: Float }`,
    grants: `${FED2}
      type House @key(fields: "id") {
        id: ID! tax: Int @external volume: Float @external lodgers: [Lodger!] @external
        grant: Int @requires(fields: "tax volume")
        perHead: Float @requires(fields: "tax lodgers { age }")
      }
      type Lodger @key(fields: "id") { id: ID! age: Int @external isMinor: Boolean @requires(fields: "age") }`,
    office: `${FED2}
      type Query { cases: [Case!]! }
      type Case { about: House urgent: Boolean }
      type House @key(fields: "id") {
        id: ID! grant: Int @external heating: Heating @external owner: Party @external
        letter: String @requires(fields: "grant")
        heatClass: String @requires(fields: "heating { watts ... on Stove { fuel } ... on Boiler { litres } }")
        addressee: String @requires(fields: "owner { ... on Firm { title } ... on Lodger { age } }")
      }
      interface Heating { watts: Int }
      type Stove implements Heating @external { watts: Int fuel: String }
      type Boiler implements Heating @external { watts: Int litres: Int }
      union Party = Firm | Lodger
      type Firm @external { title: String }
      type Lodger @key(fields: "id") { id: ID! age: Int @external }`,
  },
  data: () => {
    const lodgers = rowsOf('Lodger', [
      { id: 'l1', age: 10, isMinor: (_: unknown, self: RecordView) => num(self.get('age')) < 18 },
      { id: 'l2', age: null, isMinor: (_: unknown, self: RecordView) => (self.get('age') === null ? null : num(self.get('age')) < 18) },
    ])
    const owners = [...rowsOf('Firm', [{ title: 'Water & Co', staff: 4 }]), lodgers[0], null]
    const heatings = [...rowsOf('Stove', [{ watts: 100, fuel: 'wood' }]), ...rowsOf('Boiler', [{ watts: 300, litres: 80 }]), null]
    const houses = rowsOf(
      'House',
      [0, 1, 2].map((n) => ({
        id: `h${n}`,
        rooms: n + 1,
        rent: ({ currency, times }: { currency: string | null; times: number | null }) =>
          n === 2 ? null : (100 + n) * num(times) * (currency === 'EUR' ? 10 : 1),
        size: n === 2 ? null : { square: 10 * (n + 1), high: 2.5 },
        owner: owners[n],
        heating: heatings[n],
        lodgers: n === 0 ? [lodgers[0], lodgers[1]] : n === 1 ? [] : null,
        roomTax: (_: unknown, self: RecordView) => num(self.get('rooms')) * 7,
        volume: (_: unknown, self: RecordView) => {
          const size = self.get('size') as RecordView | null
          return size === null ? null : num(size.get('square')) * num(size.get('high'))
        },
        tax: (_: unknown, self: RecordView) => {
          const rent = self.get('rent', { currency: 'EUR', times: 1 })
          return rent === null ? null : num(rent) / 10
        },
        yearTax: ({ extra }: { extra: number | null }, self: RecordView) =>
          num(self.get('rent', { currency: 'CNY', times: 12 })) + num(extra),
        grant: (_: unknown, self: RecordView) => num(self.get('tax')) + num(self.get('volume')),
        perHead: (_: unknown, self: RecordView) =>
          ((self.get('lodgers') as RecordView[] | null) ?? []).reduce((sum, lodger) => sum + num(lodger.get('age')), num(self.get('tax'))),
        letter: (_: unknown, self: RecordView) => `You get ${String(self.get('grant'))}`,
        heatClass: (_: unknown, self: RecordView) => {
          const heating = self.get('heating') as RecordView | null
          if (heating === null) return 'none'
          return `${num(heating.get('watts'))} ${String(heating.typeName === 'Stove' ? heating.get('fuel') : heating.get('litres'))}`
        },
        addressee: (_: unknown, self: RecordView) => {
          const owner = self.get('owner') as RecordView | null
          return owner === null ? null : String(owner.typeName === 'Firm' ? owner.get('title') : owner.get('age'))
        },
      })),
    )
    return {
      rows: [...lodgers, ...houses],
      roots: {
        houses,
        house: ({ id }: { id: string }) => houses.find((row) => row['id'] === id) ?? null,
        cases: [
          { about: houses[1], urgent: true },
          { about: null, urgent: null },
        ],
      },
    }
  },
  scalars: { ID: ['h0', 'h1', 'h2', 'nowhere'] },
  operations: operations([
    ['a plain requirement', '{ houses { roomTax } }'],
    ['a nested one', '{ houses { volume } }'],
    ['a requirement with an argument', '{ houses { tax } }'],
    ['the same field with other arguments asked by the client', '{ houses { rent tax } }'],
    ['two requirements of one field with conflicting arguments', '{ houses { tax yearTax(extra: 2) } }'],
    [
      'both and the client, under aliases that collide',
      '{ houses { rent: rent(times: 3) a: rent tax: tax yearTax b: yearTax(extra: 9) } }',
    ],
    ['a requirement of what itself requires, over three subgraphs', '{ houses { grant } }'],
    ['four hops', '{ houses { letter } }'],
    ['four hops from a stub', '{ cases { urgent about { letter grant tax rent rooms } } }'],
    ['a requirement on an interface with fragments', '{ houses { heatClass } }'],
    ['a requirement on a union with fragments', '{ houses { addressee owner { ... on Lodger { isMinor } ... on Firm { staff } } } }'],
    ['a requirement with a list of entities', '{ houses { perHead lodgers { isMinor } } }'],
    ['an alias with the name of what is required', '{ houses { rooms: id roomTax } }'],
    ['an alias of another field over a required one', '{ houses { size: heatClass volume tax: roomTax grant } }'],
    [
      'aliases that are words of JavaScript, of the schema and of the hub, beside others',
      '{ houses { hasOwnProperty: rent valueOf: tax length: volume then: roomTax _r0_rent: rent(times: 2) _entities: tax House: rooms EUR: grant fields: letter plain: tax lodgers { age: id toJSON: id isMinor } } }',
    ],
    [
      'aliases that no schema knows, of objects and lists, one of them twice',
      '{ houses { shown: size { q1: square q2: high } q3: lodgers { q4: id q5: age } q3: lodgers { q5: age q6: isMinor } q7: owner { ... on Firm { q8: title } ... on Lodger { q9: id } } } }',
    ],
    ['required fields renamed beside their requirer', '{ houses { x: tax y: volume z: grant q: letter } }'],
    ['everything', '{ houses { roomTax volume tax yearTax grant perHead letter heatClass addressee lodgers { isMinor } } }'],
    [
      'everything from a stub',
      '{ cases { about { roomTax volume tax yearTax grant perHead letter heatClass addressee lodgers { isMinor } } } }',
    ],
    ['a null entity', '{ house(id: "nowhere") { letter } }'],
  ]),
}
