/**
 * Three awkward subgraphs: two keys, @requires, interfaces, unions, lists of lists, same names with different types, value types.
 */
export const RESIDENTS_SDL = `
type Query {
  me: Person
  people: [Person!]!
  person(id: ID!): Person
  grid: [[Person]]
  feed: [FeedItem!]!
  things: [Thing]
  search(kind: Kind, first: Int = 3): [FeedItem]
  broken: Person
}
type Mutation { first(n: Int): Person third: Int fatal: Int! }
interface Thing { id: ID! title: String tags: [String!] }
type Book implements Thing @key(fields: "id") { id: ID! title: String tags: [String!] pages: Int! kind: Kind author: Person shelf: [[Book]!] }
type Film implements Thing @key(fields: "id") @key(fields: "imdb") { id: ID! imdb: ID! title: String tags: [String!] mins: Int director: Person! }
union FeedItem = Book | Film | Person
enum Kind { NOVEL ESSAY }
interface Pet { nick: String owner: Person }
type Cat implements Pet { nick: String owner: Person size: Int lives: Int }
type Dog implements Pet { nick: String owner: Person size: String }
type City @shareable { name: String mayor: Person }
type Address { street: String! city: City }
type Person @key(fields: "id") {
  id: ID! email: ID! name: String nick(upper: Boolean = false): String friends: [Person!] pet: Pet address: Address fails: String
}
`

export const COMMITTEES_SDL = `
type Query { top: [Book!]! count(filter: Filter!): Int }
type Mutation { second: Book }
input Filter { min: Int! = 1 tags: [String!] }
type Person @key(fields: "id") {
  id: ID! name: String @external score(k: Int = 1): Int greeting: String @requires(fields: "name") favourite: Book stats: Stats strict: Int!
}
type Stats { likes: Int dislikes: Int }
type Book @key(fields: "id") { id: ID! rating(scale: Int): String pages: Int! @external weight: Int @requires(fields: "pages") reviews(first: Int = 2): [Review!]! }
type Film @key(fields: "id") { id: ID! rating: Int! }
type Review { text: String! stars: Int by: Person }
`

export const GOVERNMENT_SDL = `
type Query { permits: [Permit!]! permit(id: ID!): Permit }
type Permit @key(fields: "id") { id: ID! code: String! holder: Person about: Subject city: City }
union Subject = Book | Film
type Book @key(fields: "id", resolvable: false) { id: ID! }
type Film @key(fields: "imdb", resolvable: false) { imdb: ID! }
type City @shareable { name: String mayor: Person }
type Person @key(fields: "id") { id: ID! permits: [Permit!] level: Level }
enum Level { LOW HIGH }
`
