import { FED2, operations, rowsOf, type World } from '../world.js'

/** Members of a union whose fields of one name are `ID` here and `ID!` there, the union below itself, four levels deep and over two graphs. */
export const mismatchedMembers: World = {
  name: 'mismatched members',
  subgraphs: {
    accounts: `${FED2}
      type Query { users: [User!] accounts: [Account] one: Account }
      union Account = User | Admin
      type User @key(fields: "id") { id: ID name: String @shareable similar: [Account!] @shareable tag: Tag }
      type Admin @key(fields: "id") { id: ID! name: String! @shareable similar: [Account] @shareable tag: Tag! }
      type Tag @shareable { text: String }`,
    friends: `${FED2}
      type Query { friends: [Account!] }
      union Account = User | Admin
      type User @key(fields: "id") { id: ID! name: String! @shareable similar: [Account!]! @shareable level: Int! }
      type Admin @key(fields: "id") { id: ID name: String @shareable similar: [Account] @shareable level: Int friends: [User!]! }`,
  },
  data: () => {
    const all = (n: number): unknown[] => [users[n % 2], admins[(n + 1) % 2]]
    const users = rowsOf(
      'User',
      [0, 1].map((n) => ({
        id: `u${n}`,
        name: `User ${n}`,
        similar: () => all(n),
        level: n,
        tag: n === 0 ? null : { text: 't' },
      })),
    )
    const admins = rowsOf(
      'Admin',
      [0, 1].map((n) => ({
        id: `a${n}`,
        name: `Admin ${n}`,
        similar: () => (n === 1 ? null : [null, ...all(n)]),
        level: n === 1 ? null : 9,
        tag: { text: n === 1 ? null : 'x' },
        friends: users,
      })),
    )
    return {
      rows: [...users, ...admins],
      roots: { users, accounts: [admins[0], null, users[1]], one: users[0], friends: [users[1], admins[1]] },
    }
  },
  operations: operations([
    [
      'four levels of one union',
      '{ users { id similar { __typename ... on User { id name similar { ... on User { id similar { ... on Admin { id name similar { ... on User { id level } ... on Admin { id } } } ... on User { id } } } ... on Admin { id l: level } } } ... on Admin { id name } } } }',
    ],
    [
      'the same from the other graph',
      '{ friends { ... on User { id l: level similar { ... on User { id name } ... on Admin { id name friends { id name } } } } ... on Admin { id level friends { similar { ... on Admin { id } ... on User { id } } } } } }',
    ],
    [
      'one name, other types, in both graphs',
      '{ accounts { ... on User { level name tag { text } } ... on Admin { l: level name t: tag { text } } } }',
    ],
    ['under aliases of each other', '{ one { ... on User { name: id id: name } ... on Admin { id: name name: id } } }'],
  ]),
}
