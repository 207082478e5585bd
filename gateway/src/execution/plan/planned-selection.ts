import {
  isAbstractType,
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

import { takeCallSelection } from '../../planning/call-selections.js'
import type { BatchFetchNode, FetchNode } from '../../planning/plan-nodes.js'

/** An operation that the planner wrote, as its reader needs it. */
export interface PlannedSelection {
  readonly root: SelectionSetNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

const EMPTY: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] }

const NO_FRAGMENTS: ReadonlyMap<string, FragmentDefinitionNode> = new Map()

/** What a call selects: as its planner noted it, else read from its text. Once per compiled plan. */
export const plannedSelection = (call: FetchNode | BatchFetchNode): PlannedSelection => {
  const noted = takeCallSelection(call)
  if (noted !== undefined) return { root: noted, fragments: NO_FRAGMENTS }
  const fragments = new Map<string, FragmentDefinitionNode>()
  let root = EMPTY
  for (const definition of parse(call.operation, { noLocation: true }).definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    if (definition.kind === Kind.OPERATION_DEFINITION) root = definition.selectionSet
  }
  return { root, fragments }
}

/** The key under which a field is answered. */
export const responseKeyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value

/** The selection below a root field of a call; empty when it has none. */
export const selectionBelow = (selection: PlannedSelection, key: string): SelectionSetNode => {
  for (const field of selection.root.selections)
    if (field.kind === Kind.FIELD && responseKeyOf(field) === key) return field.selectionSet ?? EMPTY
  return EMPTY
}

/** Calls back for each field of selection sets in document order, with the type condition nearest to it; `enters` decides on conditions. */
export const eachField = (
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  enters: (condition: string) => boolean,
  visit: (field: FieldNode, condition: string | null) => void,
): void => {
  const walk = (set: SelectionSetNode, condition: string | null): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        visit(selection, condition)
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (fragment === undefined) continue
      const narrowed = fragment.typeCondition?.name.value ?? condition
      if (narrowed === null || narrowed === condition || enters(narrowed)) walk(fragment.selectionSet, narrowed)
    }
  }
  for (const set of sets) walk(set, null)
}

/** The first key a call would have filled: names the field in the one error of a failed call. */
export const firstKeyOf = (set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): string | null => {
  let first: string | null = null
  eachField(
    [set],
    fragments,
    () => true,
    (field) => {
      const key = responseKeyOf(field)
      if (key !== '__typename') first ??= key
    },
  )
  return first
}

/** Questions about types of the API schema, by name. */
export interface TypeNames {
  /** Whether objects of a concrete type satisfy a type condition: the type itself, an interface, or a union. */
  satisfies(typeName: string, condition: string): boolean
  /**
   * The schema's own string for a name; null when it has no such type. Names cut from answers hold on to the whole answer, so only
   * the schema's own may be kept beyond a request.
   */
  nameOf(typeName: string): string | null
}

/** The type names of a schema; each question after the first is two lookups. */
export const typeNamesOf = (schema: GraphQLSchema): TypeNames => {
  const members = new Map<string, ReadonlySet<string>>()
  return {
    satisfies(typeName, condition) {
      if (typeName === condition) return true
      let known = members.get(condition)
      if (known === undefined) {
        const type = schema.getType(condition)
        known = new Set(type && isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [])
        // Conditions come from plans and known types, so this stays as small as the schema.
        members.set(condition, known)
      }
      return known.has(typeName)
    },
    nameOf: (typeName) => schema.getType(typeName)?.name ?? null,
  }
}
