import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner'

import { isHubObject, type HubObject, type HubValue } from './adopt-answer.js'
import { typeNameOf } from './locate.js'

const applyAt = (
  value: HubValue,
  path: readonly FetchNodePathSegment[],
  at: number,
  change: (object: HubObject, key: string) => void,
): void => {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(item, path, at, change)
    return
  }
  if (!isHubObject(value)) return
  const segment = path[at]
  if (segment === undefined) return
  if ('TypenameEquals' in segment) {
    const typeName = typeNameOf(value)
    if (typeName === undefined || segment.TypenameEquals.includes(typeName)) applyAt(value, path, at + 1, change)
  } else if (at === path.length - 1) {
    change(value, segment.Key)
  } else {
    applyAt(value[segment.Key], path, at + 1, change)
  }
}

/** Applies the planner's renames and settings to a tree, in place. */
export const applyRewrites = (value: HubValue, rewrites: readonly FetchRewrite[]): void => {
  for (const rewrite of rewrites) {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer
      applyAt(value, path, 0, (object, key) => {
        if (object[key] === undefined) return
        object[renameKeyTo] = object[key]
        delete object[key]
      })
    } else {
      const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite
      applyAt(value, path, 0, (object, key) => {
        object[key] = setValueTo
      })
    }
  }
}

/** What the planner's own aliases are called after its renames; for the paths of errors. */
export const renamedKey = (key: string, rewrites: readonly FetchRewrite[]): string => {
  for (const rewrite of rewrites) {
    if (!('KeyRenamer' in rewrite)) continue
    const last = rewrite.KeyRenamer.path.at(-1)
    if (last !== undefined && 'Key' in last && last.Key === key) return rewrite.KeyRenamer.renameKeyTo
  }
  return key
}
