import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
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
  const reached = new Map<string, FragmentDefinitionNode>()
  const reach = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread(spread) {
        const fragment = fragments.get(spread.name.value)
        if (fragment === undefined || reached.has(spread.name.value)) return
        reached.set(spread.name.value, fragment)
        reach(fragment)
      },
    })
  }
  reach(operation)
  return { kind: Kind.DOCUMENT, definitions: [operation, ...reached.values()] }
}

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
  const typeInfo = new TypeInfo(schema)
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const name = node.name.value
        if (name === '__schema' || name === '__type') return null
        if (name === '__typename' && node.alias?.value === EMPTY_MARKER) return undefined
        const parent = typeInfo.getParentType()
        if (parent && isDenied(parent.name, name)) return null
        const key = internalName(name, node.alias?.value)
        if (node.alias === undefined) return undefined
        // `name: name` too: the planner 0.0.38 takes it for a conflict and then asks another entity for its private alias.
        if (key === name) return { ...node, alias: undefined }
        return { ...node, alias: { kind: Kind.NAME as const, value: key } }
      },
      SelectionSet: {
        leave(node) {
          const filled = fillIfEmpty(node) ?? node
          // Without it an answer could not say which type stands at an interface or union, and the projector would have to guess.
          return isAbstractType(typeInfo.getParentType()) ? { ...filled, selections: [TYPE_NAME, ...filled.selections] } : filled
        },
      },
    }),
  )
}
