import { FED2, operations, rowsOf, type World } from '../world.js'

/**
 * Interfaces and unions that each subgraph sees in part: partial members, implementers with other fields, interfaces that implement
 * interfaces, abstract types inside abstract types, same names with other types.
 */
export const abstractTypes: World = {
  name: 'abstract types',
  subgraphs: {
    shop: `${FED2}
      type Query { goods: [Good]! offers: [Offer!]! shared: Offer @shareable nested: [Wrap!]! priced: [Priced!]! }
      interface Good { id: ID! }
      interface Priced implements Good { id: ID! price: Money }
      type Lamp implements Good & Priced @key(fields: "id") { id: ID! price: Money volts: Int! bulb: Bulb }
      type Chair implements Good & Priced @key(fields: "id") { id: ID! price: Money legs: Int size: String }
      type Gift implements Good @key(fields: "id") { id: ID! from: String }
      union Offer = Lamp | Chair
      union Wrap = Box | Bag
      type Box @shareable { inside: Good label: String }
      type Bag { inside: Offer label: String! }
      interface Bulb { watts: Int }
      type Led implements Bulb { watts: Int lumen: Int }
      type Old implements Bulb { watts: Int }
      interface Money { amount: Int }
      type Cash implements Money { amount: Int unit: String }
      type Coupon implements Money { amount: Int code: String! }`,
    depot: `${FED2}
      type Query { shared: Offer @shareable heaviest: Offer kept: [Kept] lampOnly: LampOnly any: [Anything!] }
      union Offer = Lamp | Rug
      union Anything = Lamp | Chair | Rug | Gift
      union LampOnly = Lamp
      interface Kept { id: ID! weight: Int }
      type Lamp implements Kept @key(fields: "id") { id: ID! weight: Int next: Kept }
      type Rug implements Kept @key(fields: "id") { id: ID! weight: Int size: Int }
      type Chair implements Kept @key(fields: "id") { id: ID! weight: Int }
      type Gift @key(fields: "id") { id: ID! weight: Float }`,
  },
  data: () => {
    const money = [...rowsOf('Cash', [{ amount: 5, unit: 'CNY' }]), ...rowsOf('Coupon', [{ amount: null, code: 'C' }])]
    const bulbs = [...rowsOf('Led', [{ watts: 5, lumen: 500 }]), ...rowsOf('Old', [{ watts: 60 }])]
    const lamps = rowsOf(
      'Lamp',
      [1, 2].map((n) => ({
        id: `l${n}`,
        price: money[n - 1],
        volts: 220,
        bulb: bulbs[n - 1],
        weight: n,
        next: () => (n === 1 ? rugs[0] : lamps[0]),
      })),
    )
    const chairs = rowsOf(
      'Chair',
      [1, 2].map((n) => ({ id: `c${n}`, price: n === 2 ? null : money[1], legs: n + 2, size: `size ${n}`, weight: null })),
    )
    const rugs = rowsOf('Rug', [{ id: 'r1', weight: 9, size: 4 }])
    const gifts = rowsOf('Gift', [{ id: 'g1', from: 'Ann', weight: 0.5 }])
    return {
      rows: [...lamps, ...chairs, ...rugs, ...gifts],
      roots: {
        goods: [lamps[0], null, chairs[0], gifts[0], lamps[1]],
        offers: [chairs[1], lamps[1]],
        shared: lamps[0],
        priced: [chairs[0], lamps[0]],
        nested: [
          ...rowsOf('Box', [
            { inside: chairs[0], label: 'box' },
            { inside: null, label: null },
            { inside: gifts[0], label: 'g' },
          ]),
          ...rowsOf('Bag', [{ inside: lamps[0], label: 'bag' }]),
        ],
        heaviest: rugs[0],
        kept: [lamps[1], null, rugs[0], chairs[0]],
        lampOnly: lamps[1],
        any: [rugs[0], lamps[0], gifts[0], chairs[1]],
      },
    }
  },
  operations: operations([
    [
      'an interface whose implementers have fields elsewhere',
      '{ goods { id __typename ... on Lamp { weight } ... on Chair { weight legs } ... on Gift { grams: weight from } } }',
    ],
    ['an interface known to one subgraph on objects of another', '{ goods { ... on Kept { weight } id } }'],
    [
      'a fragment on an interface of another subgraph inside a union',
      '{ offers { ... on Kept { weight } ... on Priced { price { amount } } } }',
    ],
    [
      'a shared root with other members per subgraph',
      '{ shared { __typename ... on Lamp { volts weight } ... on Chair { legs } ... on Rug { size } } }',
    ],
    [
      'a member that only the other subgraph knows',
      '{ heaviest { ... on Rug { rug: size } ... on Lamp { volts } ... on Chair { size } } }',
    ],
    [
      'abstract in abstract',
      '{ nested { ... on Box { label inside { id ... on Chair { price { amount ... on Coupon { code } } weight } } } ... on Bag { name: label inside { ... on Lamp { bulb { watts ... on Led { lumen } } weight } } } } }',
    ],
    [
      'interfaces of interfaces',
      '{ priced { id price { amount ... on Cash { unit } } ... on Good { id } ... on Lamp { next { id weight ... on Rug { size } } } } }',
    ],
    [
      'an interface to another party and back',
      '{ kept { id weight ... on Lamp { volts next { id ... on Rug { size } ... on Lamp { bulb { watts } } } } ... on Chair { price { amount } } } }',
    ],
    ['a union of one', '{ lampOnly { ... on Lamp { volts weight bulb { ... on Old { watts } } } } }'],
    ['only type names', '{ goods { __typename } offers { __typename } any { __typename } nested { __typename } }'],
    [
      'every member',
      '{ any { ... on Lamp { id bulb { watts } } ... on Chair { id legs } ... on Rug { id weight } ... on Gift { id from } } }',
    ],
    ['one alias, other fields by type', '{ any { ... on Lamp { x: weight } ... on Chair { x: legs } ... on Rug { x: size } } }'],
    [
      'the same name with other types',
      '{ any { ... on Chair { a: size } ... on Rug { b: size } ... on Gift { c: weight } ... on Lamp { d: weight } } }',
    ],
  ]),
}
