import {
  getOperationAST,
  getVariableValues,
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

import { HubError } from '@commonhall/shared/errors'

import { checkDocument, type DocumentLimits } from '../admission/document-limits.js'
import type { AccessClaims, AccessRules } from './access.js'
import { compileOperation, type CompiledOperation } from './compiled-operation.js'
import { createSingleFlightCache, documentHash } from './document-cache.js'
import type { Planner } from './planner.js'
import { isolate, steeringVariables } from './specialize.js'

/** A request that cannot run, with the messages of parser, validation or coercion. */
export class InvalidDocument extends Error {
  readonly errors: readonly GraphQLError[]
  constructor(errors: readonly GraphQLError[]) {
    super('The document is invalid.')
    this.name = 'InvalidDocument'
    this.errors = errors
  }
}

/** What is asked, as it came in. */
export interface OperationRequest {
  readonly query: string
  readonly operationName?: string | null
  readonly variables?: Readonly<Record<string, unknown>> | null
}

/** An operation ready to run, with its coerced variables. */
export interface ReadyOperation {
  readonly compiled: CompiledOperation
  readonly variables: Readonly<Record<string, unknown>>
  readonly documentHash: string
}

/** Parses, checks, validates, plans; each of it once per document. */
export interface OperationCatalogue {
  /** Throws `InvalidDocument` or a `HubError`; never a RangeError. `isQueryOnly` for GET. */
  ready(request: OperationRequest, caller: { limits: DocumentLimits; access: AccessClaims; isQueryOnly: boolean }): Promise<ReadyOperation>
}

interface CheckedDocument {
  readonly document: DocumentNode
  readonly hash: string
  readonly steering: Map<OperationDefinitionNode, string[]>
}

const MAX_VALIDATION_ERRORS = 20

const readDocument = (text: string, limits: DocumentLimits): DocumentNode => {
  try {
    return parse(text, { maxTokens: limits.maxTokens })
  } catch (error) {
    if (error instanceof RangeError) throw new HubError('DOCUMENT_TOO_LARGE', { cause: error, reason: 'NESTED_TOO_DEEPLY' })
    if (error instanceof GraphQLError) {
      if (error.message.includes('token limit') || error.message.includes(`more that ${limits.maxTokens} tokens`))
        throw new HubError('DOCUMENT_TOO_LARGE', { reason: `TOKENS_OVER_${limits.maxTokens}` })
      throw new InvalidDocument([error])
    }
    throw error
  }
}

/**
 * The catalogue of operations over one supergraph. Bounded: 1,000 documents and 2,000 compiled operations, 64 MB together.
 *
 * `hideSchema` switches introspection off and takes suggestions out of messages.
 */
export const createOperationCatalogue = (options: {
  readonly schema: GraphQLSchema
  readonly planner: Planner
  readonly rules: AccessRules
  readonly hideSchema: boolean
}): OperationCatalogue => {
  const documents = createSingleFlightCache<CheckedDocument>({
    maxBytes: 32e6,
    maxEntries: 1000,
    sizeOf: ({ document }) => (document.loc?.end ?? 0) * 20,
  })
  const compiled = createSingleFlightCache<CompiledOperation>({ maxBytes: 32e6, maxEntries: 2000, sizeOf: ({ bytes }) => bytes })
  const validationRules = options.hideSchema ? [...specifiedRules, NoSchemaIntrospectionCustomRule] : specifiedRules

  const check = async (text: string, hash: string, limits: DocumentLimits): Promise<CheckedDocument> => {
    const document = readDocument(text, limits)
    checkDocument(document, limits)
    const errors = validate(options.schema, document, validationRules, {
      maxErrors: MAX_VALIDATION_ERRORS,
      hideSuggestions: options.hideSchema,
    })
    if (errors.length > 0) throw new InvalidDocument(errors)
    return { document, hash, steering: new Map() }
  }

  const steeringOf = (checked: CheckedDocument, operation: OperationDefinitionNode): string[] => {
    const known = checked.steering.get(operation)
    if (known) return known
    const fragments = new Map(
      checked.document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d] as const),
    )
    const names = steeringVariables(isolate(operation, fragments))
    checked.steering.set(operation, names)
    return names
  }

  return {
    async ready(request, caller) {
      const hash = documentHash(request.query)
      const checked = await documents.get(`${caller.limits.maxTokens} ${hash}`, () => check(request.query, hash, caller.limits))
      const operation = getOperationAST(checked.document, request.operationName ?? undefined)
      if (!operation) throw new HubError('BAD_REQUEST', { reason: 'OPERATION_NOT_FOUND', detail: 'no such operation' })
      if (caller.isQueryOnly && operation.operation !== 'query') throw new HubError('METHOD_NOT_ALLOWED', { reason: 'GET_IS_FOR_QUERIES' })
      const coerced = getVariableValues(options.schema, operation.variableDefinitions ?? [], request.variables ?? {}, { maxErrors: 10 })
      if (coerced.errors) throw new InvalidDocument(coerced.errors)
      const { access } = caller
      const bound = {
        field: (typeName: string, fieldName: string) => options.rules.field(typeName, fieldName, access),
        type: (typeName: string) => options.rules.type(typeName, access),
      }
      const steering = steeringOf(checked, operation).map((name) => String(coerced.coerced[name]))
      const accessKey = access.isSignedIn ? [...access.scopes].sort().join(',') : '-'
      const key = JSON.stringify([hash, operation.name?.value ?? '', steering, accessKey])
      const ready = await compiled.get(key, () =>
        compileOperation(
          { document: checked.document, operation, variables: coerced.coerced, access: bound },
          options.schema,
          options.planner,
        ),
      )
      return { compiled: ready, variables: coerced.coerced, documentHash: hash }
    },
  }
}
