import { operations, rowsOf, type RecordView, type World } from '../world.js'

/** Federation 1 subgraphs (`extend type`, `@external` keys, no @link) beside Federation 2 ones, with renamed root types. */
export const earlyFederation: World = {
  name: 'Federation 1 beside 2',
  subgraphs: {
    users: `
      schema { query: Lookup mutation: Acts }
      type Lookup { me: User users: [User] }
      type Acts { rename(id: ID!, name: String!): User count: Int! }
      type User @key(fields: "id") { id: ID! name: String email: String }`,
    notes: `
      extend type Query { lastNote: Note notes: [Note!]! }
      extend type Mutation { addNote(by: ID!, text: String!): Note! }
      type Note @key(fields: "id") { id: ID! text: String by: User @provides(fields: "name") also: User }
      extend type User @key(fields: "id") { id: ID! @external name: String @external email: String @external notes: [Note!] masked: String @requires(fields: "email") }`,
    modern: `schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@shareable"]) { query: Root }
      type Root { newest: [User!] }
      extend type User @key(fields: "id") { id: ID! @external badge: Badge }
      type Badge { title: String holder: User }
      type Note @key(fields: "id") { id: ID! @external likes: Int }`,
    prefixed: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0")
      type Note @federation__key(fields: "id") { id: ID! length: Int }`,
  },
  data: () => {
    const users = rowsOf(
      'User',
      [1, 2].map((n) => ({
        id: `u${n}`,
        name: `User ${n}`,
        email: n === 2 ? null : `u${n}@x`,
        notes: () => notes.filter((note) => note['by'] === users[n - 1]),
        masked: (_: unknown, self: RecordView) => String(self.get('email')).slice(0, 1),
        badge: n === 2 ? null : { title: 'gold', holder: () => users[1] },
      })),
    )
    const notes = rowsOf(
      'Note',
      [1, 2, 3].map((n) => ({
        id: `n${n}`,
        text: `Note ${n}`,
        by: n === 3 ? null : users[n % 2],
        also: users[0],
        likes: n,
        length: n * 5,
      })),
    )
    const all = [...users, ...notes]
    return {
      rows: all,
      roots: {
        me: users[0],
        users: [...users, null],
        lastNote: notes[2],
        notes,
        newest: users,
        rename: ({ id, name }: { id: string; name: string }) => {
          const user = users.find((row) => row['id'] === id) ?? null
          if (user) user['name'] = name
          return user
        },
        count: () => notes.length,
        addNote: ({ by, text }: { by: string; text: string }) => {
          const note = rowsOf('Note', [
            {
              id: `n${notes.length + 1}`,
              text,
              by: users.find((row) => row['id'] === by) ?? null,
              also: null,
              likes: 0,
              length: text.length,
            },
          ])
          notes.push(...note)
          all.push(...note)
          return note[0]
        },
      },
    }
  },
  operations: operations([
    ['an extended type with an external key', '{ me { name notes { text likes length } masked badge { title holder { email } } } }'],
    ['provided by Federation 1', '{ notes { by { name } also { name masked } } }'],
    ['renamed roots of two subgraphs', '{ users { id badge { title } } newest { name } lastNote { length by { name } } }'],
    ['the type name of a renamed root', '{ __typename me { __typename } ... on Query { x: __typename } }'],
    [
      'mutations of two subgraphs in their order, with what others know',
      'mutation { a: rename(id: "u1", name: "A") { name masked notes { text } } b: addNote(by: "u1", text: "hello") { length by { name } } count c: rename(id: "u2", name: "C") { badge { title } notes { text likes } } d: count }',
    ],
  ]),
}
