import { Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/**
 * What one call asked for, by response key: null is a leaf, a map an object or a list of objects.
 *
 * Only what stands here is taken over from an answer, so a party can neither fill another party's fields nor reorder names.
 */
export type AnswerMask = ReadonlyMap<string, AnswerMask | null>

/** The mask of an operation that the planner wrote. Read once per compiled plan. */
export const answerMask = (operation: string): AnswerMask => {
  const document = parse(operation, { noLocation: true })
  const fragments = new Map<string, FragmentDefinitionNode>()
  let root: OperationDefinitionNode | undefined
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    if (definition.kind === Kind.OPERATION_DEFINITION) root = definition
  }
  const collect = (set: SelectionSetNode, into: Map<string, AnswerMask | null>): Map<string, AnswerMask | null> => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const known = into.get(key)
        into.set(key, selection.selectionSet ? collect(selection.selectionSet, known ? new Map(known) : new Map()) : (known ?? null))
      } else {
        const nested = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet
        if (nested) collect(nested, into)
      }
    }
    return into
  }
  return root ? collect(root.selectionSet, new Map()) : new Map()
}

/** The part of a mask under a key; empty when the key is a leaf or absent. */
export const maskAt = (mask: AnswerMask, key: string): AnswerMask => mask.get(key) ?? new Map()

/** The first key a call would have filled: names the field in the one error of a failed call. */
export const firstKey = (mask: AnswerMask): string | null => {
  for (const key of mask.keys()) if (key !== '__typename') return key
  return null
}
