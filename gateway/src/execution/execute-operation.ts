import { execute, isAbstractType, isObjectType, type GraphQLSchema } from 'graphql'

import type { Language } from '@commonhall/shared/identity'
import type { SubgraphAnswer, SubgraphRequest } from '@commonhall/shared/port'

import type { CompiledOperation } from '../planning/compiled-operation.js'
import { newHubObject, type HubObject } from './adopt-answer.js'
import type { TypeTest } from './locate.js'
import { createOperationErrors, type AnswerError } from './operation-errors.js'
import { projectAnswer } from './project-answer.js'
import { runPlan, type PartyReport, type Run } from './run-plan.js'

/** What the hub answers to an operation that could be run. */
export interface OperationAnswer {
  readonly data: HubObject | null
  readonly errors: readonly AnswerError[]
  readonly parties: ReadonlyMap<string, PartyReport>
}

/** What executing takes from its surroundings. */
export interface ExecutionContext {
  readonly schema: GraphQLSchema
  readonly language: Language
  readonly traceId: string
  readonly nowMs: () => number
  readonly send: (party: string, request: SubgraphRequest) => Promise<SubgraphAnswer>
  readonly onFault: (party: string, fault: unknown) => void
}

/** The type test of a schema: a concrete type satisfies itself and the interfaces and unions it belongs to. */
export const typeTestOf =
  (schema: GraphQLSchema): TypeTest =>
  (typeName, condition) => {
    if (typeName === condition) return true
    const wanted = schema.getType(condition)
    const concrete = schema.getType(typeName)
    return isAbstractType(wanted) && isObjectType(concrete) && schema.isSubType(wanted, concrete)
  }

const introspect = (
  compiled: CompiledOperation,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  if (compiled.introspection === null) return {}
  // Introspection never waits for anything, so graphql-js answers at once.
  const result = execute({ schema, document: compiled.introspection, variableValues: variables })
  return 'then' in result ? {} : (result.data ?? {})
}

/**
 * Runs a compiled operation and shapes its answer. Never rejects for what parties do.
 *
 * Mutations: one root field after the other, each with all its calls; a root field whose type forbids null and is null ends the
 * series, as in section 6.2.2 of the GraphQL specification.
 */
export const executeOperation = async (
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  context: ExecutionContext,
): Promise<OperationAnswer> => {
  const errors = createOperationErrors(context)
  const parties = new Map<string, PartyReport>()
  const run: Run = {
    data: newHubObject(),
    variables,
    errors,
    parties,
    missing: new WeakSet(),
    present: new WeakSet(),
    isOfType: typeTestOf(context.schema),
    nowMs: context.nowMs,
    send: context.send,
    onFault: context.onFault,
  }
  for (const unit of compiled.units) {
    await runPlan(unit.plan, run)
    if (compiled.kind === 'mutation' && endsSeries(compiled, unit.rootKeys[0], run)) break
  }
  const data = projectAnswer(run.data, compiled.rootType, compiled.projection, {
    schema: context.schema,
    errors,
    access: compiled.access,
    introspection: introspect(compiled, context.schema, variables),
    hasFailedParty: () => [...parties.values()].some(({ state }) => state === 'unavailable'),
    missing: run.missing,
    present: run.present,
    lookupKeys: compiled.lookupKeys,
  })
  return { data, errors: errors.list, parties }
}

const endsSeries = (compiled: CompiledOperation, key: string | undefined, run: Run): boolean => {
  const field = compiled.projection.fieldsOf(compiled.rootType).find(({ responseKey }) => responseKey === key)
  if (field?.type === undefined || field.type === null || field.kind !== 'field') return false
  const value = run.data[field.dataKey]
  return String(field.type).endsWith('!') && (value === null || value === undefined)
}
