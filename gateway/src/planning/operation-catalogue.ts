import { getVariableValues, type GraphQLSchema } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { checkMeasure, type DocumentLimits } from '../admission/document-limits.js'
import type { CostModel } from '../cost/cost-model.js'
import type { PlanCacheStats } from '../observe/observer.js'
import type { AccessClaims, AccessRules } from './access.js'
import { createDocumentReader, type CheckedDocument, type CheckedOperation } from './checked-document.js'
import { compileOperation, type CompiledOperation } from './compiled-operation.js'
import { createFailureCache, createSingleFlightCache, documentHash } from './document-cache.js'
import { createDocumentStore } from './document-store.js'
import { createHotOperations, type HotOperation } from './hot-operations.js'
import { documentFaults, InvalidDocument } from './invalid-document.js'
import type { Planner } from './planner.js'

export { InvalidDocument } from './invalid-document.js'

/** What is asked, as it came in. */
export interface OperationRequest {
  readonly query: string
  readonly operationName?: string | null
  readonly variables?: Readonly<Record<string, unknown>> | null
  /** Id of a registered document instead of a text; `query` is empty then. */
  readonly documentId?: string | null
  /** Automatic persisted query: sha-256 of the text, hexadecimal, with the text or instead of it. */
  readonly persistedQueryHash?: string | null
}

/** Kinds of operations. */
export type OperationKind = 'query' | 'mutation' | 'subscription'

/** Who asks, as far as documents go. */
export interface OperationCaller {
  readonly limits: DocumentLimits
  readonly access: AccessClaims
  /** A GET may only read. */
  readonly isQueryOnly: boolean
  /** Kinds that the transport carries; all when left out. */
  readonly kinds?: ReadonlySet<OperationKind>
  /** Whether this caller may ask about the schema; what the release says when left out. */
  readonly mayIntrospect?: boolean
  /** Told the cost before anything is planned; throws to refuse. */
  readonly charge?: (cost: number, kind: OperationKind) => void
}

/** An operation ready to run, with its coerced variables. */
export interface ReadyOperation {
  readonly compiled: CompiledOperation
  readonly variables: Readonly<Record<string, unknown>>
  readonly documentHash: string
  /** In units of the cost model, for these variables. */
  readonly cost: number
  /** How long it took to compile it, the wait for its turn included; 0 when that had been done. */
  readonly planMs: number
}

/** Parses, checks, validates, plans; each of it once per document. */
export interface OperationCatalogue {
  /** Throws `InvalidDocument` or a `HubError`; never a RangeError. A known document costs some microseconds. */
  ready(request: OperationRequest, caller: OperationCaller): Promise<ReadyOperation>
  /** Checks a document without running it; throws as `ready` does. For documents that are registered. */
  check(text: string, limits: DocumentLimits): CheckedDocument
  /** The operations used most, hottest first: what the next release compiles before it serves. */
  hottest(count: number): readonly HotOperation[]
  /** Checks and compiles an operation of another release before its first request here; throws as `ready` does. */
  warm(operation: HotOperation): Promise<void>
  /** Figures for metrics. */
  stats(): PlanCacheStats
}

const NO_VARIABLES: Readonly<Record<string, unknown>> = Object.freeze({})

/** Unambiguous whatever scopes are called: a token may hold any text, so each is written as JSON, and nobody in particular as none. */
const accessKeyOf = ({ isSignedIn, scopes }: AccessClaims): string => {
  if (!isSignedIn) return '-'
  return scopes.size === 0 ? '[]' : JSON.stringify([...scopes].sort())
}

const limitsIds = new WeakMap<DocumentLimits, number>()
let limitsCount = 0
/** A short name of one set of limits, for keys; there are as many as classes, clients and registered documents. */
const idOf = (limits: DocumentLimits): number => {
  let id = limitsIds.get(limits)
  if (id === undefined) limitsIds.set(limits, (id = limitsCount += 1))
  return id
}

const checkKind = (kind: OperationKind, caller: OperationCaller): void => {
  if (caller.isQueryOnly && kind !== 'query') throw new HubError('METHOD_NOT_ALLOWED', { reason: 'GET_IS_FOR_QUERIES' })
  if (caller.kinds !== undefined && !caller.kinds.has(kind)) {
    const reason = kind === 'subscription' ? 'SUBSCRIPTION_NEEDS_A_STREAM' : 'NOT_A_SUBSCRIPTION'
    throw new HubError('BAD_REQUEST', { reason, detail: kind })
  }
}

/** The faults that another try would meet again: the text is at fault, not the moment. */
const isLasting = (error: unknown): boolean =>
  error instanceof InvalidDocument ||
  (error instanceof HubError && (error.code === 'DOCUMENT_TOO_LARGE' || error.code === 'BAD_REQUEST' || error.code === 'INTERNAL'))

/**
 * The catalogue of operations over one supergraph. Bounded: 2,000 documents in 32 MB, 2,000 compiled operations in 96 MB.
 *
 * Reading a document is synchronous and bounded by the limits; planning runs off the event loop, once for all who wait for it.
 * What fails is remembered for 5 s. `hideSchema` switches introspection off unless the caller may, and takes suggestions out of messages.
 */
export const createOperationCatalogue = (options: {
  readonly schema: GraphQLSchema
  readonly planner: Planner
  readonly rules: AccessRules
  readonly hideSchema: boolean
  /** Whether the hub's own graph answers `node` and `nodes`. */
  readonly hasLookups?: boolean
  /** Without it every operation costs 0. */
  readonly cost?: CostModel
  /** Told of every operation that was compiled or could not be. */
  readonly onPlanned?: ((durationMs: number, isOk: boolean) => void) | undefined
  /** Wall clock; for tests. */
  readonly nowMs?: () => number
}): OperationCatalogue => {
  const nowMs = options.nowMs ?? Date.now
  const reader = createDocumentReader(options)
  const documents = createDocumentStore()
  const failures = createFailureCache(nowMs)
  const compiled = createSingleFlightCache<CompiledOperation>({
    maxBytes: 96e6,
    maxEntries: 2000,
    sizeOf: ({ bytes }) => bytes,
    isLasting,
    nowMs,
  })

  const check = (text: string, limits: DocumentLimits): CheckedDocument => {
    const known = documents.get(text)
    if (known !== undefined) {
      if (known.passed !== limits) {
        checkMeasure(known.measure, limits)
        known.passed = limits
      }
      return known
    }
    const hash = documentHash(text)
    const failureKey = `${idOf(limits)} ${hash}`
    failures.rethrow(failureKey)
    try {
      const checked = reader.read(text, hash, limits)
      documents.set(text, checked)
      return checked
    } catch (error) {
      if (isLasting(error)) failures.note(failureKey, error)
      throw error
    }
  }

  const hot = createHotOperations()
  const keyOf = (operation: CheckedOperation, variables: Readonly<Record<string, unknown>>, access: AccessClaims): string => {
    let key = `${operation.id} ${accessKeyOf(access)}`
    for (const name of operation.steering) key += variables[name] === true ? ' 1' : ' 0'
    return key
  }

  const variablesOf = (operation: CheckedOperation, given: OperationRequest['variables']): Readonly<Record<string, unknown>> => {
    const definitions = operation.node.variableDefinitions
    if (definitions === undefined || definitions.length === 0) return NO_VARIABLES
    const coerced = getVariableValues(options.schema, definitions, given ?? NO_VARIABLES, { maxErrors: 10 })
    if (coerced.errors) throw new InvalidDocument(documentFaults(coerced.errors))
    return coerced.coerced
  }

  let hits = 0
  let misses = 0
  const compile = async (
    checked: CheckedDocument,
    operation: CheckedOperation,
    variables: Readonly<Record<string, unknown>>,
    access: AccessClaims,
  ): Promise<CompiledOperation> => {
    const bound = {
      field: (typeName: string, fieldName: string) => options.rules.field(typeName, fieldName, access),
      type: (typeName: string) => options.rules.type(typeName, access),
    }
    const { document, measure } = checked
    const size = Math.max(measure.tokens, 2 * measure.selections)
    const startedMs = performance.now()
    let isOk = false
    try {
      const made = await compileOperation(
        { document, operation: operation.node, variables, access: bound, hasLookups: options.hasLookups ?? false, size },
        options.schema,
        options.planner,
      )
      isOk = true
      return made
    } finally {
      options.onPlanned?.(performance.now() - startedMs, isOk)
    }
  }

  return {
    check,
    async ready(request, caller) {
      const checked = check(request.query, caller.limits)
      if (checked.isIntrospecting && !(caller.mayIntrospect ?? !options.hideSchema)) {
        throw new InvalidDocument([{ message: 'The schema is not shown here.' }])
      }
      const operation = checked.operation(request.operationName ?? null)
      checkKind(operation.kind, caller)
      const variables = variablesOf(operation, request.variables)
      const cost = operation.cost === null ? 0 : operation.cost(variables)
      caller.charge?.(cost, operation.kind)
      const key = keyOf(operation, variables, caller.access)
      let ready = compiled.peek(key)
      let planMs = 0
      if (ready === undefined) {
        misses += 1
        const startedMs = performance.now()
        ready = await compiled.get(key, () => compile(checked, operation, variables, caller.access))
        planMs = performance.now() - startedMs
      } else hits += 1
      hot.note(key, () => ({
        query: request.query,
        operationName: request.operationName ?? null,
        steering: Object.fromEntries(operation.steering.map((name) => [name, variables[name] === true])),
        caller: { limits: caller.limits, access: caller.access },
      }))
      return { compiled: ready, variables, documentHash: checked.hash, cost, planMs }
    },
    hottest: (count) => hot.hottest(count),
    stats: () => ({ operations: compiled.size, bytes: compiled.bytes, hits, misses }),
    async warm({ query, operationName, steering, caller }) {
      const checked = check(query, caller.limits)
      const operation = checked.operation(operationName)
      await compiled.get(keyOf(operation, steering, caller.access), () => compile(checked, operation, steering, caller.access))
    },
  }
}
