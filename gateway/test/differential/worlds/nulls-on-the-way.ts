import { FED2, operations, rowsOf, type World } from '../world.js'

/** Null on the way to another graph: relations behind two keys, parts of a composite key, a key itself, an owner whose key is nested. */
export const nullsOnTheWay: World = {
  name: 'nulls on the way',
  subgraphs: {
    catalogue: `${FED2}
      type Query { boxes: [Box!]! piles: [Pile!]! tickets: [Ticket]! }
      type Box { book: Book books: [Book] }
      type Book @key(fields: "upc") { upc: ID! }
      type Pile @key(fields: "code keeper { id }") { code: ID! keeper: Keeper }
      type Keeper @key(fields: "id") { id: ID! }
      type Ticket @key(fields: "number") { number: ID row: Int }`,
    index: `${FED2}
      type Book @key(fields: "isbn") @key(fields: "upc") { isbn: ID! upc: ID! }`,
    authors: `${FED2}
      type Book @key(fields: "isbn") { isbn: ID! author: Author others: [Author] }
      type Author @key(fields: "id") { id: ID! name: String }`,
    lives: `${FED2}
      type Author @key(fields: "id") { id: ID! motto: String first: Book }
      type Book @key(fields: "upc", resolvable: false) { upc: ID! }
      type Pile @key(fields: "code keeper { id }") { code: ID! keeper: Keeper weight: Int }
      type Keeper @key(fields: "id") { id: ID! shoes: Int }
      type Ticket @key(fields: "number") { number: ID seat: String }`,
  },
  data: () => {
    const authors = rowsOf('Author', [
      { id: 'a1', name: 'Ann', motto: null, first: () => books[0] },
      { id: 'a2', name: null, motto: 'Onward', first: null },
    ])
    const books = rowsOf(
      'Book',
      [0, 1, 2, 3].map((n) => ({
        upc: `u${n}`,
        isbn: `i${n}`,
        author: n === 1 || n === 3 ? null : authors[n / 2],
        others: n === 1 ? null : [null, authors[n % 2], null],
      })),
    )
    const keepers = rowsOf('Keeper', [{ id: 'k1', shoes: 42 }])
    const piles = rowsOf('Pile', [
      { code: 'p1', keeper: keepers[0], weight: 10 },
      { code: 'p2', keeper: null, weight: 20 },
    ])
    const tickets = rowsOf('Ticket', [
      { number: 't1', row: 1, seat: '1A' },
      { number: null, row: null, seat: 'any' },
    ])
    return {
      rows: [...authors, ...books, ...keepers, ...piles, ...tickets],
      roots: {
        boxes: [
          { book: books[0], books },
          { book: null, books: null },
          { book: books[1], books: [null, books[3]] },
          { book: books[2], books: [] },
        ],
        piles,
        tickets: [tickets[1], null, tickets[0]],
      },
    }
  },
  operations: operations([
    ['a relation that is null behind two keys', '{ boxes { book { upc author { id name motto } } } }'],
    ['lists with nulls behind two keys', '{ boxes { books { others { motto name first { isbn author { name } } } } } }'],
    ['only what stands behind the null', '{ boxes { book { author { motto } } } }'],
    ['a composite key of which a part is null', '{ piles { weight code keeper { shoes } } }'],
    ['a key that is null', '{ tickets { row seat } }'],
  ]),
}
