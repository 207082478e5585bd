import { FED2, operations, rowsOf, type World } from '../world.js'

/** Unions and interfaces of which each graph knows other members, below fields that several graphs answer, with a hop in between. */
export const partialUnions: World = {
  name: 'partial unions',
  subgraphs: {
    west: `${FED2}
      type Query { stand: Stand @shareable feed: [Media!]! @shareable west: Holder }
      union Media = Book | Film
      interface Shown { id: ID! }
      type Stand @shareable { shown: Media holder: Holder }
      type Holder @key(fields: "id") { id: ID! media: Media @shareable all: [Media] @shareable shown: [Shown!] }
      type Book implements Shown @key(fields: "id") { id: ID! title: String }
      type Film implements Shown @key(fields: "id") { id: ID! minutes: Int }`,
    east: `${FED2}
      type Query { stand: Stand @shareable feed: [Media!]! @shareable east: Holder songs: [Media] }
      union Media = Book | Song
      interface Shown { id: ID! }
      interface Priced { id: ID! price: Int }
      type Stand @shareable { shown: Media holder: Holder }
      type Holder @key(fields: "id") { id: ID! media: Media @shareable all: [Media] @shareable own: Media }
      type Book implements Shown & Priced @key(fields: "id") { id: ID! price: Int next: Media }
      type Song implements Shown & Priced @key(fields: "id") { id: ID! price: Int text: String holder: Holder }`,
    north: `${FED2}
      type Holder @key(fields: "id") { id: ID! any: [Media!] age: Int }
      union Media = Song | Film | Book
      type Song @key(fields: "id") { id: ID! length: Int }
      type Film @key(fields: "id") { id: ID! colour: Boolean }
      type Book @key(fields: "id") { id: ID! pages: Int }`,
  },
  data: () => {
    const books = rowsOf('Book', [
      { id: 'b1', title: 'One', price: 5, pages: 10, next: () => songs[0] },
      { id: 'b2', title: null, price: null, pages: 20, next: () => books[0] },
    ])
    const films = rowsOf('Film', [{ id: 'f1', minutes: 90, colour: true }])
    const songs = rowsOf('Song', [{ id: 's1', price: 1, text: 'la', length: 3, holder: () => holders[1] }])
    const holders = rowsOf('Holder', [
      {
        id: 'h1',
        media: books[0],
        all: [books[1], null, books[0]],
        shown: [films[0], books[0]],
        own: songs[0],
        any: [films[0], songs[0]],
        age: 4,
      },
      { id: 'h2', media: null, all: [], shown: null, own: books[1], any: [books[1]], age: null },
    ])
    return {
      rows: [...books, ...films, ...songs, ...holders],
      roots: {
        stand: { shown: books[1], holder: holders[0] },
        feed: [books[0], books[1]],
        west: holders[0],
        east: holders[1],
        songs: [songs[0], null, books[0]],
      },
    }
  },
  operations: operations([
    [
      'every member below a field that two graphs answer',
      '{ stand { shown { __typename ... on Book { title price } ... on Film { minutes colour } ... on Song { text length } } } }',
    ],
    [
      'a hop, then the union, then a hop',
      '{ stand { holder { age media { ... on Book { title price pages next { ... on Song { text holder { all { ... on Book { title } } } } ... on Film { minutes } } } ... on Song { text } } } } }',
    ],
    [
      'members that only the third graph knows together',
      '{ west { any { ... on Film { minutes colour } ... on Song { price text } ... on Book { title pages } } own { ... on Song { length } ... on Film { colour } } } }',
    ],
    ['only members that cannot be there', '{ feed { ... on Film { minutes } ... on Song { text } } }'],
    [
      'an interface that two graphs know in part',
      '{ west { shown { id ... on Priced { price } ... on Book { pages } } } songs { ... on Priced { id price } ... on Shown { id } } }',
    ],
    [
      'fragments in fragments',
      '{ east { ... on Holder { own { ... on Media { ... on Book { next { ... on Book { price } ... on Song { price } } } } } } } }',
    ],
  ]),
}
