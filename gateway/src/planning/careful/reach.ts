import { Kind, type FieldNode, type SelectionSetNode } from 'graphql'

import type { GraphField, SupergraphModel } from './supergraph-model.js'

/** How a graph is entered with an entity: under which type name, by which key, and which graph gives each field of the key. */
export interface Entry {
  readonly graph: string
  /** The type itself, or an interface of it that is an interface object in the graph. */
  readonly asType: string
  readonly key: SelectionSetNode
  /** Graphs to be entered first, by the key's field; the one that is left when it gives the field itself. */
  readonly sources: ReadonlyMap<string, string>
  readonly distance: number
}

/** A field of an object in one graph, and the type under which the graph knows it. */
export interface Answerer {
  readonly graph: string
  readonly asType: string
  readonly field: GraphField
}

/** Questions about ways between graphs, answered from a supergraph and remembered for its life. */
export interface Reach {
  /** The field where a graph answers it by itself; null when it does not. */
  answers(graph: string, typeName: string, field: string): Answerer | null
  /** Every graph that answers a field of a type. */
  answerers(typeName: string, field: string): readonly Answerer[]
  /** Graphs that an entity can be taken to from another graph, with the way into each. */
  from(graph: string, typeName: string): ReadonlyMap<string, Entry>
}

const fieldsOf = (set: SelectionSetNode): FieldNode[] => set.selections.filter((selection) => selection.kind === Kind.FIELD)

/** Builds the answers on demand; the work is bounded by types × graphs². */
export const createReach = (model: SupergraphModel): Reach => {
  const graphs = [...model.services.keys()]
  const answererCache = new Map<string, readonly Answerer[]>()
  const entryCache = new Map<string, ReadonlyMap<string, Entry>>()

  const answers = (graph: string, typeName: string, field: string): Answerer | null => {
    const own = model.at(graph, typeName)?.fields.get(field)
    if (own) return own.isExternal ? null : { graph, asType: typeName, field: own }
    for (const above of model.interfacesOf(typeName)) {
      const type = model.at(graph, above)
      const found = type?.isInterfaceObject === true ? type.fields.get(field) : undefined
      if (found && !found.isExternal) return { graph, asType: above, field: found }
    }
    return null
  }

  /** Whether a graph gives a nested field set wholly by itself. */
  const gives = (graph: string, typeName: string, node: FieldNode): boolean => {
    const answerer = node.name.value === '__typename' ? null : answers(graph, typeName, node.name.value)
    if (answerer === null) return node.name.value === '__typename'
    if (answerer.asType !== typeName || answerer.field.requires !== null) return false
    if (node.selectionSet === undefined) return true
    const below = answerer.field.typeName
    const concrete = model.kindOf(below) === 'abstract' ? [...(model.at(graph, below)?.possible ?? [])] : [below]
    return node.selectionSet.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return concrete.every((type) => gives(graph, type, selection))
      if (selection.kind !== Kind.INLINE_FRAGMENT) return false
      const types = concrete.filter((type) => model.possible(selection.typeCondition?.name.value ?? below).includes(type))
      return types.every((type) => fieldsOf(selection.selectionSet).every((inner) => gives(graph, type, inner)))
    })
  }

  const namesIn = (graph: string, typeName: string): string[] =>
    [typeName, ...model.interfacesOf(typeName).filter((above) => model.at(graph, above)?.isInterfaceObject === true)].filter(
      (name) => model.at(graph, name) !== undefined,
    )

  /** `reached`: graphs and how far they are, nearest first. */
  const enter = (graph: string, typeName: string, origin: string, reached: ReadonlyArray<readonly [string, number]>): Entry | null => {
    let best: Entry | null = null
    for (const asType of namesIn(graph, typeName)) {
      for (const key of model.at(graph, asType)?.keys ?? []) {
        const sources = new Map<string, string>()
        let distance = 0
        for (const node of fieldsOf(key)) {
          const source = reached.find(([candidate]) => gives(candidate, typeName, node))
          if (source === undefined) break
          sources.set(node.name.value, source[0])
          distance = Math.max(distance, source[1] + 1)
        }
        if (sources.size < new Set(fieldsOf(key).map((node) => node.name.value)).size) continue
        const entry = { graph, asType, key, sources, distance }
        const isBetter =
          best === null || distance < best.distance || (distance === best.distance && weight(entry, origin) < weight(best, origin))
        if (isBetter) best = entry
      }
    }
    return best
  }

  const weight = (entry: Entry, origin: string): number =>
    new Set([...entry.sources.values()].filter((source) => source !== origin)).size * 100 + entry.sources.size

  const from = (origin: string, typeName: string): ReadonlyMap<string, Entry> => {
    const cacheKey = `${origin} ${typeName}`
    const known = entryCache.get(cacheKey)
    if (known) return known
    const entries = new Map<string, Entry>()
    const reached = new Map<string, number>([[origin, 0]])
    for (let hasGrown = true; hasGrown;) {
      hasGrown = false
      const found: Entry[] = []
      const nearest = [...reached].sort(([, a], [, b]) => a - b)
      for (const graph of graphs) {
        if (entries.has(graph)) continue
        const entry = enter(graph, typeName, origin, nearest)
        if (entry !== null) found.push(entry)
      }
      for (const entry of found) {
        entries.set(entry.graph, entry)
        if (!reached.has(entry.graph)) reached.set(entry.graph, entry.distance)
        hasGrown = true
      }
    }
    entryCache.set(cacheKey, entries)
    return entries
  }

  return {
    answers,
    answerers(typeName, field) {
      const cacheKey = `${typeName}.${field}`
      const known = answererCache.get(cacheKey)
      if (known) return known
      const all = graphs.flatMap((graph) => answers(graph, typeName, field) ?? [])
      answererCache.set(cacheKey, all)
      return all
    },
    from,
  }
}
