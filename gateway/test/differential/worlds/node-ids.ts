import { FED2, find, operations, rowsOf, type World } from '../world.js'

/**
 * A supergraph that no composer should have made: two graphs answer any record by its id, but each has the id of only some types as
 * its own. What can be had is had; the id of just any record is refused before any call.
 */
export const nodeIds: World = {
  name: 'ids that not every graph has',
  subgraphs: {
    people: `${FED2}
      type Query { node(id: ID!): Node @shareable people: [Person!] }
      interface Node { id: ID! }
      type Person implements Node @key(fields: "id") { id: ID! name: String }
      type Room implements Node @key(fields: "id") { id: ID! }`,
    rooms: `${FED2}
      type Query { node(id: ID!): Node @shareable rooms: [Room!] }
      interface Node { id: ID! }
      type Room implements Node @key(fields: "id") { id: ID! seats: Int }
      type Person implements Node @key(fields: "id") { id: ID! }`,
  },
  supergraph(composed) {
    const corrupted = (type: string, owner: string, other: string, text: string): string =>
      text.replace(new RegExp(`type ${type} [^}]*}`), (definition) =>
        definition
          .replace(`@join__type(graph: ${other}, key: "id")`, `@join__type(graph: ${other})`)
          .replace('id: ID!', `id: ID! @join__field(graph: ${owner}) @join__field(graph: ${other}, external: true)`),
      )
    return corrupted('Room', 'ROOMS', 'PEOPLE', corrupted('Person', 'PEOPLE', 'ROOMS', composed))
  },
  data: () => {
    const people = rowsOf('Person', [{ id: 'p1', name: 'Ann' }])
    const rooms = rowsOf('Room', [{ id: 'r1', seats: 4 }])
    const rows = [...people, ...rooms]
    return { rows, roots: { node: ({ id }: { id: string }) => find(rows, 'id', id), people, rooms } }
  },
  scalars: { ID: ['p1', 'r1', 'nobody'] },
  isImpossibleInPart: true,
  operations: [
    ...operations([
      [
        'the type of any record',
        '{ p: node(id: "p1") { __typename } r: node(id: "r1") { __typename } n: node(id: "none") { __typename } }',
      ],
      [
        'a fragment on a type of the one graph',
        '{ p: node(id: "p1") { ... on Person { id name } } r: node(id: "r1") { ... on Person { id name } } }',
      ],
      [
        'a fragment on a type of the other graph',
        '{ p: node(id: "p1") { ... on Room { id seats } } r: node(id: "r1") { __typename ... on Room { seats id } } }',
      ],
      [
        'the type name beside what two graphs know of one record',
        '{ p: node(id: "p1") { ... on Person { __typename name } ... on Room { id seats } } r: node(id: "r1") { ... on Person { name } ... on Room { seats __typename id } } }',
      ],
      ['records whose graph is known', '{ people { id name } rooms { id seats } }'],
    ]),
    { title: 'the id of any record', query: '{ node(id: "p1") { id } }', refusal: 'PLAN_IMPOSSIBLE' },
    {
      title: 'the id of any record, beside what can be had',
      query: '{ rooms { id } node(id: "r1") { id ... on Room { seats } } }',
      refusal: 'PLAN_IMPOSSIBLE',
    },
  ],
}
