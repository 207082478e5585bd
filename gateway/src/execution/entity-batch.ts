import type { ByteText } from '../transport/party-link.js'
import type { EntityTarget } from './executable-plan.js'
import { cloneValue, HubNode, MARK, mergeInto, type HubValue } from './hub-node.js'
import { locate, pathsOf } from './locate.js'
import type { TypeNames } from './planned-selection.js'
import { UNKNOWN } from './representation.js'
import { AnswerFault } from './answer-fault.js'

type Path = ReadonlyArray<string | number>

/** The entities of one target that a call asks for. */
export interface Batch {
  readonly target: EntityTarget
  readonly representations: readonly ByteText[]
  /** For each representation the objects that wait for it. */
  readonly places: ReadonlyArray<readonly HubNode[]>
}

/** Collects what a target asks for, each entity once; `noteUnknown` gets objects of which something required was never fetched. */
export const gather = (target: EntityTarget, root: HubNode, noteUnknown: (nodes: readonly HubNode[]) => void): Batch => {
  const found: HubNode[] = []
  for (const walk of target.walks) locate(root, walk, 0, found)
  const representations: ByteText[] = []
  const places: HubNode[][] = []
  const unknown: HubNode[] = []
  const known = new Map<ByteText, number>()
  for (const node of found) {
    const representation = target.writer.write(node)
    if (representation === null) continue
    if (representation === UNKNOWN) {
      unknown.push(node)
      continue
    }
    const at = known.get(representation)
    if (at === undefined) {
      known.set(representation, representations.length)
      representations.push(representation)
      places.push([node])
    } else {
      places[at]?.push(node)
    }
  }
  if (unknown.length > 0) noteUnknown(unknown)
  return { target, representations, places }
}

/** Internal paths of waiting objects, for errors about them. */
export const placePaths = (target: EntityTarget, root: HubNode, nodes: Iterable<HubNode>): Map<HubNode, Path> => {
  const wanted = new Set(nodes)
  const paths = new Map<HubNode, Path>()
  for (const walk of target.walks) for (const [node, path] of pathsOf(root, walk, wanted)) if (!paths.has(node)) paths.set(node, path)
  return paths
}

/** Whether an entity may be merged into an object: neither says its type, or one type is the other or belongs to it. */
const fits = (declared: string | undefined, known: string | undefined, types: TypeNames): boolean =>
  declared === undefined ||
  known === undefined ||
  declared === known ||
  types.satisfies(known, declared) ||
  types.satisfies(declared, known)

/**
 * Merges the entities of an answer into the objects that wait for them.
 *
 * Throws `AnswerFault`, before anything is merged, unless there is exactly one entity or null for each representation: with one
 * more or less nobody could say whose is whose.
 */
export const mergeEntities = (batch: Batch, value: HubValue, types: TypeNames): void => {
  const { target, representations, places } = batch
  if (!Array.isArray(value) || value.length !== representations.length) throw new AnswerFault('_entities has another length than asked')
  for (let index = 0; index < value.length; index++) {
    const entity = value[index]
    const waiting = places[index] ?? []
    if (!(entity instanceof HubNode)) {
      for (const node of waiting) node.marks |= MARK.MISSING
      continue
    }
    const isShared = waiting.length > 1 && !target.isFinal
    for (let nth = 0; nth < waiting.length; nth++) {
      const node = waiting[nth] as HubNode
      if (!fits(entity.typeName, node.typeName, types)) continue
      node.marks |= MARK.PRESENT
      // An interface that one party knows as an object: the concrete type is the better answer.
      if (entity.typeName !== undefined && node.typeName !== undefined && entity.typeName !== node.typeName) {
        if (types.satisfies(entity.typeName, node.typeName)) node.typeName = entity.typeName
      }
      mergeInto(node, isShared && nth > 0 ? (cloneValue(entity) as HubNode) : entity)
    }
  }
}

/** Representations of one target in one call; more are sent in parts, at the same time. */
const MAX_REPRESENTATIONS = 500

/** Parts of at most `MAX_REPRESENTATIONS` per target, so that one wide list does not become one call without bound. */
export const split = (batches: readonly Batch[]): (readonly Batch[])[] => {
  let longest = 0
  for (const { representations } of batches) longest = Math.max(longest, representations.length)
  if (longest <= MAX_REPRESENTATIONS) return longest === 0 ? [] : [batches]
  const parts: Batch[][] = []
  for (let from = 0; from < longest; from += MAX_REPRESENTATIONS) {
    const to = from + MAX_REPRESENTATIONS
    parts.push(
      batches.map(({ target, representations, places }) => ({
        target,
        representations: representations.slice(from, to),
        places: places.slice(from, to),
      })),
    )
  }
  return parts
}
