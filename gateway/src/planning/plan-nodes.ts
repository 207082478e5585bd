/**
 * The plan of an operation as data: calls to parties, in sequence and in parallel, and how their answers join.
 *
 * The shape is the one that the planners of the field share, so that a plan can be compared with theirs.
 */
export interface QueryPlan {
  readonly kind: 'QueryPlan'
  /** Absent when no party is needed. */
  readonly node?: PlanNode
}

/** One step of a plan. */
export type PlanNode = FetchNode | BatchFetchNode | SequenceNode | ParallelNode | FlattenNode | SubscriptionNode

/** One call; with `requires`, a call for entities. */
export interface FetchNode {
  readonly kind: 'Fetch'
  readonly serviceName: string
  readonly operationKind: 'query' | 'mutation' | 'subscription'
  readonly operation: string
  readonly variableUsages?: string[]
  readonly requires?: RequiresSelection[]
  readonly inputRewrites?: InputRewrite[]
  readonly outputRewrites?: OutputRewrite[]
}

/** Entities of several places in one call, each list under an alias of its own. */
export interface BatchFetchNode {
  readonly kind: 'BatchFetch'
  readonly serviceName: string
  readonly operationKind: 'query'
  readonly operation: string
  readonly variableUsages?: string[]
  readonly entityBatch: { readonly aliases: EntityBatchAlias[] }
}

/** One list of entities of a batch: where they stand and what is sent of them. */
export interface EntityBatchAlias {
  readonly alias: string
  readonly representationsVariableName: string
  readonly paths: PathSegment[][]
  readonly requires: RequiresSelection[]
  readonly inputRewrites?: InputRewrite[]
  readonly outputRewrites?: OutputRewrite[]
}

/** Steps one after the other. */
export interface SequenceNode {
  readonly kind: 'Sequence'
  readonly nodes: PlanNode[]
}

/** Steps at the same time. */
export interface ParallelNode {
  readonly kind: 'Parallel'
  readonly nodes: PlanNode[]
}

/** Where the entities of a call stand. */
export interface FlattenNode {
  readonly kind: 'Flatten'
  readonly path: PathSegment[]
  readonly node: PlanNode
}

/** The call whose events start the rest of the plan, once for each. */
export interface SubscriptionNode {
  readonly kind: 'Subscription'
  readonly primary: FetchNode
}

/** `@`: every item of the list, and of lists in it. */
export type PathSegment = { Field: string } | { TypeCondition: string[] } | '@'

/** What a representation holds: `name` is the key in the data, `alias` its name in the representation where that differs. */
export type RequiresSelection =
  | { readonly kind: 'Field'; readonly name: string; readonly alias?: string; readonly selections?: RequiresSelection[] }
  | { readonly kind: 'InlineFragment'; readonly typeCondition: string; readonly selections: RequiresSelection[] }

/** A way down an answer: into a key, or only for objects of some types. */
export type RewritePath = ({ TypenameEquals: string[] } | { Key: string })[]

/** Undoes a name that was given because two types may not answer under one key. */
export interface OutputRewrite {
  readonly KeyRenamer: { readonly path: RewritePath; readonly renameKeyTo: string }
}

/** Sets the type name of a representation, where the receiver knows an interface object. */
export interface InputRewrite {
  readonly ValueSetter: { readonly path: RewritePath; readonly setValueTo: string }
}
