import { FED2, operations, rowsOf, type RecordView, type World } from '../world.js'

/**
 * One name, different types per subgraph: nullability, interface against object, lists; members of unions whose fields clash in one
 * subgraph and not in the API; entities without fields of their own; partial overrides; inputs of `@oneOf`.
 */
export const typeMismatch: World = {
  name: 'one name, different types',
  subgraphs: {
    x: `${FED2}
      type Query { mixed: [Mixed!]! things: [Thing] shelf: Shelf @shareable pick(by: Pick): String deep: [Mixed] }
      union Mixed = A | B | C
      type A @key(fields: "id") { id: ID! v: Int! @shareable sub: Sub w: Int }
      type B @key(fields: "id") { id: ID v: Int sub: Other w: String }
      type C @key(fields: "code") { code: ID! v: Int @shareable list: [Int!] @shareable note: String }
      type Sub { s: Int! t: [Int] }
      type Other { s: Int t: [Int] u: Float }
      interface Thing @key(fields: "id") { id: ID }
      type D implements Thing @key(fields: "id") { id: ID price: Int }
      type E implements Thing @key(fields: "id") { id: ID! size: Int }
      type Shelf @shareable { top: Box! }
      type Box @shareable { a: Int! }
      input Pick { id: ID name: String nested: Pick }`,
    y: `${FED2}
      type Query { one: A shelf: Shelf @shareable }
      type A @key(fields: "id") { id: ID! v: Int @shareable extra: String @requires(fields: "w") w: Int @external }
      type B @key(fields: "id") { id: ID extra: String moved: Int @override(from: "z") }
      type C @key(fields: "code") { code: ID! v: Int! @shareable list: [Int] @shareable back: A }
      type D @key(fields: "id") { id: ID tax: Int @requires(fields: "price") price: Int @external gradual: Int @override(from: "z", label: "percent(50)") }
      type Shelf @shareable { top: Box }
      type Box @shareable { b: String a: Int }`,
    z: `${FED2}
      type Query { d: D }
      type B @key(fields: "id") { id: ID moved: Int }
      type D @key(fields: "id") { id: ID gradual: Int }`,
  },
  data: () => {
    const extra = (_: unknown, self: RecordView): string => `w is ${String(self.get('w'))}`
    const a = rowsOf(
      'A',
      [1, 2].map((n) => ({ id: `a${n}`, v: n, sub: { s: n, t: [n, null] }, w: n === 2 ? null : n, extra })),
    )
    const b = rowsOf(
      'B',
      [1, 2].map((n) => ({ id: `b${n}`, v: n === 2 ? null : n, sub: { s: null, t: null, u: 0.5 }, w: 'w', extra: 'x', moved: n })),
    )
    const c = rowsOf('C', [{ code: 'c1', v: 7, list: [1, 2], note: 'n', back: a[1] }])
    const d = rowsOf('D', [{ id: 'd1', price: 10, tax: (_: unknown, self: RecordView) => Number(self.get('price')) * 2, gradual: 3 }])
    const e = rowsOf('E', [{ id: 'e1', size: 4 }])
    return {
      rows: [...a, ...b, ...c, ...d, ...e],
      roots: {
        mixed: [a[0], b[0], c[0], a[1], b[1]],
        deep: [c[0], null, b[1]],
        things: [d[0], null, e[0]],
        one: a[1],
        d: d[0],
        shelf: { top: { a: 1, b: 'two' } },
        pick: ({ by }: { by?: unknown }) => JSON.stringify(by ?? null),
      },
    }
  },
  operations: operations([
    ['a field that is nullable for one member in one subgraph', '{ mixed { ... on A { v } ... on B { v } ... on C { v } } }'],
    [
      'keys that clash although nobody asked for them',
      '{ mixed { ... on A { extra } ... on B { extra moved } ... on C { back { extra } } } }',
    ],
    ['keys that clash and are asked', '{ mixed { __typename ... on A { id extra } ... on B { key: id extra } } }'],
    ['clashes further below', '{ mixed { ... on A { sub { t } } ... on B { sub { t u } } } }'],
    ['a clash through a list', '{ deep { ... on C { list v } ... on B { v } } }'],
    ['an interface with keys that clash', '{ things { id ... on D { tax gradual } ... on E { size } } }'],
    ['a value type of which each subgraph has a part', '{ shelf { top { a b } } }'],
    ['an override in progress', '{ d { gradual tax price } }'],
    ['an entity of which only the key is asked', '{ one { id } d { id } }'],
    ['inputs in inputs', '{ a: pick(by: { nested: { nested: { id: null } }, name: "x" }) b: pick }'],
  ]),
}
