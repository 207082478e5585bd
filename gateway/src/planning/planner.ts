import { QueryPlanner, type QueryPlan } from '@graphql-hive/router-query-planner'
import { HubError } from '@commonhall/shared/errors'

import { apiSdlOf } from './api-sdl.js'
import { createCarefulPlanner } from './careful/plan-carefully.js'
import { PlanImpossible } from './careful/plan-impossible.js'
import { declareNativeWeight } from './native-weight.js'

/**
 * Wall time that one cold plan may take. Planning runs off the event loop, so this bounds work and not blocking; 50 ms (trust.md, section 7)
 * refused ordinary documents on a machine with ten runnable processes for two cores.
 */
export const PLAN_BUDGET_MS = 250

/** Turns an operation on the supergraph into a plan of calls to its subgraphs. Cost: about 1 ms for an ordinary document. */
export interface Planner {
  /** SDL of what clients may ask. */
  readonly consumerSdl: string
  /**
   * Plans off the event loop. The document holds one operation, no introspection and no conditions.
   *
   * Refused with DOCUMENT_TOO_LARGE when the budget is used up: a small document can need exponential work.
   */
  plan(document: string): Promise<QueryPlan>
}

/** Measured at 97 KB of supergraph: 22. */
const NATIVE_BYTES_PER_BYTE = 24

const NO_LABELS: Set<string> = new Set()

/**
 * Whether a supergraph uses what the native planner 0.0.38 cannot be trusted with: `@requires` (no plan for some depths, and silently
 * the wrong arguments when one field is required twice) and interface objects (a document can end the process: a panic in native code).
 * Without them 9,700 random operations over five worlds were planned exactly.
 */
export const needsCare = (supergraphSdl: string): boolean => /\brequires:\s*"|\bisInterfaceObject:\s*true/.test(supergraphSdl)

const createNativePlanner = (supergraphSdl: string, budgetMs: number): Planner => {
  const planner = new QueryPlanner(supergraphSdl)
  declareNativeWeight(planner, supergraphSdl.length * NATIVE_BYTES_PER_BYTE)
  return {
    consumerSdl: apiSdlOf(supergraphSdl),
    async plan(document) {
      const budget = new AbortController()
      let isOverBudget = false
      const timer = setTimeout(() => {
        isOverBudget = true
        budget.abort()
      }, budgetMs)
      try {
        return await planner.planAsync(document, null, NO_LABELS, 0, budget.signal)
      } catch (cause) {
        if (isOverBudget) throw new HubError('DOCUMENT_TOO_LARGE', { cause, detail: `planning took more than ${budgetMs} ms` })
        throw new HubError('INTERNAL', { cause, detail: 'the planner found no plan' })
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

/**
 * The planner for a supergraph: the Rust planner of Hive Router, or our own careful one where `needsCare`.
 *
 * Building it costs some 10 ms per 100 KB of supergraph.
 */
export const createPlanner = (supergraphSdl: string, budgetMs: number = PLAN_BUDGET_MS): Planner => {
  const native = createNativePlanner(supergraphSdl, budgetMs)
  if (!needsCare(supergraphSdl)) return native
  const planCarefully = createCarefulPlanner(supergraphSdl)
  return {
    consumerSdl: native.consumerSdl,
    async plan(document) {
      try {
        return planCarefully(document)
      } catch (cause) {
        if (cause instanceof PlanImpossible) throw new HubError('INTERNAL', { cause, reason: 'PLAN_IMPOSSIBLE', detail: cause.message })
        throw cause
      }
    },
  }
}
