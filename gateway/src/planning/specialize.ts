import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

import { EMPTY_MARKER, internalName } from './response-names.js'

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }
const MARKER: FieldNode = {
  ...TYPE_NAME,
  alias: { kind: Kind.NAME, value: EMPTY_MARKER },
}

const isCondition = (directive: DirectiveNode): boolean => directive.name.value === 'skip' || directive.name.value === 'include'

const fillIfEmpty = (node: SelectionSetNode): SelectionSetNode | undefined =>
  node.selections.length === 0 ? { ...node, selections: [MARKER] } : undefined

/** One operation with the fragments it reaches and nothing else. */
export const isolate = (operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): DocumentNode => {
  const reached = new Set<FragmentDefinitionNode>()
  const reach = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) reach(selection.selectionSet)
        continue
      }
      const fragment = fragments.get(selection.name.value)
      if (fragment === undefined || reached.has(fragment)) continue
      reached.add(fragment)
      reach(fragment.selectionSet)
    }
  }
  reach(operation.selectionSet)
  return { kind: Kind.DOCUMENT, definitions: [operation, ...reached] }
}

const hasConditions = (set: SelectionSetNode): boolean =>
  set.selections.some(
    (selection) =>
      selection.directives?.some(isCondition) === true ||
      (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined && hasConditions(selection.selectionSet)),
  )

/**
 * Decides every @skip and @include by the variables of the request, so that planner and projector see one shape.
 *
 * A selection set that becomes empty holds the marker: the object is still there, with no fields.
 */
export const decideConditions = (document: DocumentNode, variables: Readonly<Record<string, unknown>>): DocumentNode => {
  const decide = <N extends { readonly directives?: readonly DirectiveNode[] }>(node: N): N | null | undefined => {
    if (node.directives === undefined || !node.directives.some(isCondition)) return undefined
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return null
    if (getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] === false) return null
    return { ...node, directives: node.directives.filter((directive) => !isCondition(directive)) }
  }
  const isDecided = document.definitions.every((definition) => !('selectionSet' in definition) || !hasConditions(definition.selectionSet))
  if (isDecided) return document
  return visit(document, { Field: decide, InlineFragment: decide, FragmentSpread: decide, SelectionSet: { leave: fillIfEmpty } })
}

/** Names of the variables on which the shape of the document depends; they belong to the key of its compiled form. */
export const steeringVariables = (document: DocumentNode): string[] => {
  const names = new Set<string>()
  visit(document, {
    Directive(node) {
      if (!isCondition(node)) return
      for (const argument of node.arguments ?? []) if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value)
    },
  })
  return [...names].sort()
}

/**
 * The document as the planner gets it: without introspection (planning it throws) and without what the caller may not read
 * (decided before any fetch), with response keys made unambiguous.
 */
export const toPlannerDocument = (
  document: DocumentNode,
  schema: GraphQLSchema,
  isDenied: (typeName: string, fieldName: string) => boolean,
): DocumentNode => {
  const ofField = (node: FieldNode, parent: GraphQLCompositeType): FieldNode | null => {
    const name = node.name.value
    if (name === '__schema' || name === '__type') return null
    if (name === TYPE_NAME.name.value && node.alias?.value === EMPTY_MARKER) return node
    if (isDenied(parent.name, name)) return null
    const key = internalName(schema, name, node.alias?.value)
    // `name: name` too: one field under one key has no alias.
    const alias = node.alias === undefined || key === name ? undefined : { kind: Kind.NAME as const, value: key }
    const definition = isUnionType(parent) ? undefined : parent.getFields()[name]
    const selectionSet = node.selectionSet && definition ? ofSet(node.selectionSet, getNamedType(definition.type)) : node.selectionSet
    return { kind: Kind.FIELD, alias, name: node.name, arguments: node.arguments ?? [], directives: node.directives ?? [], selectionSet }
  }
  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType | undefined): SelectionSetNode => {
    // Validation has passed, so that only composite types have selections.
    if (!isCompositeType(type)) return set
    // Without it an answer could not say which type stands at an interface or union, and the projector would have to guess.
    const selections: SelectionNode[] = isAbstractType(type) ? [TYPE_NAME] : []
    const before = selections.length
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = ofField(selection, type)
        if (field !== null) selections.push(field)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition === undefined ? type : schema.getType(selection.typeCondition.name.value)
        selections.push({ ...selection, selectionSet: ofSet(selection.selectionSet, condition) })
      } else selections.push(selection)
    }
    if (selections.length === before) selections.push(MARKER)
    return { kind: Kind.SELECTION_SET, selections }
  }
  const definitions = document.definitions.map((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      return { ...definition, selectionSet: ofSet(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined) }
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) return definition
    return { ...definition, selectionSet: ofSet(definition.selectionSet, schema.getType(definition.typeCondition.name.value)) }
  })
  return { kind: Kind.DOCUMENT, definitions }
}
