import { getNamedType, isListType, isNonNullType, isObjectType, type GraphQLObjectType, type GraphQLOutputType } from 'graphql'

import { typeWordsOf } from './key-words.js'
import { SEVERAL, type Layout } from '../plan/layout.js'
import { LEAF, type LeafCheck } from './leaf-check.js'
import type { Entry, Reader, Run, RunPart } from './shape.js'
import type { BoundAccess, Projection } from '../write/projection.js'

/** Where a key stands among the client's fields, once for each selection that reads the position; null when it may not be spliced. */
type Places = readonly number[] | null

const placesOf = (entry: Entry, type: GraphQLObjectType, consumers: readonly Projection[]): Places => {
  const places: number[] = []
  for (const consumer of consumers) {
    const fields = consumer.fieldsOf(type)
    let at = 0
    while (at < fields.length && (fields[at]?.responseKey !== entry.name || fields[at]?.dataKey !== entry.name)) at++
    const field = fields[at]
    if (field === undefined || field.denial !== null) return null
    if (field.kind === 'introspection' || (field.kind === 'typename') !== (entry.kind === 'typename')) return null
    if (field.kind === 'field' && field.type === null) return null
    places.push(at)
  }
  return places
}

const follows = (places: readonly number[], before: readonly number[]): boolean =>
  places.every((place, index) => place === (before[index] ?? -2) + 1)

/** The check of a list of objects around its objects. */
const aroundObjects = (type: GraphQLOutputType): LeafCheck => {
  const mayBeNull = !isNonNullType(type)
  const nullable = isNonNullType(type) ? type.ofType : type
  if (isListType(nullable)) return { kind: LEAF.LIST, mayBeNull, item: aroundObjects(nullable.ofType), words: null }
  return { kind: LEAF.ANY, mayBeNull, item: null, words: null }
}

/** The one run that objects below an entry consist of; null when anything about them must be known later. */
const wholeRun = (reader: Reader, type: GraphQLOutputType, access: BoundAccess): Run | null => {
  const named = getNamedType(type)
  if (!isObjectType(named) || access.type(named.name) !== null) return null
  const shape = reader.staticShape
  const run = shape?.entries[0]?.run
  if (shape === null || run === null || run === undefined || run.parts.length !== shape.entries.length) return null
  if (reader.layout.isTarget || run.parts.some(({ isKept }) => isKept) || !reader.isWholeFor(named, run.parts.length)) return null
  return run
}

const partOf = (entry: Entry, layout: Layout, access: BoundAccess): RunPart | null => {
  // Where several calls tell the type, one run with it would hide what stands in the other.
  if (entry.kind === 'typename') return layout.self.typeNameWriter === SEVERAL ? null : { entry, isKept: false, below: null }
  if (entry.type === null) return null
  const slot = layout.slot(entry.name)
  // Two calls that fill one field would have to be merged.
  if (slot.index !== entry.slot || slot.writer === SEVERAL) return null
  if (entry.kind === 'leaf') return { entry, isKept: slot.isRequired, below: null }
  if (entry.below === null || slot.isRequired) return null
  const run = wholeRun(entry.below, entry.type, access)
  return run === null ? null : { entry, isKept: false, below: { run, check: aroundObjects(entry.type) } }
}

/**
 * Finds the runs among the keys of one shape: neighbours in the call that are neighbours in every client selection too, in the
 * same order, under the same names, filled by this call alone, of which nothing has to be decided but the form of their leaves.
 */
export const findRuns = (
  layout: Layout,
  type: GraphQLObjectType,
  entries: readonly Entry[],
  consumers: readonly Projection[],
  access: BoundAccess,
): void => {
  let open: { parts: RunPart[]; places: readonly number[] } | null = null
  const close = (): void => {
    if (open === null) return
    const parts = open.parts.slice()
    open = null
    const slot = layout.addRun(parts.map(({ entry }) => entry.name)).index
    const first = parts[0]?.entry
    const words = parts.some(({ entry }) => entry.kind === 'typename') ? typeWordsOf(type.name) : null
    if (first !== undefined) first.run = { slot, parts, typeName: words === null ? null : { name: type.name, words } }
    for (const { entry } of parts) entry.runSlot = slot
  }
  for (const entry of entries) {
    const places = placesOf(entry, type, consumers)
    const part = places === null ? null : partOf(entry, layout, access)
    if (places === null || part === null) {
      close()
    } else if (open !== null && follows(places, open.places)) {
      open.parts.push(part)
      open.places = places
    } else {
      close()
      open = { parts: [part], places }
    }
  }
  close()
}
