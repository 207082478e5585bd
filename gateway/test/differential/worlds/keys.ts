import { FED2, find, operations, rowsOf, type World } from '../world.js'

/** Keys of every shape: single, several, composite, nested, with lists; stubs; a chain A→B→C; one that only a detour reaches. */
export const keys: World = {
  name: 'keys of every shape',
  subgraphs: {
    catalogue: `${FED2}
      type Query { tools: [Tool!]! tool(code: ID!): Tool shelves: [Shelf!]! }
      type Tool @key(fields: "code") { code: ID! label: String }
      type Shelf @key(fields: "row { letter } number") { row: Row! number: Int! tools: [Tool!]! }
      type Row { letter: String! }`,
    stock: `${FED2}
      type Query { bins: [Bin!]! }
      type Tool @key(fields: "code") @key(fields: "serial") @key(fields: "code serial") { code: ID! serial: ID! inStock: Int }
      type Bin @key(fields: "tags { word }") @key(fields: "id") { id: ID! tags: [Tag!]! holds: Tool }
      type Tag { word: String! }`,
    repair: `${FED2}
      type Query { repairs: [Repair] }
      type Tool @key(fields: "serial") { serial: ID! faults: [String!] keeper: Keeper }
      type Repair { tool: Tool! cost: Int by: Keeper }
      type Keeper @key(fields: "badge") { badge: ID! }`,
    audit: `${FED2}
      type Tool @key(fields: "code serial") { code: ID! serial: ID! checkedOn: String }
      type Shelf @key(fields: "row { letter } number") { row: Row! number: Int! wear: Int }
      type Row { letter: String! }
      type Bin @key(fields: "tags { word }") { tags: [Tag!]! sealed: Boolean }
      type Tag { word: String! }`,
    people: `${FED2}
      type Query { keeper(badge: ID!): Keeper }
      type Keeper @key(fields: "badge") @key(fields: "login") { badge: ID! login: ID! name: String }`,
    rights: `${FED2}
      type Query { oldest: Keeper }
      type Keeper @key(fields: "login") { login: ID! mayLend: Boolean favourite: Tool }
      type Tool @key(fields: "code", resolvable: false) { code: ID! }`,
  },
  data: () => {
    const keepers = rowsOf('Keeper', [
      { badge: 'k1', login: 'ann', name: 'Ann', mayLend: true, favourite: () => tools[1] },
      { badge: 'k2', login: 'bo', name: null, mayLend: false, favourite: null },
    ])
    const tools = rowsOf(
      'Tool',
      [1, 2, 3].map((n) => ({
        code: `t${n}`,
        serial: `s${n}`,
        label: `Tool ${n}`,
        inStock: n * 2,
        faults: n === 2 ? null : [`fault ${n}`],
        keeper: keepers[n % 2],
        checkedOn: `2026-0${n}-01`,
      })),
    )
    const shelves = rowsOf('Shelf', [
      { row: { letter: 'A' }, number: 1, tools: [tools[0], tools[1]], wear: 1 },
      { row: { letter: 'A' }, number: 2, tools: [], wear: 2 },
      { row: { letter: 'B' }, number: 1, tools: [tools[2], tools[0]], wear: null },
    ])
    const bins = rowsOf('Bin', [
      { id: 'b1', tags: [{ word: 'iron' }, { word: 'old' }], holds: tools[0], sealed: true },
      { id: 'b2', tags: [], holds: null, sealed: false },
    ])
    return {
      rows: [...keepers, ...tools, ...shelves, ...bins],
      roots: {
        tools,
        tool: ({ code }: { code: string }) => find(tools, 'code', code),
        shelves,
        bins,
        repairs: [{ tool: tools[2], cost: 5, by: keepers[1] }, null, { tool: tools[1], cost: null, by: null }],
        keeper: ({ badge }: { badge: string }) => find(keepers, 'badge', badge),
        oldest: keepers[0],
      },
    }
  },
  scalars: { ID: ['t1', 't2', 'k1', 'k2', 'nobody'] },
  operations: operations([
    ['a composite key whose parts two subgraphs know', '{ tools { label checkedOn } }'],
    ['the other way through the same entity', '{ repairs { cost tool { label inStock checkedOn } by { name mayLend } } }'],
    ['a nested composite key', '{ shelves { wear tools { inStock keeper { name } } } }'],
    ['a key with a list of objects', '{ bins { sealed holds { label faults } } }'],
    ['a chain of three keys', '{ tools { keeper { mayLend favourite { label checkedOn } } } }'],
    ['a stub that cannot be resolved where it stands', '{ oldest { favourite { label faults } } }'],
    ['an unknown key', '{ tool(code: "nothing") { label checkedOn } keeper(badge: "k2") { name mayLend favourite { label } } }'],
    ['a key is asked and used', '{ shelves { row { letter } number wear } bins { tags { word } sealed } }'],
  ]),
}
