import type { CostReport } from '../../admission/admit.js'
import type { CallReport } from '../../execution/run-plan.js'
import type { QueryPlan } from '../../planning/plan-nodes.js'
import type { ExplainParts } from './explain-parts.js'
import { viewOfPlans, type PlanView } from './plan-view.js'

/** One call as it went. */
export interface CallTiming {
  readonly party: string
  /** Since the operation began. */
  readonly startedMs: number
  readonly ms: number
  readonly bytes: number
  /** Entities that it asked for; 0 for a call at the root. */
  readonly representations: number
  /** It waited for the answer of an equal call of the same caller. */
  readonly shared: boolean
  readonly ok: boolean
}

/** `extensions.hub` of those who may and ask: how their own operation was run. */
export interface Explanation {
  /** The release on which it ran. */
  readonly release: string
  readonly plan?: PlanView
  /** Time to plan it; 0 when it was known. */
  readonly planMs?: number
  readonly timings?: readonly CallTiming[]
  readonly cost?: CostReport
}

const views = new WeakMap<readonly QueryPlan[], PlanView>()

/** A plan is made readable once, and then as often as it is asked for. */
const viewOf = (plans: readonly QueryPlan[]): PlanView => {
  const known = views.get(plans) ?? viewOfPlans(plans)
  views.set(plans, known)
  return known
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000

/** Explains one operation or one event: of the plan, the times and the cost what `parts` names. The plan is that of the caller's own access. */
export const explain = (
  parts: ExplainParts,
  of: {
    readonly release: string
    readonly plans: readonly QueryPlan[]
    readonly planMs: number
    readonly startedAtMs: number
    readonly calls: readonly CallReport[]
    readonly cost: CostReport
  },
): Explanation => ({
  release: of.release,
  ...(parts.plan ? { plan: viewOf(of.plans) } : {}),
  ...(parts.timings
    ? {
        planMs: round(of.planMs),
        timings: of.calls.map(({ party, startedAtMs, ms, bytes, representations, isShared, isOk }) => ({
          ...{ party, startedMs: round(startedAtMs - of.startedAtMs), ms: round(ms) },
          ...{ bytes, representations, shared: isShared, ok: isOk },
        })),
      }
    : {}),
  ...(parts.cost ? { cost: of.cost } : {}),
})
