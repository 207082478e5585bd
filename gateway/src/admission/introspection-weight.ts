import { Kind, OperationTypeNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/** How many items a list of introspection stands for: that of a large schema, so that nested lists weigh what they may cost. */
const ITEMS: ReadonlyMap<string, number> = new Map([
  ['types', 100],
  ['fields', 20],
  ['inputFields', 20],
  ['possibleTypes', 20],
  ['interfaces', 5],
  ['enumValues', 5],
  ['args', 3],
  ['directives', 10],
])

/**
 * Estimates the values that the introspection of one operation answers; 0 without any.
 *
 * Introspection costs no party anything and is no part of an operation's cost, but its lists contain each other: twenty aliases of
 * `__schema` are small as a document and hold the event loop for 100 ms. The query that tools send weighs about 430,000.
 * O(document): each fragment is weighed once. A fragment that reaches itself weighs nothing; validation refuses it.
 */
export const introspectionWeight = (operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): number => {
  if (operation.operation !== OperationTypeNode.QUERY) return 0
  const weigher = (ofField: (name: string, below: SelectionSetNode | undefined) => number): ((set: SelectionSetNode) => number) => {
    const known = new Map<string, number>()
    const ofFragment = (name: string): number => {
      const weight = known.get(name)
      if (weight !== undefined) return weight
      known.set(name, 0)
      const fragment = fragments.get(name)
      const made = fragment === undefined ? 0 : ofSet(fragment.selectionSet)
      known.set(name, made)
      return made
    }
    const ofSet = (set: SelectionSetNode): number => {
      let weight = 0
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) weight += ofField(selection.name.value, selection.selectionSet)
        else weight += selection.kind === Kind.INLINE_FRAGMENT ? ofSet(selection.selectionSet) : ofFragment(selection.name.value)
      }
      return weight
    }
    return ofSet
  }
  const inside = weigher((name, below) => 1 + (below === undefined ? 0 : (ITEMS.get(name) ?? 1) * inside(below)))
  const atRoot = weigher((name, below) => ((name === '__schema' || name === '__type') && below !== undefined ? inside(below) : 0))
  return atRoot(operation.selectionSet)
}
