/** Supergraphs in the manner of other composers, written by hand for these tests: one order desk of two shops. */

/** Join specifications whose supergraphs are served, with the directives that each of them has. */
export const JOIN_VERSIONS = ['0.2', '0.3', '0.4', '0.5'] as const

const HEAD: Readonly<Record<(typeof JOIN_VERSIONS)[number], string>> = {
  '0.2': `
directive @join__field(graph: join__Graph!, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
scalar join__FieldSet`,
  '0.3': `
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
scalar join__FieldSet`,
  '0.4': `
directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
scalar join__DirectiveArguments
scalar join__FieldSet`,
  '0.5': `
directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String, contextArguments: [join__ContextArgument!]) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
input join__ContextArgument { name: String! type: String! context: String! selection: join__FieldValue }
scalar join__DirectiveArguments
scalar join__FieldSet
scalar join__FieldValue`,
}

/** What varies between the supergraphs of the tests. */
export interface Variation {
  readonly join?: (typeof JOIN_VERSIONS)[number]
  /** Further `@link`s on the schema. */
  readonly links?: string
  /** Further definitions. */
  readonly definitions?: string
  /** Directives on fields, by coordinate. */
  readonly on?: Readonly<Record<string, string>>
  readonly urls?: { readonly shop: string; readonly store: string }
  /** Further fields of `Order`, from the shop. */
  readonly fields?: string
}

/** A supergraph of two subgraphs: `shop` has orders, `store` says where they lie. */
export const supergraphOf = (variation: Variation = {}): string => {
  const join = variation.join ?? '0.3'
  const on = (coordinate: string): string => variation.on?.[coordinate] ?? ''
  const urls = variation.urls ?? { shop: 'http://127.0.0.1:1/shop', store: 'http://127.0.0.1:1/store' }
  return `schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v${join}", for: EXECUTION)
  ${variation.links ?? ''}
{
  query: Query
  mutation: Mutation
}
${HEAD[join]}
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
enum join__Graph {
  SHOP @join__graph(name: "shop", url: "${urls.shop}")
  STORE_EAST @join__graph(name: "store-east", url: "${urls.store}")
}
${variation.definitions ?? ''}
type Query @join__type(graph: SHOP) @join__type(graph: STORE_EAST) {
  orders: [Order!]! @join__field(graph: SHOP) ${on('Query.orders')}
}
type Mutation @join__type(graph: SHOP) @join__type(graph: STORE_EAST) {
  order(title: String!): Order! @join__field(graph: SHOP)
}
type Order @join__type(graph: SHOP, key: "id") @join__type(graph: STORE_EAST, key: "id") {
  id: ID!
  title: String @join__field(graph: SHOP) ${on('Order.title')}
  shelf: String @join__field(graph: STORE_EAST) ${on('Order.shelf')}
  ${variation.fields ?? ''}
}
`
}
