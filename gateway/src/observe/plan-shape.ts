import type { PlanNode, QueryPlan } from '../planning/plan-nodes.js'

const shapeOf = (node: PlanNode): string => {
  switch (node.kind) {
    case 'Fetch':
      return node.serviceName
    case 'BatchFetch':
      return `${node.serviceName}×${node.entityBatch.aliases.length}`
    case 'Flatten':
      return shapeOf(node.node)
    case 'Sequence':
      return node.nodes.map(shapeOf).join(' → ')
    case 'Parallel':
      return `(${node.nodes.map(shapeOf).join(' | ')})`
    case 'Subscription':
      return `${shapeOf(node.primary)} ⇒`
  }
}

/** A plan in one line for the log: who is called after whom, as in `residents → (committees×2 | government)`; no names of fields. */
export const planShape = (plans: readonly QueryPlan[]): string =>
  plans
    .map(({ node }) => (node === undefined ? 'nobody' : shapeOf(node)))
    .join('; ')
    .slice(0, 500)
