import { FED2, find, operations, rowsOf, type RecordView, type World } from '../world.js'

/**
 * Values without a key that can only be had through the entity above them, in three parts; interfaces that refer to themselves; unions
 * and enums of which subgraphs share only some members; `@external` that means nothing; ids that stand in every subgraph.
 */
export const parentsAndParts: World = {
  name: 'parents and parts',
  subgraphs: {
    goods: `${FED2}
      type Query { goods: [Good!]! good(id: ID!): Good record(id: ID!): Record records: [Record!]! latest: Latest @shareable mood: Mood @shareable moods: [Mood!] @shareable }
      interface Record { id: ID! }
      type Good implements Record @key(fields: "id pid") { id: ID! pid: ID! kind: Kind @shareable parts: [Part!] @shareable }
      type Kind @shareable { id: ID main: Good }
      type Part @shareable { number: Int! }
      type Chat implements Record @key(fields: "id") { id: ID! room: String with: [Good!] }
      union Latest = Good | Chat
      enum Mood { GLAD SAD }`,
    kinds: `${FED2}
      type Query { latest: Latest @shareable mood: Mood @shareable moods: [Mood!] @shareable }
      type Good @key(fields: "id pid") @key(fields: "id") { id: ID! pid: ID! kind: Kind @shareable parts: [Part!] @shareable }
      type Kind @key(fields: "id", resolvable: false) @shareable { id: ID details: String }
      type Part @shareable { number: Int! colour: String }
      union Latest = Good
      enum Mood { GLAD SAD }`,
    lists: `${FED2}
      type Good @key(fields: "id") { id: ID! kind: Kind @shareable parts: [Part!] @shareable price(in: Coin = YUAN): Int }
      type Kind @shareable { note: String }
      type Part @shareable { number: Int! weight: Float }
      enum Coin { YUAN JIAO }
      type Query { people: [Person] }
      interface Person @key(fields: "id") { id: ID! boss: Person mates: [Person] }
      type Clerk implements Person @key(fields: "id") { id: ID! boss: Person mates: [Person] desk: Int }
      type Guest implements Person @key(fields: "id") { id: ID! boss: Person mates: [Person] }`,
    staff: `${FED2}
      type Query { chief: Person }
      interface Person { id: ID! name: String }
      type Clerk implements Person @key(fields: "id") { id: ID! boss: Person @external name: String title: String @requires(fields: "boss { ... on Clerk { desk } id }") desk: Int @external }
      type Guest implements Person @key(fields: "id") { id: ID! name: String }`,
  },
  data: () => {
    const goods = rowsOf(
      'Good',
      [1, 2, 3].map((n) => ({
        id: `g${n}`,
        pid: `p${n}`,
        kind: () => (n === 3 ? null : { id: `k${n}`, main: goods[2], details: `details ${n}`, note: n === 2 ? null : `note ${n}` }),
        parts: n === 2 ? null : [1, 2].map((part) => ({ number: part, colour: `c${n}${part}`, weight: part === 2 ? null : n + 0.5 })),
        price: ({ in: coin }: { in: string | null }) => n * (coin === 'JIAO' ? 10 : 1),
      })),
    )
    const chats = rowsOf('Chat', [{ id: 'c1', room: 'blue', with: goods.slice(0, 2) }])
    const title = (_: unknown, self: RecordView): string => {
      const boss = self.get('boss') as RecordView | null
      return boss === null
        ? 'chief'
        : boss.typeName === 'Clerk'
          ? `under ${String(boss.get('id'))} at ${String(boss.get('desk'))}`
          : `under ${String(boss.get('id'))}`
    }
    const people = [
      ...rowsOf(
        'Clerk',
        [1, 2].map((n) => ({
          id: `x${n}`,
          desk: n,
          name: `Clerk ${n}`,
          boss: () => (n === 1 ? null : people[0]),
          mates: () => [people[2], null, people[0]],
          title,
        })),
      ),
      ...rowsOf('Guest', [{ id: 'x3', name: 'Guest', boss: () => people[1], mates: null }]),
    ]
    return {
      rows: [...goods, ...chats, ...people],
      roots: {
        goods,
        good: ({ id }: { id: string }) => find(goods, 'id', id),
        record: ({ id }: { id: string }) => find([...goods, ...chats], 'id', id),
        records: [chats[0], goods[1]],
        latest: goods[0],
        mood: 'SAD',
        moods: ['GLAD', 'SAD'],
        people: [people[2], null, people[1]],
        chief: people[1],
      },
    }
  },
  scalars: { ID: ['g1', 'g2', 'c1', 'none'] },
  operations: operations([
    ['a value in three parts, through the entity above it', '{ goods { kind { id details note } } }'],
    ['the same below the value itself', '{ goods { kind { main { kind { note details } price } } } }'],
    ['a list of values in three parts', '{ goods { parts { number colour weight } } }'],
    ['parts under aliases', '{ goods { a: kind { x: details id: note } b: kind { note: id } parts { number: weight c: colour } } }'],
    [
      'records of any type by id',
      '{ a: record(id: "g2") { id __typename ... on Good { price kind { note } } } b: record(id: "c1") { ... on Chat { room with { price(in: JIAO) } } } records { id } }',
    ],
    [
      'a union of which one subgraph knows one member',
      '{ latest { __typename ... on Good { id price parts { colour } } ... on Chat { room } } }',
    ],
    ['an enum that both share', '{ mood moods }'],
    [
      'an interface that refers to itself',
      '{ people { id boss { id boss { id mates { id ... on Clerk { name desk } } } } ... on Clerk { title } } }',
    ],
    ['from an interface of another name', '{ chief { id ... on Clerk { name title mates { id ... on Guest { name } } } } }'],
    ['a requirement through an interface', '{ people { ... on Clerk { title name boss { ... on Clerk { title } } } } }'],
  ]),
}
