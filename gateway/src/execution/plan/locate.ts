import { HubNode, type HubValue } from '../hub-node.js'
import type { Layout } from './layout.js'
import type { PathSegment } from '../../planning/plan-nodes.js'
import type { TypeNames } from './planned-selection.js'

/** One step from an object to the objects below: through a slot, or staying where the type is one of some. */
export type WalkStep =
  | { readonly kind: 'slot'; readonly index: number; readonly key: string }
  | { readonly kind: 'types'; readonly matches: (typeName: string) => boolean }

/** A path of a plan as steps through slots. Lists need none: they are entered to the bottom, lists of lists too. */
export type Walk = readonly WalkStep[]

type Path = ReadonlyArray<string | number>

/** The layout at the end of a plan's path; made on the way where it is new. */
export const layoutAt = (root: Layout, path: readonly PathSegment[]): Layout => {
  let layout = root.self
  for (const segment of path) if (segment !== '@' && 'Field' in segment) layout = layout.below(segment.Field)
  return layout
}

/** Compiles a path; all layouts must have been merged. */
export const walkOf = (root: Layout, path: readonly PathSegment[], types: TypeNames): Walk => {
  let layout = root.self
  const steps: WalkStep[] = []
  for (const segment of path) {
    if (segment === '@') continue
    if ('Field' in segment) {
      steps.push({ kind: 'slot', index: layout.slot(segment.Field).index, key: segment.Field })
      layout = layout.below(segment.Field)
    } else {
      const conditions = segment.TypeCondition
      steps.push({ kind: 'types', matches: (typeName) => conditions.some((condition) => types.satisfies(typeName, condition)) })
    }
  }
  return steps
}

/** Collects every object that a walk reaches, in document order. */
export const locate = (value: HubValue, walk: Walk, at: number, found: HubNode[]): void => {
  if (Array.isArray(value)) {
    for (const item of value) locate(item, walk, at, found)
    return
  }
  if (!(value instanceof HubNode)) return
  let node = value
  for (; at < walk.length; at++) {
    const step = walk[at] as WalkStep
    if (step.kind === 'types') {
      if (node.typeName === undefined || !step.matches(node.typeName)) return
      continue
    }
    const below = node.slots[step.index]
    if (!(below instanceof HubNode)) {
      if (Array.isArray(below)) locate(below, walk, at + 1, found)
      return
    }
    node = below
  }
  found.push(node)
}

/**
 * The internal paths of objects that a walk reaches. Walks again, because hardly any object ever needs its path: only those
 * about which an error is told.
 */
export const pathsOf = (root: HubNode, walk: Walk, wanted: ReadonlySet<HubNode>): Map<HubNode, Path> => {
  const paths = new Map<HubNode, Path>()
  const trail: (string | number)[] = []
  const enter = (value: HubValue, at: number): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        trail.push(index)
        enter(item, at)
        trail.pop()
      })
    } else if (value instanceof HubNode) {
      const step = walk[at]
      if (step === undefined) {
        if (wanted.has(value)) paths.set(value, [...trail])
      } else if (step.kind === 'slot') {
        trail.push(step.key)
        enter(value.slots[step.index], at + 1)
        trail.pop()
      } else if (value.typeName !== undefined && step.matches(value.typeName)) {
        enter(value, at + 1)
      }
    }
  }
  enter(root, 0)
  return paths
}
