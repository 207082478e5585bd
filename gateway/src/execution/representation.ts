import type { RequiresSelection } from '@graphql-hive/router-query-planner'

import { isHubObject, newHubObject, type HubObject, type HubValue } from './adopt-answer.js'
import { typeNameOf, type TypeTest } from './locate.js'

/** Something required is unknown, because its party did not answer. */
export const UNKNOWN = Symbol('unknown')

const pickValue = (
  value: HubValue,
  selections: readonly RequiresSelection[] | undefined,
  isOfType: TypeTest,
): HubValue | typeof UNKNOWN => {
  if (selections === undefined || selections.length === 0 || value === null) return value
  if (Array.isArray(value)) {
    const items: HubValue[] = []
    for (const item of value) {
      const picked = pickValue(item, selections, isOfType)
      if (picked === UNKNOWN) return UNKNOWN
      items.push(picked)
    }
    return items
  }
  if (!isHubObject(value)) return value
  const into = newHubObject()
  return pickInto(into, value, selections, isOfType) ? into : UNKNOWN
}

const pickInto = (into: HubObject, object: HubObject, selections: readonly RequiresSelection[], isOfType: TypeTest): boolean => {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const typeName = typeNameOf(object)
      if (typeName !== undefined && !isOfType(typeName, selection.typeCondition)) continue
      if (!pickInto(into, object, selection.selections, isOfType)) return false
    } else if (selection.kind === 'Field') {
      const value = object[selection.name]
      // A key that was never fetched makes no entity; a null that was fetched may be a required value like any other.
      if (value === undefined) return false
      const picked = pickValue(value, selection.selections, isOfType)
      if (picked === UNKNOWN) return false
      into[selection.alias ?? selection.name] = picked
    }
  }
  return true
}

/**
 * The representation of an object for `_entities`; null when the object is of none of the wanted types; UNKNOWN when something
 * required was never fetched (its party has failed or has no such record: the fields behind it stay null too).
 */
export const representationOf = (
  object: HubObject,
  requires: readonly RequiresSelection[],
  isOfType: TypeTest,
): HubObject | null | typeof UNKNOWN => {
  const typeName = typeNameOf(object)
  if (typeName === undefined) return UNKNOWN
  const into = newHubObject()
  for (const selection of requires) {
    if (selection.kind !== 'InlineFragment' || !isOfType(typeName, selection.typeCondition)) continue
    if (!pickInto(into, object, selection.selections, isOfType)) return UNKNOWN
  }
  return into['__typename'] === undefined ? null : into
}
