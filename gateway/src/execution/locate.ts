import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner'

import { isHubObject, type HubObject, type HubValue } from './adopt-answer.js'

/** Answers whether objects of a concrete type satisfy a type condition (the type itself, an interface, or a union). */
export type TypeTest = (typeName: string, condition: string) => boolean

/** An object in the hub's tree and the internal path that leads to it. */
export interface Located {
  readonly object: HubObject
  readonly path: ReadonlyArray<string | number>
}

/** The concrete type an object declares, or undefined when the call did not ask. */
export const typeNameOf = (object: HubObject): string | undefined => {
  const name = object['__typename']
  return typeof name === 'string' ? name : undefined
}

/** Every object that a plan path reaches, in document order; lists of lists are entered to the bottom. */
export const locate = (root: HubObject, path: readonly FlattenNodePathSegment[], isOfType: TypeTest): Located[] => {
  const found: Located[] = []
  const walk = (value: HubValue, at: number, trail: ReadonlyArray<string | number>): void => {
    if (value === null || value === undefined) return
    if (Array.isArray(value)) {
      const next = path[at] === '@' ? at + 1 : at
      value.forEach((item, index) => (Array.isArray(item) ? walk(item, at, [...trail, index]) : walk(item, next, [...trail, index])))
      return
    }
    if (!isHubObject(value)) return
    const segment = path[at]
    if (segment === undefined) {
      found.push({ object: value, path: trail })
    } else if (segment === '@') {
      walk(value, at + 1, trail)
    } else if ('Field' in segment) {
      walk(value[segment.Field], at + 1, [...trail, segment.Field])
    } else {
      const typeName = typeNameOf(value)
      if (typeName !== undefined && segment.TypeCondition.some((condition) => isOfType(typeName, condition))) walk(value, at + 1, trail)
    }
  }
  walk(root, 0, [])
  return found
}
