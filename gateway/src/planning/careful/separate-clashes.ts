import type { OutputRewrite, RewritePath } from '../plan-nodes.js'
import type { PlanWork } from './plan-work.js'
import type { CalledField, Selection } from './selection.js'

const wrapping = (shape: string): string => shape.replace(/\w+/, '*')

const fieldsBelow = (selection: Selection): [string, CalledField][] => [
  ...selection.fields,
  ...[...selection.fragments.values()].flatMap((fragment) => [...fragment.fields]),
]

/** Whether two fields may not stand under one key in one call (GraphQL, section 5.3.2: same response shape). */
const clash = (a: CalledField, b: CalledField, work: PlanWork): boolean => {
  work.spend(1)
  if (a.below === null || b.below === null) return a.shape !== b.shape
  if (wrapping(a.shape) !== wrapping(b.shape)) return true
  const others = new Map<string, CalledField[]>()
  for (const [key, field] of fieldsBelow(b.below)) others.set(key, [...(others.get(key) ?? []), field])
  return fieldsBelow(a.below).some(([key, field]) => others.get(key)?.some((against) => clash(field, against, work)) === true)
}

/**
 * Renames fields of fragments whose types in the called graph forbid their common key; gives the renames that undo it.
 *
 * The client's document is valid against the API, where types are merged; a graph's own types may still differ, and keys that the
 * hub adds may clash although nobody asked for them.
 */
export const separateClashes = (selection: Selection, work: PlanWork, path: RewritePath = [], counter = { next: 0 }): OutputRewrite[] => {
  const rewrites: OutputRewrite[] = []
  const seen = new Map<string, CalledField[]>([...selection.fields].map(([key, field]) => [key, [field]]))
  for (const [typeName, fragment] of selection.fragments) {
    const fields = new Map<string, CalledField>()
    for (const [key, field] of fragment.fields) {
      const earlier = seen.get(key) ?? []
      const isClash = earlier.some((other) => clash(other, field, work))
      const own = isClash ? `_c${counter.next++}_${key}` : key
      if (isClash) rewrites.push({ KeyRenamer: { path: [...path, { TypenameEquals: [typeName] }, { Key: own }], renameKeyTo: key } })
      else seen.set(key, [...earlier, field])
      fields.set(own, field)
      if (field.below)
        rewrites.unshift(...separateClashes(field.below, work, [...path, { TypenameEquals: [typeName] }, { Key: own }], counter))
    }
    fragment.fields = fields
  }
  for (const [key, field] of selection.fields)
    if (field.below) rewrites.push(...separateClashes(field.below, work, [...path, { Key: key }], counter))
  return rewrites
}
