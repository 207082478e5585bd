import { FED2, operations, rowsOf, type World } from '../world.js'

/** `@provides`: nested, in lists, on unions and interfaces; elsewhere the same fields need the owner. */
export const provides: World = {
  name: 'provides',
  subgraphs: {
    news: `${FED2}
      type Query {
        headline: Post @provides(fields: "author { name home { street } }")
        posts: [Post!]! @provides(fields: "title")
        plainPosts: [Post!]!
        stream: [Item] @provides(fields: "... on Post { title } ... on Poster { colour }")
        plainStream: [Item]
        spots: [Spot!] @provides(fields: "... on Square { trees } ... on Hall { seats }")
      }
      type Post @key(fields: "id") { id: ID! title: String @external author: Person @external note: String }
      type Person @key(fields: "id") { id: ID! name: String @external home: Home @external }
      type Home @key(fields: "id") { id: ID! street: String @external }
      type Poster @key(fields: "id") { id: ID! colour: String @external }
      union Item = Post | Poster
      interface Spot { id: ID! }
      type Square implements Spot @key(fields: "id") { id: ID! trees: Int @external }
      type Hall implements Spot @key(fields: "id") { id: ID! seats: Int @external }`,
    press: `${FED2}
      type Query { authors: [Person!]! }
      type Post @key(fields: "id") { id: ID! title: String @shareable author: Person @shareable words: Int }
      type Person @key(fields: "id") { id: ID! name: String @shareable home: Home @shareable posts: [Post!] }
      type Home @key(fields: "id") { id: ID! street: String @shareable number: Int }
      type Poster @key(fields: "id") { id: ID! colour: String @shareable place: String }
      type Square @key(fields: "id") { id: ID! trees: Int @shareable name: String }
      type Hall @key(fields: "id") { id: ID! seats: Int @shareable name: String }`,
  },
  data: () => {
    const homes = rowsOf('Home', [
      { id: 'a', street: 'North', number: 1 },
      { id: 'b', street: null, number: 2 },
    ])
    const people = rowsOf('Person', [
      { id: 'p1', name: 'Ann', home: homes[0], posts: () => [posts[0], posts[1]] },
      { id: 'p2', name: 'Bo', home: homes[1], posts: () => null },
    ])
    const posts = rowsOf('Post', [
      { id: 'n1', title: 'One', author: people[0], note: 'x', words: 10 },
      { id: 'n2', title: null, author: people[1], note: null, words: 20 },
    ])
    const posters = rowsOf('Poster', [{ id: 'q1', colour: 'red', place: 'gate' }])
    const spots = [...rowsOf('Square', [{ id: 's1', trees: 7, name: 'Green' }]), ...rowsOf('Hall', [{ id: 's2', seats: 70, name: 'Big' }])]
    const stream = [posts[0], posters[0], null, posts[1]]
    return {
      rows: [...homes, ...people, ...posts, ...posters, ...spots],
      roots: { headline: posts[0], posts, plainPosts: posts, stream, plainStream: stream, spots, authors: people },
    }
  },
  operations: operations([
    ['what is provided needs no other call', '{ headline { note author { name home { street } } } }'],
    [
      'what is provided and what is not, side by side',
      '{ headline { title words author { name posts { title } home { street number } } } }',
    ],
    ['in a list', '{ posts { title note words } }'],
    ['the same fields where nothing is provided', '{ plainPosts { title author { name home { street number } } } }'],
    ['on a union', '{ stream { __typename ... on Post { title words } ... on Poster { colour place } } }'],
    ['on a union without it', '{ plainStream { ... on Post { title } ... on Poster { colour } } }'],
    ['on an interface', '{ spots { id ... on Square { trees name } ... on Hall { seats } } }'],
    ['provided under an alias', '{ headline { author { id: name x: home { y: street street: number } } } }'],
    ['from the owner back', '{ authors { posts { note title author { name } } } }'],
  ]),
}
