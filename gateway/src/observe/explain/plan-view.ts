import type { PathSegment, PlanNode, QueryPlan, RequiresSelection } from '../../planning/plan-nodes.js'

/** One call of a plan, as people read it. */
export interface CallView {
  readonly kind: 'call'
  readonly party: string
  /** What the party is asked. */
  readonly operation: string
  readonly variables: readonly string[]
  /** Where in the answer the entities stand for which it is asked; `@` is every item of a list. None: the call starts at the root. */
  readonly entities: readonly { readonly paths: readonly string[]; readonly requires: string }[]
}

/** A plan, as people read it: calls, one after the other or at the same time. `follow`: what is run for every event of `source`. */
export type PlanView =
  | CallView
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly PlanView[] }
  | { readonly kind: 'subscription'; readonly source: PlanView }

const segmentOf = (segment: PathSegment): string => {
  if (segment === '@') return '@'
  return 'Field' in segment ? segment.Field : `|[${segment.TypeCondition.join(', ')}]`
}
const pathOf = (path: readonly PathSegment[]): string => path.map(segmentOf).join('.')

const requiresOf = (selections: readonly RequiresSelection[]): string =>
  selections
    .map((selection) => {
      if (selection.kind === 'InlineFragment') return `... on ${selection.typeCondition} { ${requiresOf(selection.selections)} }`
      const name = selection.alias === undefined ? selection.name : `${selection.alias}: ${selection.name}`
      return selection.selections === undefined || selection.selections.length === 0
        ? name
        : `${name} { ${requiresOf(selection.selections)} }`
    })
    .join(' ')

const viewOf = (node: PlanNode, at: readonly PathSegment[]): PlanView => {
  switch (node.kind) {
    case 'Fetch': {
      const entities = node.requires === undefined ? [] : [{ paths: [pathOf(at)], requires: requiresOf(node.requires) }]
      return { kind: 'call', party: node.serviceName, operation: node.operation, variables: node.variableUsages ?? [], entities }
    }
    case 'BatchFetch': {
      const entities = node.entityBatch.aliases.map(({ paths, requires }) => ({ paths: paths.map(pathOf), requires: requiresOf(requires) }))
      return { kind: 'call', party: node.serviceName, operation: node.operation, variables: node.variableUsages ?? [], entities }
    }
    case 'Flatten':
      return viewOf(node.node, [...at, ...node.path])
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((inner) => viewOf(inner, at)) }
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map((inner) => viewOf(inner, at)) }
    case 'Subscription':
      return { kind: 'subscription', source: viewOf(node.primary, at) }
  }
}

const NOBODY: PlanView = { kind: 'sequence', steps: [] }

/** The plans of one operation as one tree: a mutation has one plan for each of its root fields, which run one after the other. */
export const viewOfPlans = (plans: readonly QueryPlan[]): PlanView => {
  const views = plans.map(({ node }) => (node === undefined ? NOBODY : viewOf(node, [])))
  return views.length === 1 ? (views[0] as PlanView) : { kind: 'sequence', steps: views }
}
