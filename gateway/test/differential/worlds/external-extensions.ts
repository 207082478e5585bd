import { operations, rowsOf, type World } from '../world.js'

const LINK = (imports: string): string => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])\n`
/** A directive for clients, known to every graph, whose arguments have defaults. */
const MARK =
  'directive @mark(word: String! = "x", deep: Mark = { level: 2 }) on FIELD | FRAGMENT_SPREAD | QUERY\n input Mark { level: Int = 1 }\n'

/**
 * Types that are extended with `extend`, with `@extends` and by key alone, in both versions, their fields `@external` in all manners;
 * an override from a graph that is not there; directives for clients; enums and inputs that graphs share in part.
 */
export const externalExtensions: World = {
  name: 'external extensions',
  subgraphs: {
    users: `${MARK}
      type Query { user: User users: [User!]! byMood(mood: Mood): [User] byWish(wish: Wish): String }
      extend type User @key(fields: "id") { id: ID! rid: ID name: String @external mood: Mood unused: Int @external }
      enum Mood { GLAD SAD }
      input Wish { a: Int! b: String c: Int }`,
    names: `${MARK}${LINK('"@key", "@extends", "@external", "@provides", "@shareable", "@override"')}
      type Query { named: User @provides(fields: "rid") both: User oneMood: Mood alsoByMood(mood: Mood): String pick(by: Pick!): String }
      type User @extends @key(fields: "id") { id: ID! @external rid: ID @external name: String @shareable age: Int @override(from: "gone") }
      enum Mood { GLAD SAD }
      input Pick @oneOf { id: ID name: String wish: Wish }
      input Wish { a: Int! b: String d: Int }
      directive @oneOf on INPUT_OBJECT`,
    towns: `${MARK}${LINK('"@key", "@external", "@requires", "@composeDirective"')}
      extend schema @link(url: "https://example.org/seal/v1.0", import: ["@seal"]) @composeDirective(name: "@seal")
      directive @seal(level: Int = 1, words: [String!] = ["a"]) on FIELD_DEFINITION | OBJECT
      extend type User @key(fields: "id") { id: ID! @external rid: ID @external town: String @seal(level: 2) letter: String @requires(fields: "rid") }
      type Query { towns: [User] }`,
    early: `${MARK}
      type Visit @key(fields: "id") { id: ID! who: User }
      extend type Query { visits: [Visit!] }
      type User @extends @key(fields: "id") { id: ID! @external visits: [Visit!] }`,
  },
  data: () => {
    const users = rowsOf(
      'User',
      [1, 2].map((n) => ({
        id: `u${n}`,
        rid: n === 2 ? null : `r${n}`,
        name: `User ${n}`,
        mood: n === 2 ? null : 'SAD',
        age: 30 + n,
        town: `Town ${n}`,
        letter: (_: unknown, self: { get(field: string): unknown }) => `to ${String(self.get('rid'))}`,
        visits: () => (n === 2 ? null : visits),
        unused: 1,
      })),
    )
    const visits = rowsOf('Visit', [
      { id: 'v1', who: users[1] },
      { id: 'v2', who: null },
    ])
    return {
      rows: [...users, ...visits],
      roots: {
        user: users[0],
        users,
        byMood: ({ mood }: { mood?: string | null }) => users.filter((user) => user['mood'] === (mood ?? null)),
        byWish: ({ wish }: { wish?: unknown }) => JSON.stringify(wish ?? null),
        named: users[0],
        both: users[1],
        oneMood: 'GLAD',
        alsoByMood: ({ mood }: { mood?: string | null }) => mood ?? 'none',
        pick: ({ by }: { by: unknown }) => JSON.stringify(by),
        towns: [users[1], null],
        visits,
      },
    }
  },
  operations: operations([
    ['extended in every manner', '{ user { id rid name age town letter visits { who { name town } } } }'],
    [
      'from each of the extensions',
      '{ both { rid name mood } towns { name rid letter } visits { who { age rid } } named { id name rid } }',
    ],
    ['an override from a graph that is not there', '{ users { age } named { age } }'],
    [
      'a directive for clients',
      'query Q($w: String!) @mark { user @mark(word: "y") { name @mark(word: $w, deep: { level: 3 }) ...F @mark } } fragment F on User { town @mark }',
      { w: 'z' },
    ],
    [
      'enums and inputs of which graphs share a part',
      'query Q($w: Wish, $m: Mood) { byWish(wish: $w) b: byWish(wish: { a: 1 }) byMood(mood: $m) { mood } alsoByMood(mood: SAD) oneMood }',
      { w: { a: 2, b: null }, m: 'SAD' },
    ],
    ['one of several inputs', 'query Q($p: Pick!) { pick(by: $p) b: pick(by: { wish: { a: 1, b: "x" } }) }', { p: { id: 'i' } }],
  ]),
}
