import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'

interface Group {
  fields: number
  terms: number
  readonly sets: SelectionSetNode[]
}

/**
 * An upper bound of the comparisons that validation makes to find fields that cannot be merged; the dearest of its rules.
 *
 * Fields of one response path are compared in pairs, with their arguments, and so are the fragments spread there; the rule of
 * graphql 16.15 stops by itself only after 500,000 steps, which took 90–130 ms. Stops counting once `max` is passed, so its own
 * cost is O(max). No fragment may reach itself.
 */
export const countComparisons = (document: DocumentNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, max: number): number => {
  let count = 0
  const reached = new Set<string>()
  const addField = (groups: Map<string, Group>, field: FieldNode): void => {
    const key = field.alias?.value ?? field.name.value
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { fields: 0, terms: 0, sets: [] }))
    group.fields += 1
    group.terms += 1 + (field.arguments?.length ?? 0)
    if (field.selectionSet) group.sets.push(field.selectionSet)
  }
  const level = (sets: readonly SelectionSetNode[]): void => {
    const groups = new Map<string, Group>()
    let spreads = 0
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        count += 1
        if (count > max) return
        if (selection.kind === Kind.FIELD) addField(groups, selection)
        else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
        else {
          spreads += 1
          reached.add(selection.name.value)
          const fragment = fragments.get(selection.name.value)
          if (fragment) collect(fragment.selectionSet)
        }
      }
    }
    sets.forEach(collect)
    count += spreads * (spreads + sets.length)
    for (const group of groups.values()) {
      if (group.fields > 1) count += group.fields * group.terms
      if (count > max) return
      if (group.sets.length > 0) level(group.sets)
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) level([definition.selectionSet])
    if (count > max) return max + 1
  }
  // What an operation reaches was counted there at least as often as it is compared; the rest is compared for itself.
  for (const [name, fragment] of fragments) {
    if (!reached.has(name)) level([fragment.selectionSet])
    if (count > max) return max + 1
  }
  return count
}
