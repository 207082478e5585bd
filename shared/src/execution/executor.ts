import {
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

import { createBoundedCache } from './bounded-cache.js'
import { compileOperation, type CompiledOperation } from './operation.js'

/** Turns texts of operations into compiled ones, each once. */
export interface Executor {
  /** The operation of a text, or what is wrong with the text. */
  prepare(query: string, operationName?: string | null): CompiledOperation | { readonly errors: readonly GraphQLError[] }
}

const MAX_TOKENS = 20_000
/** A compiled form weighs some dozen times its text: nodes, plans and closures. */
const BYTES_PER_CHARACTER = 60
const BYTES_PER_OPERATION = 4_096
const MAX_CACHE_BYTES = 16 * 1024 * 1024
const RULES = [...specifiedRules, NoSchemaIntrospectionCustomRule]

const chooseOperation = (document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | GraphQLError => {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (name === undefined || name === null)
    return operations.length > 1
      ? new GraphQLError('Must provide operation name if query contains multiple operations.')
      : (operations[0] ?? new GraphQLError('Must provide an operation.'))
  return operations.find((operation) => operation.name?.value === name) ?? new GraphQLError(`Unknown operation named "${name}".`)
}

/**
 * Makes an executor for a schema: parsed and validated once for each text, compiled, and written as JSON text without objects between.
 *
 * Introspection is refused. Texts over 20,000 tokens are refused. What is compiled is kept up to about 16 MiB; faulty texts
 * are not kept. Semantics are those of graphql-js 16, proven by comparison on random operations.
 */
export const createExecutor = (schema: GraphQLSchema): Executor => {
  const cache = createBoundedCache<CompiledOperation>(MAX_CACHE_BYTES)
  const compile = (query: string, operationName: string | null | undefined): CompiledOperation | GraphQLError[] => {
    let document: DocumentNode
    try {
      document = parse(query, { maxTokens: MAX_TOKENS })
    } catch (error) {
      // Beside syntax errors: a text so deep that the parser's stack overflows.
      return [error instanceof GraphQLError ? error : new GraphQLError('The document cannot be read.')]
    }
    const errors = validate(schema, document, RULES)
    if (errors.length > 0) return [...errors]
    const operation = chooseOperation(document, operationName)
    if (operation instanceof GraphQLError) return [operation]
    const rootType = schema.getRootType(operation.operation)
    if (rootType === undefined || rootType === null)
      return [new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`)]
    return compileOperation(schema, document, operation, rootType)
  }
  return {
    prepare(query, operationName) {
      const key = operationName === undefined || operationName === null ? query : `${operationName}\n${query}`
      const known = cache.get(key)
      if (known !== undefined) return known
      const compiled = compile(query, operationName)
      if (Array.isArray(compiled)) return { errors: compiled }
      cache.set(key, compiled, BYTES_PER_OPERATION + key.length * BYTES_PER_CHARACTER)
      return compiled
    },
  }
}
