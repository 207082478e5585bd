/** Values of one record: plain, or made from the field's arguments and the record itself. Records refer to each other directly. */
export type Fields = Record<string, unknown>

/** A record of a world. `__typename` is its concrete type in the composed schema. */
export type Row = Fields & { readonly __typename: string }

/** A record as the functions of its fields see it: what this side may know of it, and nothing more. */
export interface RecordView {
  readonly typeName: string | undefined
  /** The value of a field; records in it are views again. A subgraph reads a field of another owner from the representation alone. */
  get(field: string, args?: Readonly<Record<string, unknown>>): unknown
}

/** Data of a world, made anew for each side that answers, because acts change it. */
export interface WorldData {
  readonly rows: readonly Row[]
  /** Root fields by name; that of a subscription is the list of its events. */
  readonly roots: Fields
}

/** One operation that a world must answer exactly. `expected` only where federation cannot mean what one schema means. */
export interface NamedOperation {
  readonly title: string
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly expected?: { readonly data: unknown; readonly errorPaths: readonly string[] }
  /** Reason for which the hub must refuse it before any call, instead of an answer. */
  readonly refusal?: string
}

/** A small supergraph with data, from which its subgraphs and one monolith answer alike. */
export interface World {
  readonly name: string
  /** SDL by subgraph. Federation 2 documents start with `FED2`; without it one is read as Federation 1. */
  readonly subgraphs: Readonly<Record<string, string>>
  readonly data: () => WorldData
  /** Makes of what was composed the supergraph of another composer. */
  supergraph?(composed: string): string
  /** The supergraph has fields that no plan reaches, so that random operations may be refused for them. */
  readonly isImpossibleInPart?: boolean
  readonly operations: readonly NamedOperation[]
  /** Values that random operations use for arguments of a scalar type, such as ids that exist. */
  readonly scalars?: Readonly<Record<string, readonly unknown[]>>
}

/** The line by which a schema says that it is Federation 2, with every directive imported. */
export const FED2 = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires",
  "@provides", "@override", "@inaccessible", "@interfaceObject", "@tag", "@composeDirective", "@authenticated", "@requiresScopes"])
`

/** Rows of one type. */
export const rowsOf = (typeName: string, rows: readonly Fields[]): Row[] =>
  rows.map((fields) => Object.assign(fields, { __typename: typeName }))

/** Finds a row by one field; null when there is none. */
export const find = (rows: readonly Row[], field: string, value: unknown): Row | null => rows.find((row) => row[field] === value) ?? null

/** Shorthand of a list of operations: title, query, variables, and what is expected where a monolith cannot tell. */
export const operations = (
  list: ReadonlyArray<readonly [string, string, Readonly<Record<string, unknown>>?, NamedOperation['expected']?]>,
): NamedOperation[] => list.map(([title, query, variables, expected]) => ({ title, query, variables, expected }))
