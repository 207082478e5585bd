import {
  GraphQLError,
  Kind,
  NoFragmentCyclesRule,
  parse,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { checkDocument, type DocumentLimits, type DocumentMeasure } from '../admission/document-limits.js'
import { compileCost, type CostFunction } from '../cost/cost-function.js'
import type { CostModel } from '../cost/cost-model.js'
import { isCertainlyValid } from './accept/accept-document.js'
import { compactDocument } from './compact-document.js'
import { documentFaults, InvalidDocument } from './invalid-document.js'
import { isolate, steeringVariables } from './specialize.js'

/** One operation of a valid document. */
export interface CheckedOperation {
  /** Unique in the process, for keys of caches. */
  readonly id: number
  readonly node: OperationDefinitionNode
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** Variables that decide @skip and @include. */
  readonly steering: readonly string[]
  readonly cost: CostFunction | null
}

/** A document that has passed limits and validation; its nodes have no locations. */
export interface CheckedDocument {
  readonly document: DocumentNode
  /** sha-256 of its text, hexadecimal. */
  readonly hash: string
  readonly measure: DocumentMeasure
  /** It asks about the schema itself. */
  readonly isIntrospecting: boolean
  /** What it retains in memory, roughly. */
  readonly bytes: number
  /** The operation of that name, or the only one; BAD_REQUEST when there is none. */
  operation(name: string | null): CheckedOperation
  /** The limits it passed last; a shortcut for callers of the same class. */
  passed: DocumentLimits
}

/** Reads documents on one schema. */
export interface DocumentReader {
  /** Parses, measures and validates. Synchronous, bounded by the limits; throws `InvalidDocument` or a `HubError`. */
  read(text: string, hash: string, limits: DocumentLimits): CheckedDocument
}

const MAX_VALIDATION_ERRORS = 20

/** Measured without locations: 100 bytes of heap per token and 2.9 KB per document, the text apart; a third is added for safety. */
const BYTES_PER_TOKEN = 130
const BYTES_PER_DOCUMENT = 3000

const parseText = (text: string, limits: DocumentLimits, noLocation: boolean): DocumentNode => {
  try {
    return parse(text, { maxTokens: limits.maxTokens, noLocation })
  } catch (error) {
    if (error instanceof RangeError) throw new HubError('DOCUMENT_TOO_LARGE', { cause: error, reason: 'NESTED_TOO_DEEPLY' })
    if (error instanceof GraphQLError) {
      // The parser says so in words only.
      if (error.message.includes(`more that ${limits.maxTokens} tokens`))
        throw new HubError('DOCUMENT_TOO_LARGE', { reason: `TOKENS_OVER_${limits.maxTokens}` })
      throw new InvalidDocument(documentFaults([error]))
    }
    throw error
  }
}

const asksForSchema = (document: DocumentNode): boolean => {
  let isAsking = false
  visit(document, {
    Field(node) {
      if (node.name.value === '__schema' || node.name.value === '__type') isAsking = true
    },
  })
  return isAsking
}

let operationCount = 0

/** A reader for one schema; suggestions stay out of its messages when the schema is hidden. */
export const createDocumentReader = (options: {
  readonly schema: GraphQLSchema
  readonly hideSchema: boolean
  readonly cost?: CostModel
}): DocumentReader => {
  const faultsOf = (document: DocumentNode, rules: readonly ValidationRule[]): readonly GraphQLError[] => {
    try {
      return validate(options.schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: options.hideSchema })
    } catch (error) {
      // The rule for subscriptions decides conditions at the root without any values, and throws where a variable must have one.
      if (error instanceof GraphQLError) return [error]
      throw error
    }
  }

  const validateText = (text: string, limits: DocumentLimits, isCyclic: boolean): void => {
    // Locations hold the whole chain of tokens and the text, so that only messages are made from a document that has them.
    const document = parseText(text, limits, false)
    // Other rules would follow a fragment that reaches itself for long; this one finds it at once.
    const rules = isCyclic ? [NoFragmentCyclesRule] : specifiedRules
    const errors = faultsOf(document, rules)
    if (errors.length > 0) throw new InvalidDocument(documentFaults(errors))
    if (isCyclic) throw new InvalidDocument([{ message: 'A fragment reaches itself.' }])
  }

  const operationsOf = (document: DocumentNode, hasDirectives: boolean): Map<string, CheckedOperation> => {
    const fragments = new Map<string, FragmentDefinitionNode>()
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    const operations = new Map<string, CheckedOperation>()
    for (const node of document.definitions) {
      if (node.kind !== Kind.OPERATION_DEFINITION) continue
      operations.set(node.name?.value ?? '', {
        id: (operationCount += 1),
        node,
        kind: node.operation,
        steering: hasDirectives ? steeringVariables(isolate(node, fragments)) : [],
        cost: options.cost === undefined ? null : compileCost(options.schema, options.cost, node, fragments),
      })
    }
    return operations
  }

  return {
    read(text, hash, limits) {
      const document = parseText(text, limits, true)
      const measure = checkDocument(document, limits)
      const isCertain = !measure.isCyclic && isCertainlyValid(options.schema, document)
      if (!isCertain) validateText(text, limits, measure.isCyclic)
      compactDocument(document)
      const operations = operationsOf(document, measure.directives > 0)
      const only = operations.size === 1 ? operations.values().next().value : undefined
      return {
        document,
        hash,
        measure,
        // What asks for the schema is never certain.
        isIntrospecting: !isCertain && asksForSchema(document),
        bytes: BYTES_PER_DOCUMENT + text.length * 2 + measure.tokens * BYTES_PER_TOKEN,
        operation(name) {
          const found = name === null || name === '' ? only : operations.get(name)
          if (found === undefined) throw new HubError('BAD_REQUEST', { reason: 'OPERATION_NOT_FOUND', detail: 'no such operation' })
          return found
        },
        passed: limits,
      }
    },
  }
}
