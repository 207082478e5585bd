import type { FragmentDefinitionNode } from 'graphql'

import type { PlanWork } from './plan-work.js'
import type { Reach } from './reach.js'
import type { SupergraphModel } from './supergraph-model.js'

/** What a plan is made from. */
export interface PlanInput {
  readonly model: SupergraphModel
  readonly reach: Reach
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly work: PlanWork
  /** Whether the caller may not have a field: then the hub does not fetch it for anybody's key or requirement either. */
  readonly isDenied: (typeName: string, field: string) => boolean
}
