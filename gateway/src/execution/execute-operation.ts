import { execute, isNonNullType, type GraphQLSchema } from 'graphql'

import type { Language } from '@commonhall/shared/identity'

import type { CompiledOperation } from '../planning/compiled-operation.js'
import type { ByteText } from '../transport/party-link.js'
import type { CallStep } from './plan/executable-plan.js'
import { HubNode } from './hub-node.js'
import { parseBytes } from './json-bytes.js'
import { createOperationErrors, type AnswerError } from './operation-errors.js'
import { projectAnswer } from './write/project-answer.js'
import { runPlan, type CallReport, type PartyReport, type Run } from './run-plan.js'

/** What the hub answers to an operation that could be run. */
export class OperationAnswer {
  constructor(
    /** JSON of the data as bytes: an object, or `null`. */
    readonly dataText: ByteText,
    readonly errors: readonly AnswerError[],
    readonly parties: ReadonlyMap<string, PartyReport>,
    /** Every call, in the order of their answers. */
    readonly calls: readonly CallReport[],
    /** How it was run, for callers who may know and have asked. */
    public explanation: object | null = null,
  ) {}

  /** The data as values, for callers in this process and for tests; parsed anew each time. */
  get data(): Record<string, unknown> | null {
    return parseBytes(this.dataText) as Record<string, unknown> | null
  }
}

/** What executing takes from its surroundings. */
export interface ExecutionContext {
  readonly schema: GraphQLSchema
  readonly language: Language
  readonly traceId: string
  readonly nowMs: () => number
  readonly call: (step: CallStep, variables: ByteText, report: CallReport) => Promise<ByteText>
  readonly onFault: (party: string, fault: unknown, isUnusable: boolean) => void
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

/** An empty run of an operation. */
export const newRun = (compiled: CompiledOperation, variables: Readonly<Record<string, unknown>>, context: ExecutionContext): Run => ({
  root: new HubNode(compiled.layout.self.newSlots()),
  variables,
  errors: createOperationErrors(context),
  parties: new Map(),
  calls: [],
  rooms: new Map(),
  types: compiled.types,
  nowMs: context.nowMs,
  call: context.call,
  onFault: context.onFault,
})

/** The answer of a run that has ended. */
export const answerOfRun = (compiled: CompiledOperation, run: Run, schema: GraphQLSchema): OperationAnswer => {
  const dataText = projectAnswer(run.root, compiled.rootType, compiled.writer, {
    schema,
    errors: run.errors,
    introspection: introspect(compiled, schema, run.variables),
    hasFailedParty: () => [...run.parties.values()].some(({ state }) => state === 'unavailable'),
    lookupKeys: compiled.lookupKeys,
  })
  return new OperationAnswer(dataText, run.errors.list, run.parties, run.calls)
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
  const run = newRun(compiled, variables, context)
  for (const unit of compiled.units) {
    await runPlan(unit.plan, run)
    if (compiled.kind === 'mutation' && endsSeries(compiled, unit.rootKeys[0], run)) break
  }
  return answerOfRun(compiled, run, context.schema)
}

const endsSeries = (compiled: CompiledOperation, key: string | undefined, run: Run): boolean => {
  const field = compiled.projection.fieldsOf(compiled.rootType).find(({ responseKey }) => responseKey === key)
  if (field === undefined || field.kind !== 'field' || field.type === null || !isNonNullType(field.type)) return false
  const layout = compiled.layout.self
  // A run holds only what may stand where it stands.
  if (layout.runs.some(({ keys, index }) => keys.includes(field.dataKey) && typeof run.root.slots[index] === 'string')) return false
  return (run.root.slots[layout.slot(field.dataKey).index] ?? null) === null
}
