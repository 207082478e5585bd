import {
  isCompositeType,
  isInputType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

import { isCertainValue, type DeclaredVariable } from './accept-values.js'
import { SelectionAcceptor } from './accept-selections.js'

const variablesOf = (schema: GraphQLSchema, operation: OperationDefinitionNode): Map<string, DeclaredVariable> | null => {
  const variables = new Map<string, DeclaredVariable>()
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    if (type === undefined || !isInputType(type) || variables.has(name) || (definition.directives?.length ?? 0) > 0) return null
    if (definition.defaultValue !== undefined && !isCertainValue(schema, type, definition.defaultValue, null)) return null
    variables.set(name, { type, definition, isUsed: false })
  }
  return variables
}

/** Of a subscription one plain root field is certain; conditions and fragments around it are left to validation. */
const isCertainRoot = ({ operation, selectionSet }: OperationDefinitionNode): boolean => {
  if (operation !== 'subscription') return true
  const [field] = selectionSet.selections
  return (
    selectionSet.selections.length === 1 &&
    field?.kind === Kind.FIELD &&
    !field.name.value.startsWith('__') &&
    (field.directives?.length ?? 0) === 0
  )
}

/**
 * Whether a document is certainly valid by every rule that graphql-js specifies. False says nothing: then graphql-js decides and
 * finds the words. One walk without visitors, a tenth of the cost of `validate`; most documents of clients pass.
 *
 * Left to validation are questions about the schema itself, directives but @skip and @include, fragments that nobody uses, and what
 * takes more than some thousand steps. No fragment may reach itself: the limits have looked.
 */
export const isCertainlyValid = (schema: GraphQLSchema, document: DocumentNode): boolean => {
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations = new Map<string, OperationDefinitionNode>()
  for (const definition of document.definitions) {
    if ((definition.directives?.length ?? 0) > 0) return false
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      if (fragments.has(definition.name.value) || (definition.variableDefinitions?.length ?? 0) > 0) return false
      fragments.set(definition.name.value, definition)
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      const name = definition.name?.value ?? ''
      if (operations.has(name)) return false
      operations.set(name, definition)
    } else {
      return false
    }
  }
  if (operations.size === 0 || (operations.size > 1 && operations.has(''))) return false
  const acceptor = new SelectionAcceptor(schema, fragments)
  for (const operation of operations.values()) {
    const root = schema.getRootType(operation.operation)
    const variables = variablesOf(schema, operation)
    if (!root || !isCompositeType(root) || variables === null || !isCertainRoot(operation)) return false
    if (!acceptor.accepts(root, operation.selectionSet, variables)) return false
    for (const { isUsed } of variables.values()) if (!isUsed) return false
  }
  return acceptor.reached.size === fragments.size
}
