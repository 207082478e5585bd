import {
  getNamedType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLNullableType,
  type GraphQLOutputType,
} from 'graphql'

/** What a leaf must look like in bytes to be passed on unread. */
export const LEAF = { STRING: 0, INT: 1, FLOAT: 2, BOOLEAN: 3, ENUM: 4, ANY: 5, LIST: 6 } as const

/** The check of one leaf position, compiled from its type in the API schema. */
export interface LeafCheck {
  readonly kind: number
  readonly mayBeNull: boolean
  /** Of a list. */
  readonly item: LeafCheck | null
  /** Of an enum: its values as they stand in JSON, quotes included. */
  readonly words: ReadonlySet<string> | null
}

/** For fields that the API does not know: keys that only the hub reads. Any JSON. */
export const ANY_JSON: LeafCheck = { kind: LEAF.ANY, mayBeNull: true, item: null, words: null }

const KINDS = new Map<unknown, number>([
  [GraphQLString, LEAF.STRING],
  [GraphQLID, LEAF.STRING],
  [GraphQLInt, LEAF.INT],
  [GraphQLFloat, LEAF.FLOAT],
  [GraphQLBoolean, LEAF.BOOLEAN],
])

const made = new WeakMap<GraphQLOutputType, LeafCheck>()

const make = (type: GraphQLOutputType): LeafCheck => {
  const mayBeNull = !isNonNullType(type)
  const nullable: GraphQLNullableType & GraphQLOutputType = isNonNullType(type) ? type.ofType : type
  if (isListType(nullable)) return { kind: LEAF.LIST, mayBeNull, item: leafCheckOf(nullable.ofType), words: null }
  if (isEnumType(nullable)) {
    const words = new Set(nullable.getValues().map(({ name }) => `"${name}"`))
    return { kind: LEAF.ENUM, mayBeNull, item: null, words }
  }
  return { kind: KINDS.get(nullable) ?? LEAF.ANY, mayBeNull, item: null, words: null }
}

/** The check of a type whose innermost type is a leaf; made once per type. */
export const leafCheckOf = (type: GraphQLOutputType): LeafCheck => {
  const known = made.get(type)
  if (known) return known
  const check = isLeafType(getNamedType(type)) ? make(type) : ANY_JSON
  made.set(type, check)
  return check
}
