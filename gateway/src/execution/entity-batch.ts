import type { ByteText } from '../transport/party-link.js'
import type { EntityTarget } from './plan/executable-plan.js'
import { cloneValue, HubNode, MARK, mergeInto, type HubValue } from './hub-node.js'
import { locate, pathsOf } from './plan/locate.js'
import type { TypeNames } from './plan/planned-selection.js'
import { UNKNOWN, type PlainRepresentation } from './plan/representation.js'
import { AnswerFault } from './answer-fault.js'
import type { PartyRoom } from './party-room.js'

type Path = ReadonlyArray<string | number>

/** The entities of one target that a call asks for. */
export interface Batch {
  readonly target: EntityTarget
  readonly representations: readonly ByteText[]
  /** For each representation the objects that wait for it. */
  readonly places: ReadonlyArray<readonly HubNode[]>
}

/** Entities by what tells them apart: within one type a plain key, otherwise the whole representation. */
class Entities {
  readonly representations: ByteText[] = []
  readonly places: HubNode[][] = []

  add(known: Map<ByteText, number>, identity: ByteText, node: HubNode, before: ByteText, after: ByteText): void {
    const at = known.get(identity)
    if (at !== undefined) {
      ;(this.places[at] as HubNode[]).push(node)
      return
    }
    known.set(identity, this.representations.length)
    this.representations.push(before + identity + after)
    this.places.push([node])
  }
}

/** Collects what a target asks for, each entity once; `noteUnknown` gets objects of which something required was never fetched. */
export const gather = (target: EntityTarget, root: HubNode, noteUnknown: (nodes: readonly HubNode[]) => void): Batch => {
  const found: HubNode[] = []
  for (const walk of target.walks) locate(root, walk, 0, found)
  const { writer } = target
  const entities = new Entities()
  const unknown: HubNode[] = []
  const byText = new Map<ByteText, number>()
  const byKey = new Map<string, Map<ByteText, number>>()
  let typeName: string | undefined
  let plain: PlainRepresentation | null = null
  let known = byText
  for (let index = 0; index < found.length; index++) {
    const node = found[index] as HubNode
    if (node.typeName !== undefined && node.typeName !== typeName) {
      typeName = node.typeName
      plain = writer.plainFor(typeName)
      known = byKey.get(typeName) ?? new Map<ByteText, number>()
      byKey.set(typeName, known)
    }
    if (plain !== null && node.typeName === typeName) {
      const key = node.slots[plain.slot]
      if (typeof key === 'string') {
        entities.add(known, key, node, plain.before, plain.after)
        continue
      }
    }
    const representation = writer.write(node)
    if (representation === null) continue
    if (representation === UNKNOWN) unknown.push(node)
    else entities.add(byText, representation, node, '', '')
  }
  if (unknown.length > 0) noteUnknown(unknown)
  return { target, representations: entities.representations, places: entities.places }
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
 * more or less nobody could say whose is whose. Throws PARTY_UNAVAILABLE when copies for all places would take too much `room`.
 */
export const mergeEntities = (batch: Batch, value: HubValue, types: TypeNames, room: PartyRoom): void => {
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
      mergeInto(node, isShared && nth > 0 ? (cloneValue(entity, room) as HubNode) : entity)
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
