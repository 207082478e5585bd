import {
  createSourceEventStream,
  getVariableValues,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql'

import { compileRoot, openCompilation, writeInTurn } from './compile-selection.js'
import { generateObjectWriter } from './object-code.js'
import { NULL, type ObjectWriter, type Run } from './run.js'

/** What an execution gave: the data as JSON text, and errors in the order in which they were met. */
export interface Written {
  /** Absent when nothing was executed. */
  readonly data?: string
  readonly errors: readonly GraphQLError[]
}

/** One operation of a document, ready to be run any number of times. */
export interface CompiledOperation {
  readonly kind: OperationTypeNode
  /** Runs it. Never rejects: what a resolver throws is an error of its field. */
  run(input: RunInput): Promise<Written>
  /**
   * What a subscription's root field gives; each is the `rootValue` of a `run`. Errors when the field refuses to give any.
   *
   * An error that the field throws later comes out of the iterator.
   */
  events(input: RunInput): Promise<AsyncIterable<unknown> | { readonly errors: readonly GraphQLError[] }>
}

/** What an execution is given. */
export interface RunInput {
  readonly context: unknown
  readonly rootValue?: unknown
  readonly variables: Record<string, unknown>
}

const MAX_VARIANTS = 32
const MAX_VARIABLE_ERRORS = 50

/** Names of the variables that decide which fields are there. */
const steeringNames = (document: DocumentNode): string[] => {
  const names = new Set<string>()
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'skip' && node.name.value !== 'include') return
      for (const { value } of node.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

/**
 * Compiles a valid document's operation; `rootType` is the type of its root. Nothing is walked before the first run.
 *
 * One form for each combination of the variables in `@skip` and `@include`, at most 32 at a time; fields are collected by
 * graphql-js itself, so that what is asked is understood as everywhere else.
 */
export const compileOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rootType: GraphQLObjectType,
): CompiledOperation => {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null) as Record<string, FragmentDefinitionNode>
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
  const names = steeringNames(document)
  const variants = new Map<string, ObjectWriter>()

  const writerFor = (variables: Readonly<Record<string, unknown>>): ObjectWriter => {
    const variant = names.map((name) => (variables[name] === true ? 1 : 0)).join('')
    const known = variants.get(variant)
    if (known !== undefined) return known
    const plans = compileRoot(openCompilation({ schema, operation, fragments, steering: variables }), rootType)
    if (variants.size >= MAX_VARIANTS) variants.clear()
    const writer = operation.operation === 'mutation' ? writeInTurn(plans) : generateObjectWriter(plans)
    variants.set(variant, writer)
    return writer
  }

  return {
    kind: operation.operation,
    async events({ context, rootValue, variables: variableValues }) {
      const operationName = operation.name?.value
      const source = await createSourceEventStream({ schema, document, rootValue, contextValue: context, variableValues, operationName })
      return Symbol.asyncIterator in source ? source : { errors: source.errors ?? [] }
    },
    async run({ context, rootValue, variables: inputs }) {
      const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: MAX_VARIABLE_ERRORS })
      if (coerced.errors !== undefined) return { errors: coerced.errors }
      const run: Run = { context, rootValue, variables: coerced.coerced, errors: [] }
      try {
        const data = await writerFor(coerced.coerced)(run, rootValue, undefined)
        return { data, errors: run.errors }
      } catch (error) {
        run.errors.push(error as GraphQLError)
        return { data: NULL, errors: run.errors }
      }
    },
  }
}
