import { FED2, operations, rowsOf, type World } from '../world.js'

/** `@inaccessible` on everything it may stand on, `@tag`, enums and inputs that differ per subgraph, custom scalars, defaults, deprecation. */
export const hidden: World = {
  name: 'hidden parts',
  subgraphs: {
    front: `${FED2}
      type Query {
        item(id: ID! = "i1", mode: Mode = PLAIN): Item items(filter: Filter, modes: [Mode!]): [Item!]! colours: [Colour]
        secretRoot: Item @inaccessible echo(value: Json, when: Day, deep: Deep, big: Float, flag: Boolean = true): Json state: State @shareable
      }
      enum Mode { PLAIN FANCY HIDDEN @inaccessible }
      enum Colour { RED GREEN INTERNAL @inaccessible }
      enum State { ON OFF }
      input Filter { text: String limit: Int secret: String @inaccessible onlyFront: Int }
      input Deep { list: [[Int!]]! = [[1], null] inner: Deep colour: Colour = RED }
      scalar Json
      scalar Day @specifiedBy(url: "https://example.org/day")
      "A described type."
      type Item @key(fields: "id") @key(fields: "internalId") @tag(name: "public") {
        id: ID! internalId: ID! @inaccessible "A described field." label(lang: Lang = ZH, upper: Boolean): String @tag(name: "x") secret: String @inaccessible
        colour: Colour data: Json day: Day old: String @deprecated(reason: "use label") thing: Thing
      }
      enum Lang { ZH EN }
      type Ghost @inaccessible { id: ID! }
      union Thing = Item | Ghost`,
    back: `${FED2}
      type Query { find(by: Filter!): [Item!] state: State @shareable again(mode: Mode): String }
      enum Mode { PLAIN ONLY_BACK FANCY }
      enum State { ON OFF }
      input Filter { text: String limit: Int onlyBack: String }
      type Item @key(fields: "internalId") { internalId: ID! stock(min: Int = 3): Int secret: String @external shown: String @requires(fields: "secret") level: Level }
      enum Level { LOW }`,
    side: `${FED2}
      type Item @key(fields: "id") { id: ID! depth: Level }
      enum Level { LOW HIGH }`,
  },
  data: () => {
    const items = rowsOf(
      'Item',
      [1, 2, 3].map((n) => ({
        id: `i${n}`,
        internalId: `x${n}`,
        label: ({ lang, upper }: { lang: string; upper?: boolean | null }) => (upper === true ? 'L' : 'l') + `${lang} ${n}`,
        secret: `secret ${n}`,
        colour: ['RED', 'GREEN', 'INTERNAL'][n - 1],
        data: n === 1 ? { a: [1, { b: null }], __proto: 'x', id: 'other' } : n === 2 ? null : 'text "q" \u4e2d',
        day: '2026-01-0' + n,
        old: n === 1 ? null : 'old',
        stock: ({ min }: { min: number | null }) => n * 10 + (min ?? 0),
        shown: (_: unknown, self: { get(f: string): unknown }) => `*** ${String(self.get('secret')).length}`,
        level: 'LOW',
        depth: n === 2 ? 'HIGH' : 'LOW',
        thing: () => (n === 1 ? items[1] : n === 2 ? { __typename: 'Ghost', id: 'boo' } : null),
      })),
    )
    const found = (given: Record<string, unknown> | null | undefined): unknown => items.slice(0, Number(given?.['limit'] ?? 3))
    return {
      rows: items,
      roots: {
        item: ({ id }: { id: string }) => items.find((row) => row['id'] === id) ?? null,
        items: ({ filter }: { filter?: Record<string, unknown> }) => found(filter),
        colours: ['RED', null, 'INTERNAL', 'GREEN'],
        secretRoot: items[0],
        echo: (args: Record<string, unknown>) => args,
        state: 'ON',
        find: ({ by }: { by: Record<string, unknown> }) => found(by),
        again: ({ mode }: { mode?: string }) => mode ?? 'none',
      },
    }
  },
  scalars: { ID: ['i1', 'i2', 'i9'], Json: [1, 'x', { a: 1 }, [true, null]], Day: ['2026-02-03'], String: ['a', ''] },
  operations: operations([
    ['a key that clients cannot see', '{ items { stock(min: 1) shown } }'],
    ['a requirement that clients cannot see', '{ item { shown label(lang: EN, upper: true) } }'],
    ['an enum value that clients cannot see is an error where it stands', '{ items(filter: { limit: 3 }) { id colour } colours }'],
    [
      'a member of a union that clients cannot see is an error where it stands',
      '{ items(filter: { limit: 3 }) { id thing { ... on Item { label } } } }',
    ],
    [
      'an input whose fields both subgraphs have',
      '{ items(filter: { text: "a", limit: 1 }) { id } find(by: { limit: 2, text: null }) { stock } }',
    ],
    ['an input with fields left out', '{ items(filter: {}) { id } find(by: { text: "z" }) { id stock } }'],
    ['an enum that both subgraphs take', 'query Q($m: Mode = FANCY) { again(mode: $m) item(mode: $m) { id } }'],
    [
      'custom scalars in and out',
      'query Q($v: Json, $d: Day) { echo(value: $v, when: $d) b: echo(value: { a: [1, "x", { c: null }] }) items { data day } }',
      { v: { deep: [1, { x: 'y' }] }, d: '2026-03-04' },
    ],
    [
      'defaults of arguments, also behind variables that are left out',
      'query Q($f: Boolean, $l: Lang, $n: Int) { echo(flag: $f) c: echo(deep: { inner: { list: [[2]] } }) item { label(lang: $l) stock(min: $n) } }',
    ],
    ['null against a default', 'query Q($n: Int) { item { stock(min: $n) a: stock(min: null) b: stock } }', { n: null }],
    ['lists made of single values', 'query Q($m: [Mode!]) { items(modes: PLAIN) { id } b: items(modes: $m) { id } }', { m: 'FANCY' }],
    ['an output enum that one subgraph knows in part', '{ items { level depth } state }'],
    ['deprecated fields', '{ items { old } }'],
    [
      'introspection shows only the accessible',
      '{ __type(name: "Item") { fields(includeDeprecated: true) { name } } m: __type(name: "Mode") { enumValues { name } } g: __type(name: "Ghost") { name } __schema { queryType { fields { name } } } f: __type(name: "Filter") { inputFields { name } } }',
    ],
  ]),
}
