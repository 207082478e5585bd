import { FED2, operations, rowsOf, type RecordView, type World } from '../world.js'

/** `@interfaceObject`: fields added to every implementer by a subgraph that knows none of them, with requirements, roots and lists. */
export const interfaceObject: World = {
  name: 'interface objects',
  subgraphs: {
    library: `${FED2}
      type Query { works: [Work!]! books: [Book!]! work(id: ID!): Work }
      interface Work @key(fields: "id") { id: ID! title: String year: Int }
      type Book implements Work @key(fields: "id") { id: ID! title: String year: Int pages: Int }
      type Song implements Work @key(fields: "id") { id: ID! title: String year: Int seconds: Int }`,
    opinions: `${FED2}
      type Query { topWork: Work ranked: [Work] }
      type Work @key(fields: "id") @interfaceObject { id: ID! title: String @external stars: Int! reviews(first: Int = 2): [Review!]! blurb: String @requires(fields: "title") }
      type Review { text: String of: Work }`,
    loans: `${FED2}
      type Query { loans: [Loan!]! }
      type Loan { what: Work days: Int with: [Work!] }
      type Work @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
    shops: `${FED2}
      type Book @key(fields: "id") { id: ID! price: Int }
      type Song @key(fields: "id") { id: ID! streams: Int }`,
  },
  data: () => {
    const common = (n: number): Record<string, unknown> => ({
      stars: n,
      reviews: ({ first }: { first: number | null }) =>
        [1, 2, 3].slice(0, first ?? 0).map((r) => ({ text: `r${r} of ${n}`, of: () => works[(n + r) % 4] })),
      blurb: (_: unknown, self: RecordView) => `About ${String(self.get('title'))}`,
    })
    const works = [
      ...rowsOf(
        'Book',
        [1, 2].map((n) => ({ id: `w${n}`, title: `Book ${n}`, year: 1900 + n, pages: n * 100, price: n, ...common(n) })),
      ),
      ...rowsOf(
        'Song',
        [3, 4].map((n) => ({
          id: `w${n}`,
          title: n === 4 ? null : `Song ${n}`,
          year: 1900 + n,
          seconds: n * 60,
          streams: n * 9,
          ...common(n),
        })),
      ),
    ]
    return {
      rows: works,
      roots: {
        works,
        books: works.slice(0, 2),
        work: ({ id }: { id: string }) => works.find((row) => row['id'] === id) ?? null,
        topWork: works[2],
        ranked: [works[3], null, works[0]],
        loans: works.map((what, n) => ({ what: n === 1 ? null : what, days: n, with: n === 0 ? null : works.slice(n) })),
      },
    }
  },
  scalars: { ID: ['w1', 'w3', 'none'] },
  operations: operations([
    ['added fields on the interface', '{ works { id title stars reviews { text } } }'],
    ['added fields on one implementer', '{ books { pages stars reviews(first: 1) { text } } }'],
    ['added fields in fragments', '{ works { ... on Book { stars price } ... on Song { reviews { text } streams } } }'],
    ['from the interface object to what implementers have', '{ topWork { stars title year } }'],
    ['the type name behind an interface object', '{ topWork { __typename id } ranked { __typename } }'],
    ['only the type name behind an unresolvable one', '{ loans { days what { __typename } } }'],
    ['fragments behind an interface object', '{ topWork { ... on Song { seconds streams } ... on Book { pages } } }'],
    ['an unresolvable interface object', '{ loans { what { id title stars } } }'],
    ['a requirement on an interface object', '{ works { blurb } }'],
    ['a requirement on one implementer', '{ books { blurb } works { ... on Song { blurb } } }'],
    ['a requirement from the interface object itself', '{ topWork { blurb } ranked { stars blurb title } }'],
    ['a circle', '{ topWork { reviews { of { title reviews(first: 1) { text of { __typename year ... on Book { price } } } } } } }'],
    [
      'concrete fragments through a graph that only refers to the interface, and through the one that has it',
      '{ loans { what { ... on Book { pages stars price } ... on Song { blurb } } with { title stars ... on Song { streams seconds } ... on Book { title } } } works { ... on Book { pages stars } ... on Song { stars } } }',
    ],
    ['only the key', '{ loans { what { id } } ranked { id } }'],
  ]),
}
