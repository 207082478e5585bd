import { FED2, operations, rowsOf, type World } from '../world.js'

/** `@override`: fields that moved to another subgraph, also on an interface's implementer and at the root; the old owner is never asked. */
export const override: World = {
  name: 'override',
  subgraphs: {
    old: `${FED2}
      type Query { tickets: [Ticket!]! queue: [Ticket] any: [Paper] }
      interface Paper { id: ID! stamp: String }
      type Ticket implements Paper @key(fields: "id") { id: ID! stamp: String price: Int holder: Holder }
      type Pass implements Paper @key(fields: "id") { id: ID! stamp: String days: Int }
      type Holder { name: String }`,
    fresh: `${FED2}
      type Query { queue: [Ticket] @override(from: "old") latest: Ticket }
      type Ticket @key(fields: "id") { id: ID! price: Int @override(from: "old") stamp: String @override(from: "old") note: String }`,
  },
  data: () => {
    const tickets = rowsOf(
      'Ticket',
      [1, 2].map((n) => ({ id: `t${n}`, stamp: `stamp ${n}`, price: n * 10, holder: { name: `H${n}` }, note: `n${n}` })),
    )
    const passes = rowsOf('Pass', [{ id: 'q1', stamp: 'pass', days: 3 }])
    return {
      rows: [...tickets, ...passes],
      roots: { tickets, queue: [tickets[1], null], latest: tickets[0], any: [tickets[0], passes[0], null] },
    }
  },
  operations: operations([
    ['a field that moved', '{ tickets { id price note holder { name } } }'],
    ['a root field that moved', '{ queue { price holder { name } } latest { stamp } }'],
    ['through the interface', '{ any { id stamp ... on Pass { days } ... on Ticket { price } } }'],
    ['through the interface by fragments', '{ any { ... on Ticket { stamp } ... on Pass { stamp } } }'],
    ['only the interface', '{ any { stamp } }'],
  ]),
}
