import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, isEnumType, type GraphQLLeafType } from 'graphql'

import type { ByteText } from '../../transport/party-link.js'
import type { OutputType } from './object-writer.js'

/** Told of what cannot be shown; answers for whether null may stand there instead. */
export interface PlainFaults {
  /** A value that is none of the position's type. */
  invalid(path: ReadonlyArray<string | number>): void
  /** Null where none may be. */
  nullInNonNull(path: ReadonlyArray<string | number>): void
}

/** Stands for a null that has been told: the position above becomes null without another error. */
export const BUBBLE = Symbol('bubble')

const isIn32Bits = (number: number): boolean => number === (number | 0)

/** What graphql-js makes of a number, a text or a truth; undefined where it would throw. Objects are none of these types. */
const BUILT_IN: ReadonlyMap<GraphQLLeafType, (value: unknown) => unknown> = new Map<GraphQLLeafType, (value: unknown) => unknown>([
  [GraphQLString, (value) => (typeof value === 'object' ? undefined : String(value))],
  [GraphQLID, (value) => (typeof value === 'string' || Number.isInteger(value) ? String(value) : undefined)],
  [GraphQLBoolean, (value) => (typeof value === 'boolean' ? value : typeof value === 'number' ? value !== 0 : undefined)],
  [
    GraphQLInt,
    (value) => {
      const number = numberOf(value)
      return isIn32Bits(number) ? number : undefined
    },
  ],
  [
    GraphQLFloat,
    (value) => {
      const number = numberOf(value)
      return Number.isFinite(number) ? number : undefined
    },
  ],
])

const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? Number(value) : NaN

/**
 * A value of JSON as a leaf; undefined for what is none of its type. Never throws for the types of the specification: what graphql-js
 * throws costs 8 µs, and a party may send two million values that are none.
 */
const leafOf = (value: unknown, type: GraphQLLeafType): unknown => {
  // An enum value that the API does not show (inaccessible, or invented) never leaves the hub, not even in a message.
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined ? value : undefined
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined
  const builtIn = BUILT_IN.get(type)
  if (builtIn !== undefined) return builtIn(value)
  try {
    return type.serialize(value) ?? null
  } catch {
    // Told by the caller; what serialize says would repeat the value.
    return undefined
  }
}

/** Items of one list that may be none of its type; beyond it the list is none. A party may send two million. */
const MAX_WRONG_ITEMS = 1000

/** Whether text that begins so can be no leaf of a type, whatever follows: then it need not be parsed. */
export const isNoLeaf = (text: ByteText, type: OutputType): boolean =>
  (text.startsWith('{') || text.startsWith('[')) && type.leaf !== null && (isEnumType(type.leaf) || BUILT_IN.has(type.leaf))

/**
 * Shapes the value of a leaf field, or of lists of leaves, that is not of the plain form: coerced as graphql-js coerces results
 * (an ID of 5 becomes "5"), nulls propagated. `BUBBLE` for a value that is none of the type's, told before. `path` is the one at work:
 * it grows and shrinks meanwhile, and is as before in the end.
 */
export const projectNullable = (value: unknown, type: OutputType, path: (string | number)[], faults: PlainFaults): unknown => {
  if (value === null || value === undefined) return null
  if (type.item === null) {
    const leaf = type.leaf === null ? undefined : leafOf(value, type.leaf)
    if (leaf !== undefined) return leaf
    faults.invalid(path)
    return BUBBLE
  }
  if (!Array.isArray(value)) {
    faults.invalid(path)
    return BUBBLE
  }
  return projectItems(value, type.item, path, faults)
}

const projectItems = (values: readonly unknown[], type: OutputType, path: (string | number)[], faults: PlainFaults): unknown => {
  const items: unknown[] = []
  let wrong = 0
  for (let index = 0; index < values.length; index++) {
    path.push(index)
    const item = projectNullable(values[index], type, path, faults)
    if (item === null && !type.mayBeNull) faults.nullInNonNull(path)
    path.pop()
    if (!type.mayBeNull && (item === null || item === BUBBLE)) return BUBBLE
    if (item === BUBBLE && ++wrong > MAX_WRONG_ITEMS) {
      faults.invalid(path)
      return BUBBLE
    }
    items.push(item === BUBBLE ? null : item)
  }
  return items
}
