import { isEnumType, type GraphQLLeafType } from 'graphql'

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

const leafOf = (value: unknown, type: GraphQLLeafType, path: ReadonlyArray<string | number>, faults: PlainFaults): unknown => {
  const stackTraceLimit = Error.stackTraceLimit
  try {
    // Nobody sees the stack of what serialize throws, and a party may make it throw half a million times.
    Error.stackTraceLimit = 0
    // An enum value that the API does not show (inaccessible, or invented) never leaves the hub, not even in a message.
    if (isEnumType(type)) {
      if (typeof value === 'string' && type.getValue(value) !== undefined) return value
    } else {
      const leaf: unknown = type.serialize(value)
      return leaf === undefined ? null : leaf
    }
  } catch {
    // Told below; what serialize says would repeat the value.
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  faults.invalid(path)
  return BUBBLE
}

const projectItem = (value: unknown, type: OutputType, path: ReadonlyArray<string | number>, faults: PlainFaults): unknown => {
  const nullable = projectNullable(value, type, path, faults)
  if (type.mayBeNull) return nullable === BUBBLE ? null : nullable
  if (nullable !== null) return nullable
  faults.nullInNonNull(path)
  return BUBBLE
}

/**
 * Shapes the value of a leaf field, or of lists of leaves, that is not of the plain form: coerced as graphql-js coerces results
 * (an ID of 5 becomes "5"), nulls propagated. `BUBBLE` for a value that is none of the type's, told before.
 */
export const projectNullable = (value: unknown, type: OutputType, path: ReadonlyArray<string | number>, faults: PlainFaults): unknown => {
  if (value === null || value === undefined) return null
  if (type.item === null) {
    if (type.leaf !== null) return leafOf(value, type.leaf, path, faults)
    faults.invalid(path)
    return BUBBLE
  }
  if (!Array.isArray(value)) {
    faults.invalid(path)
    return BUBBLE
  }
  const items: unknown[] = []
  for (let index = 0; index < value.length; index++) {
    const item = projectItem(value[index], type.item, [...path, index], faults)
    if (item === BUBBLE) return BUBBLE
    items.push(item)
  }
  return items
}
