import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  InputRewrite,
  OutputRewrite,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from '@graphql-hive/router-query-planner'

import { HubError } from '@commonhall/shared/errors'

import { answerMask, firstKey, maskAt, type AnswerMask } from './answer-mask.js'

/** One place where entities are sent to a party and its answer is merged back. */
export interface EntityTarget {
  /** Response key of the `_entities` field in the call. */
  readonly alias: string
  /** Variable that carries the representations. */
  readonly variable: string
  readonly paths: ReadonlyArray<readonly FlattenNodePathSegment[]>
  readonly requires: readonly RequiresSelection[]
  readonly mask: AnswerMask
  readonly firstKey: string | null
  readonly inputRewrites: readonly InputRewrite[]
  readonly outputRewrites: readonly OutputRewrite[]
}

/** One call to one party: a root fetch, or entities of one or several targets. */
export interface CallStep {
  readonly kind: 'call'
  readonly party: string
  readonly operation: string
  readonly variableUsages: readonly string[]
  /** Null: the call starts at the root of the party's graph. */
  readonly targets: readonly EntityTarget[] | null
  readonly mask: AnswerMask
  readonly firstKey: string | null
  readonly outputRewrites: readonly OutputRewrite[]
}

/** A plan in the form in which it runs: masks read, paths flattened. */
export type Step =
  | CallStep
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly Step[] }
  | { readonly kind: 'condition'; readonly variable: string; readonly whenTrue: Step | null; readonly whenFalse: Step | null }

const fetchStep = (node: FetchNode, path: readonly FlattenNodePathSegment[]): CallStep => {
  const mask = answerMask(node.operation)
  const base = { kind: 'call', party: node.serviceName, operation: node.operation, variableUsages: node.variableUsages ?? [] } as const
  if (!node.requires) {
    return { ...base, targets: null, mask, firstKey: firstKey(mask), outputRewrites: node.outputRewrites ?? [] }
  }
  const entityMask = maskAt(mask, '_entities')
  const target: EntityTarget = {
    alias: '_entities',
    variable: 'representations',
    paths: [path],
    requires: node.requires,
    mask: entityMask,
    firstKey: firstKey(entityMask),
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
  }
  return { ...base, targets: [target], mask, firstKey: target.firstKey, outputRewrites: [] }
}

const batchStep = (node: BatchFetchNode): CallStep => {
  const mask = answerMask(node.operation)
  const targets = node.entityBatch.aliases.map((entry): EntityTarget => {
    const entityMask = maskAt(mask, entry.alias)
    return {
      alias: entry.alias,
      variable: entry.representationsVariableName,
      paths: entry.paths,
      requires: entry.requires,
      mask: entityMask,
      firstKey: firstKey(entityMask),
      inputRewrites: entry.inputRewrites ?? [],
      outputRewrites: entry.outputRewrites ?? [],
    }
  })
  return {
    kind: 'call',
    party: node.serviceName,
    operation: node.operation,
    variableUsages: node.variableUsages ?? [],
    targets,
    mask,
    firstKey: targets[0]?.firstKey ?? null,
    outputRewrites: [],
  }
}

const compileNode = (node: PlanNode, path: readonly FlattenNodePathSegment[]): Step => {
  switch (node.kind) {
    case 'Fetch':
      return fetchStep(node, path)
    case 'BatchFetch':
      return batchStep(node)
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path])
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((inner) => compileNode(inner, path)) }
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map((inner) => compileNode(inner, path)) }
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        // The planner writes null, not undefined, for a missing clause.
        whenTrue: node.ifClause ? compileNode(node.ifClause, path) : null,
        whenFalse: node.elseClause ? compileNode(node.elseClause, path) : null,
      }
    default:
      // Subscription and Defer: the first is refused at the door, the second is not offered.
      throw new HubError('INTERNAL', { detail: `the plan holds a ${node.kind} node` })
  }
}

/** Compiles a plan of the Rust planner; null when the operation needs no party at all. */
export const compilePlan = (plan: QueryPlan): Step | null => (plan.node ? compileNode(plan.node, []) : null)

/** Number of calls in a plan and the number of its waves (calls that must wait for one another). */
export const planSize = (step: Step | null): { calls: number; waves: number } => {
  if (step === null) return { calls: 0, waves: 0 }
  if (step.kind === 'call') return { calls: 1, waves: 1 }
  const parts = step.kind === 'condition' ? [planSize(step.whenTrue), planSize(step.whenFalse)] : step.steps.map(planSize)
  const calls = parts.reduce((sum, part) => sum + part.calls, 0)
  const waves =
    step.kind === 'sequence' ? parts.reduce((sum, part) => sum + part.waves, 0) : Math.max(0, ...parts.map((part) => part.waves))
  return { calls, waves }
}
