import { FED2, operations, rowsOf, type World } from '../world.js'

/**
 * What is provided is asked only where the client asks for it: the fields that nobody should ask for throw. Also `@external` that a
 * graph does answer, because it is part of a key or handed out by one field.
 */
export const onlyWhatWasAsked: World = {
  name: 'only what was asked',
  subgraphs: {
    shelves: `${FED2}
      type Query {
        shelf: Shelf @provides(fields: "top { title text trap maker { name trap } }")
        plain: Shelf
        media: [Media!]! @provides(fields: "... on Book { title trap } ... on Film { minutes trap }")
      }
      type Shelf @key(fields: "id") { id: ID! top: Book @external count: Int }
      type Book @key(fields: "id") { id: ID! title: String @external text: String @external trap: String @external maker: Maker @external }
      type Maker @key(fields: "id") { id: ID! name: String @external trap: String @external }
      type Film @key(fields: "id") { id: ID! minutes: Int @external trap: String @external }
      union Media = Book | Film`,
    owner: `${FED2}
      type Query { books: [Book!]! }
      type Shelf @key(fields: "id") { id: ID! top: Book @shareable }
      type Book @key(fields: "id") { id: ID! title: String @shareable text: String @shareable trap: String @shareable maker: Maker @shareable pages: Int }
      type Maker @key(fields: "id") { id: ID! name: String @shareable trap: String @shareable town: String }
      type Film @key(fields: "id") { id: ID! minutes: Int @shareable trap: String @shareable }`,
    prices: `${FED2}
      type Query { offers: [Book] @provides(fields: "title") }
      type Book @key(fields: "id sku") @key(fields: "id") { id: ID! sku: ID! price: Int title: String @external }`,
    skus: `${FED2}
      extend type Book @key(fields: "id sku") { id: ID! @external sku: ID! @external stock: Int }`,
  },
  data: () => {
    const trap = (): never => {
      throw new Error('nobody asked for this')
    }
    const makers = rowsOf('Maker', [{ id: 'm1', name: 'Mill', trap, town: 'North' }])
    const books = rowsOf('Book', [
      { id: 'b1', sku: 's1', title: 'One', text: 'once', trap, maker: makers[0], pages: 10, price: 5, stock: 1 },
      { id: 'b2', sku: 's2', title: null, text: null, trap, maker: null, pages: null, price: 7, stock: 0 },
    ])
    const films = rowsOf('Film', [{ id: 'f1', minutes: 90, trap }])
    const shelves = rowsOf('Shelf', [{ id: 'x1', top: books[0], count: 2 }])
    return {
      rows: [...makers, ...books, ...films, ...shelves],
      roots: { shelf: shelves[0], plain: shelves[0], media: [books[0], films[0], books[1]], books, offers: [books[1], null, books[0]] },
    }
  },
  operations: operations([
    ['a part of what is provided', '{ shelf { top { title } } }'],
    ['under an alias', '{ shelf { a: top { b: title } } }'],
    ['in a fragment', '{ shelf { ...F } } fragment F on Shelf { top { ...G } } fragment G on Book { text maker { name } }'],
    ['in a fragment without a type', '{ shelf { ... { top { ... { title } } } } }'],
    [
      'under conditions',
      'query Q($y: Boolean!) { shelf { top { title @include(if: $y) trap @skip(if: $y) text maker { trap @skip(if: $y) name } } } }',
      { y: true },
    ],
    ['on members of a union', '{ media { __typename ... on Book { title } ... on Film { minutes } } }'],
    ['nothing of it', '{ shelf { id count } media { ... on Book { id pages } } }'],
    ['where nothing is provided', '{ plain { count top { title maker { name town } } } }'],
    ['an external part of a key is handed out', '{ books { stock } offers { stock title price } }'],
  ]),
}
