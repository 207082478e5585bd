import { Kind } from 'graphql'
import type { TypeNode } from 'graphql'

/** Name of the type at the bottom of lists and non-nulls. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type)
}

/** The type as it is written, `[Name!]!`; `print` of graphql costs ten times as much. */
export function typeText(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value
  return type.kind === Kind.LIST_TYPE ? `[${typeText(type.type)}]` : `${typeText(type.type)}!`
}

/** Whether the field itself may be null. */
export const isNullable = (type: TypeNode): boolean => type.kind !== Kind.NON_NULL_TYPE

/** Whether a failure at the bottom of the type stops at or below this field: some level of it may be null. */
export function containsFailure(type: TypeNode): boolean {
  if (type.kind !== Kind.NON_NULL_TYPE) return true
  return type.type.kind === Kind.LIST_TYPE ? containsFailure(type.type.type) : false
}
