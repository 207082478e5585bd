import { FED2, operations, rowsOf, type RecordView, type World } from '../world.js'

const list = (value: unknown): RecordView[] => (value ?? []) as RecordView[]

/** Requirements that go to and fro between two graphs, and that ask with arguments for what the client asks with others. */
export const requirementsInCircles: World = {
  name: 'requirements in circles',
  subgraphs: {
    experts: `${FED2}
      type Query { posts: [Post!]! post: Post }
      type Post @key(fields: "id") { id: ID! byNovice: Boolean @external byExpert: Boolean @requires(fields: "byNovice") rank: Int @requires(fields: "mood") mood: String @external }
      type Author @key(fields: "id") { id: ID! years: Int }`,
    novices: `${FED2}
      type Post @key(fields: "id") { id: ID! author: Author byNovice: Boolean @requires(fields: "author { years }") byExpert: Boolean @external mood: String @requires(fields: "byExpert") rank: Int @external last: String @requires(fields: "rank byExpert") }
      type Author @key(fields: "id") { id: ID! years: Int @external name: String }`,
    threads: `${FED2}
      type Query { newest: Post }
      type Post @key(fields: "id") { id: ID! comments(limit: Int!, from: Int = 0): [Comment!] price(in: Coin): Int stats: Stats }
      type Stats { views(days: Int = 1): Int inner: Stats }
      type Comment @key(fields: "id") { id: ID! text: String }
      enum Coin { YUAN JIAO }`,
    writers: `${FED2}
      type Comment @key(fields: "id") { id: ID! authorId: ID }`,
    desk: `${FED2}
      type Post @key(fields: "id") {
        id: ID! comments(limit: Int!, from: Int = 0): [Comment!] @external price(in: Coin): Int @external stats: Stats @external
        three: [ID] @requires(fields: "comments(limit: 3) { authorId }")
        two: String @requires(fields: "comments(limit: 2, from: 1) { id authorId }")
        inYuan: String @requires(fields: "price(in: YUAN)")
        inJiao: String @requires(fields: "price(in: JIAO)")
        week: Int @requires(fields: "stats { views(days: 7) inner { views(days: 2) } }")
        month(extra: Int): Int @requires(fields: "stats { views(days: 30) }")
      }
      type Comment @key(fields: "id") { id: ID! authorId: ID @external }
      type Stats @external { views(days: Int = 1): Int inner: Stats }
      enum Coin { YUAN JIAO }`,
  },
  data: () => {
    const authors = rowsOf('Author', [
      { id: 'a1', years: 12, name: 'Ann' },
      { id: 'a2', years: 1, name: 'Bo' },
    ])
    const comments = rowsOf(
      'Comment',
      [0, 1, 2, 3, 4, 5].map((n) => ({ id: `c${n}`, text: `text ${n}`, authorId: n === 4 ? null : `x${n}` })),
    )
    const views = (n: number, inner: unknown): Record<string, unknown> => ({
      views: ({ days }: { days: number | null }) => n * (days ?? 1000),
      inner,
    })
    const exactly = (n: number, found: RecordView[]): RecordView[] => {
      if (found.length !== n) throw new Error(`needed ${n} comments and got ${found.length}`)
      return found
    }
    const posts = rowsOf(
      'Post',
      [0, 1, 2].map((n) => ({
        id: `p${n}`,
        author: n === 2 ? null : authors[n],
        byNovice: (_: unknown, self: RecordView) => {
          const author = self.get('author') as RecordView | null
          return author === null ? null : Number(author.get('years')) < 10
        },
        byExpert: (_: unknown, self: RecordView) => (self.get('byNovice') === null ? null : self.get('byNovice') === false),
        mood: (_: unknown, self: RecordView) => `mood ${String(self.get('byExpert'))}`,
        rank: (_: unknown, self: RecordView) => String(self.get('mood')).length,
        last: (_: unknown, self: RecordView) => `${String(self.get('rank'))} ${String(self.get('byExpert'))}`,
        comments: ({ limit, from }: { limit: number; from: number | null }) => comments.slice(from ?? 0, (from ?? 0) + limit),
        price: ({ in: coin }: { in?: string | null }) => (n + 1) * (coin === 'JIAO' ? 10 : coin === 'YUAN' ? 1 : 100),
        stats: n === 1 ? null : views(n + 1, n === 0 ? views(5, null) : null),
        three: (_: unknown, self: RecordView) =>
          exactly(3, list(self.get('comments', { limit: 3, from: 0 }))).map((one) => one.get('authorId')),
        two: (_: unknown, self: RecordView) =>
          exactly(2, list(self.get('comments', { limit: 2, from: 1 })))
            .map((one) => `${String(one.get('id'))}${String(one.get('authorId'))}`)
            .join(),
        inYuan: (_: unknown, self: RecordView) => `${String(self.get('price', { in: 'YUAN' }))} yuan`,
        inJiao: (_: unknown, self: RecordView) => `${String(self.get('price', { in: 'JIAO' }))} jiao`,
        week: (_: unknown, self: RecordView) => {
          const stats = self.get('stats') as RecordView | null
          if (stats === null) return null
          const inner = stats.get('inner') as RecordView | null
          return Number(stats.get('views', { days: 7 })) + (inner === null ? 0 : Number(inner.get('views', { days: 2 })))
        },
        month: ({ extra }: { extra?: number | null }, self: RecordView) => {
          const stats = self.get('stats') as RecordView | null
          return stats === null ? null : Number(stats.get('views', { days: 30 })) + (extra ?? 0)
        },
      })),
    )
    return { rows: [...authors, ...comments, ...posts], roots: { posts, post: posts[1], newest: posts[0] } }
  },
  operations: operations([
    ['there and back and there again', '{ posts { byExpert } }'],
    ['there and back, twice', '{ posts { last } post { rank mood author { years name } } }'],
    ['the circle from a third graph', '{ newest { last byExpert byNovice } }'],
    ['a requirement with an argument, whose answer another graph completes', '{ posts { three } }'],
    ['the client asks for the same with another argument', '{ posts { three comments(limit: 1) { id } } }'],
    ['and with a variable that has a default', 'query Q($limit: Int! = 1) { posts { comments(limit: $limit) { id text } three } }'],
    [
      'and through two fragments',
      'query Q($limit: Int! = 2) { posts { ...A ...B } } fragment A on Post { three comments(limit: $limit) { id } } fragment B on Post { two comments(limit: $limit) { authorId text } }',
    ],
    ['all conflicting requirements of one field at once', '{ posts { inYuan inJiao price } newest { inJiao price(in: YUAN) inYuan } }'],
    ['conflicting requirements of a nested field', '{ posts { week month(extra: 1) stats { views inner { views(days: 3) } } } }'],
    ['under the names of what they require', '{ posts { comments: three price: inJiao stats: week month a: comments(limit: 2) { id } } }'],
    ['everything from a third graph', '{ newest { last three two inYuan inJiao week month } }'],
  ]),
}
