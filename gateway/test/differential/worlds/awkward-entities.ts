import { FED2, operations, rowsOf, type World } from '../world.js'

/**
 * Entities at awkward places: null keys, circular references, lists of lists, entity interfaces with keys, errors below entities,
 * mutations whose answers need other subgraphs, unknown records.
 */
export const awkwardEntities: World = {
  name: 'awkward entities',
  subgraphs: {
    a: `${FED2}
      type Query { nodes: [[Spot!]]! slots: [Slot!]! slot(id: ID!): Slot anyMember: Member members: [Member!]! fails: Spot many: [Spot]! }
      type Mutation { move(id: ID!, to: Int!): Spot swap: [Spot!]! boom: Spot }
      type Spot @key(fields: "id") { id: ID! place: Int next: Spot back: [Spot] bad: String }
      type Slot { id: ID! holds: Doc }
      type Doc @key(fields: "isbn") @key(fields: "upc") { isbn: ID upc: ID kind: String }
      interface Member @key(fields: "id") { id: ID! name: String! }
      type Adult implements Member @key(fields: "id") { id: ID! name: String! job: String }
      type Child implements Member @key(fields: "id") { id: ID! name: String! school: String }`,
    b: `${FED2}
      type Query { docs: [Doc] hosts: [Host!]! }
      type Mutation { paint(id: ID!, colour: String!): Spot! }
      type Spot @key(fields: "id") { id: ID! colour: String strict: Int! around: [[Spot]!]! friend: Adult }
      type Doc @key(fields: "isbn") { isbn: ID title: String! owner: Host }
      type Host @key(fields: "id") { id: ID! guests: [Adult!] }
      type Adult @key(fields: "id") { id: ID! age: Int host: Host }
      type Child @key(fields: "id") { id: ID! age: Int }`,
    c: `${FED2}
      type Doc @key(fields: "upc") { upc: ID pages: Int }
      type Host @key(fields: "id") { id: ID! rating: Float }
      type Member @key(fields: "id") @interfaceObject { id: ID! points: Int! }`,
  },
  data: () => {
    const spots = rowsOf(
      'Spot',
      [0, 1, 2, 3].map((n) => ({
        id: `s${n}`,
        place: n,
        next: () => spots[(n + 1) % 4],
        back: () => (n === 2 ? null : [spots[(n + 3) % 4], null]),
        colour: `c${n}`,
        bad: () => {
          if (n % 2 === 1) throw new Error('bad on purpose')
          return 'good'
        },
        strict: () => {
          if (n === 3) throw new Error('strict on purpose')
          return n
        },
        around: () => [[spots[(n + 1) % 4], null], []],
        friend: () => members[n % 2],
      })),
    )
    const hosts = rowsOf('Host', [{ id: 'h1', guests: () => members.slice(0, 2), rating: 4.5 }])
    const docs = rowsOf('Doc', [
      { isbn: 'i1', upc: 'u1', kind: 'book', title: 'One', pages: 10, owner: hosts[0] },
      { isbn: 'i2', upc: 'u2', kind: null, title: 'Two', pages: 20, owner: null },
    ])
    const members = [
      ...rowsOf(
        'Adult',
        [1, 2].map((n) => ({ id: `m${n}`, name: `Adult ${n}`, job: 'x', age: 30 + n, host: hosts[0], points: n })),
      ),
      ...rowsOf('Child', [{ id: 'm3', name: 'Child', school: 'y', age: 7, points: 3 }]),
    ]
    const set = (id: string, field: string, value: unknown): unknown => {
      const spot = spots.find((row) => row['id'] === id)
      if (spot) spot[field] = value
      return spot ?? null
    }
    return {
      rows: [...spots, ...hosts, ...docs, ...members],
      roots: {
        nodes: [[spots[0], spots[1]], null, [], [spots[0]]],
        slots: [
          { id: '1', holds: docs[0] },
          { id: '2', holds: docs[1] },
          { id: '3', holds: null },
        ],
        slot: ({ id }: { id: string }) => ({ id, holds: docs[1] }),
        anyMember: members[2],
        members,
        many: [...spots, null, spots[0]],
        fails: () => {
          throw new Error('root on purpose')
        },
        docs: [...docs, null],
        hosts,
        move: ({ id, to }: { id: string; to: number }) => set(id, 'place', to),
        paint: ({ id, colour }: { id: string; colour: string }) => set(id, 'colour', colour),
        swap: () => [spots[1], spots[0]],
        boom: () => {
          throw new Error('boom on purpose')
        },
      },
    }
  },
  scalars: { ID: ['s0', 's1', '9'], String: ['red'] },
  operations: operations([
    ['lists of lists of entities', '{ nodes { id colour around { place } } }'],
    ['circles', '{ many { next { next { next { next { id colour next { friend { host { guests { name } } } } } } } } } }'],
    ['an entity by either of two keys', '{ slots { holds { kind title pages owner { rating } } } docs { kind pages } }'],
    [
      'an entity interface and an interface object',
      '{ members { id name points ... on Adult { age host { rating } } ... on Child { school age } } anyMember { points } }',
    ],
    ['errors below entities', '{ many { id bad colour } }'],
    ['an error that nulls the entity', '{ many { id strict } }'],
    ['a second alias of what has failed', '{ many { id a: strict b: strict } }'],
    ['an error that nulls the answer', '{ nodes { id around { strict } } }'],
    ['a failing root beside others', '{ fails { colour } docs { title } }'],
    [
      'mutations in order, each with what others know',
      'mutation { a: move(id: "s1", to: 7) { place colour } b: paint(id: "s1", colour: "red") { place colour next { colour } } c: move(id: "s1", to: 8) { place colour } swap { colour place } }',
    ],
    [
      'a failing mutation between others',
      'mutation { a: paint(id: "s0", colour: "x") { colour } boom { colour } b: paint(id: "s0", colour: "y") { place colour } c: move(id: "none", to: 1) { colour } }',
    ],
  ]),
}
