import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql'

import type { PlanInput } from './plan-input.js'
import type { Answerer } from './reach.js'
import type { AskedField } from './selection.js'

/** Asks how much of a selection can be finished from a graph, including what can be fetched from there. */
export interface Completeness {
  /** Whether everything below a field can be had when the field is asked of a graph. */
  isWhole(answerer: Answerer, field: AskedField): boolean
  /** The part that can be had from there, and what is left for another graph; null for nothing. */
  split(answerer: Answerer, field: AskedField): { doable: AskedField | null; left: AskedField | null }
  /** Number of fields below that the graph answers without leaving it. */
  localDepth(answerer: Answerer, field: AskedField): number
  /** A field that nobody can reach, for the message. */
  firstGap(field: AskedField): string | null
}

/** Remembers its answers for the life of one plan, by the nodes of its document. */
export const createCompleteness = ({ model, reach, fragments, work }: PlanInput): Completeness => {
  const remembered = new WeakMap<FieldNode, Map<string, boolean>>()

  const concreteIn = (graph: string, typeName: string): readonly string[] => {
    const type = model.at(graph, typeName)
    // Behind an interface object stands any implementer; it is reached by the interface's key.
    if (model.kindOf(typeName) !== 'abstract') return [typeName]
    return type?.isInterfaceObject === true ? [typeName] : [...(type?.possible ?? [])]
  }

  const isPossible = (graph: string, typeName: string, node: FieldNode): boolean => {
    if (node.name.value === '__typename') return true
    const id = `${graph} ${typeName}`
    const known = remembered.get(node)?.get(id)
    if (known !== undefined) return known
    const answer = decide(graph, typeName, node)
    const byId = remembered.get(node) ?? new Map<string, boolean>()
    byId.set(id, answer)
    remembered.set(node, byId)
    return answer
  }

  const decide = (graph: string, typeName: string, node: FieldNode): boolean => {
    const sets = node.selectionSet ? [node.selectionSet] : []
    // An interface object's implementers are judged where the real interface is.
    if (model.at(graph, typeName)?.isInterfaceObject === true) return true
    const own = reach.answers(graph, typeName, node.name.value)
    const local = own !== null && own.field.requires === null && own.asType === typeName ? [own] : []
    const entries = reach.from(graph, typeName)
    const others = reach.answerers(typeName, node.name.value).filter((answerer) => entries.has(answerer.graph))
    // A value without a key may have to be asked of several graphs, each for the part that it knows.
    let rest = sets[0]
    for (const answerer of [...local, ...others]) {
      work.spend(1)
      if (rest === undefined || setsPossible(answerer, [rest])) return true
      const left = keep(answerer.graph, concreteIn(answerer.graph, answerer.field.typeName), rest, false)
      if (left === null) return true
      rest = left
    }
    return false
  }

  const setsPossible = (answerer: Answerer, sets: readonly SelectionSetNode[]): boolean =>
    sets.every((set) => setPossible(answerer.graph, concreteIn(answerer.graph, answerer.field.typeName), set))

  const appliesTo = (selection: SelectionNode, types: readonly string[]): readonly string[] => {
    if (selection.kind === Kind.FIELD) return types
    const condition =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.typeCondition?.name.value
        : fragments.get(selection.name.value)?.typeCondition.name.value
    return condition === undefined ? types : types.filter((type) => type === condition || model.possible(condition).includes(type))
  }

  const innerOf = (selection: SelectionNode): SelectionSetNode | undefined =>
    selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)?.selectionSet : selection.selectionSet

  const setPossible = (graph: string, types: readonly string[], set: SelectionSetNode): boolean =>
    set.selections.every((selection) => {
      work.spend(selection.kind === Kind.FIELD ? types.length : 1 + (types.length >> 3))
      if (selection.kind === Kind.FIELD) return types.every((type) => isPossible(graph, type, selection))
      const inner = innerOf(selection)
      return inner === undefined || setPossible(graph, appliesTo(selection, types), inner)
    })

  const keep = (graph: string, types: readonly string[], set: SelectionSetNode, wanted: boolean): SelectionSetNode | null => {
    const selections = set.selections.flatMap((selection): SelectionNode[] => {
      // New nodes are made here, about which nothing is remembered yet.
      work.spend(2 + types.length)
      if (selection.kind === Kind.FIELD) return keepField(graph, types, selection, wanted)
      const inner = innerOf(selection)
      const kept = inner === undefined ? null : keep(graph, appliesTo(selection, types), inner, wanted)
      if (kept === null) return []
      const condition =
        selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : fragments.get(selection.name.value)?.typeCondition
      return [{ kind: Kind.INLINE_FRAGMENT, ...(condition ? { typeCondition: condition } : {}), selectionSet: kept }]
    })
    return selections.length > 0 ? { ...set, selections } : null
  }

  /** A field is kept whole where all of it is possible; a value's field that is possible in part goes to both sides, divided. */
  const keepField = (graph: string, types: readonly string[], node: FieldNode, wanted: boolean): SelectionNode[] => {
    const isWhole = types.every((type) => isPossible(graph, type, node))
    if (isWhole) return wanted ? [node] : []
    const answerer = types.length === 1 && types[0] !== undefined ? reach.answers(graph, types[0], node.name.value) : null
    if (answerer === null || node.selectionSet === undefined) return wanted ? [] : [node]
    const inner = keep(graph, concreteIn(graph, answerer.field.typeName), node.selectionSet, wanted)
    return inner === null ? [] : [{ ...node, selectionSet: inner }]
  }

  const part = (answerer: Answerer, field: AskedField, wanted: boolean): AskedField | null => {
    const types = concreteIn(answerer.graph, answerer.field.typeName)
    const sets = field.sets.flatMap((set) => keep(answerer.graph, types, set, wanted) ?? [])
    return sets.length > 0 ? { ...field, sets } : null
  }

  const countLocal = (graph: string, typeName: string, sets: readonly SelectionSetNode[]): number => {
    let count = 0
    const walk = (types: readonly string[], set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        work.spend(types.length)
        const inner = innerOf(selection)
        if (selection.kind !== Kind.FIELD) {
          if (inner) walk(appliesTo(selection, types), inner)
          continue
        }
        const found = types.map((type) => reach.answers(graph, type, selection.name.value)).find((answerer) => answerer !== null)
        if (!found || found.field.requires !== null) continue
        count += 1
        if (inner) count += countLocal(graph, found.field.typeName, [inner])
      }
    }
    for (const set of sets) walk(concreteIn(graph, typeName), set)
    return count
  }

  return {
    isWhole: (answerer, field) => setsPossible(answerer, field.sets),
    split(answerer, field) {
      if (setsPossible(answerer, field.sets)) return { doable: field, left: null }
      return { doable: part(answerer, field, true), left: part(answerer, field, false) }
    },
    localDepth: (answerer, field) => countLocal(answerer.graph, answerer.field.typeName, field.sets),
    firstGap(field) {
      for (const set of field.sets)
        for (const selection of set.selections) if (selection.kind === Kind.FIELD) return `${field.name}.${selection.name.value}`
      return null
    },
  }
}
