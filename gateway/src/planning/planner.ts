import type { DocumentNode } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { apiSdlOf } from './api-sdl.js'
import { createCarefulPlanner } from './careful/plan-carefully.js'
import { PlanForbidden, PlanImpossible, PlanTooLarge } from './careful/plan-impossible.js'
import type { QueryPlan } from './plan-nodes.js'

/** Turns an operation on the supergraph into a plan of calls to its subgraphs. Cost: about 1 ms for an ordinary document. */
export interface Planner {
  /** SDL of what clients may ask. */
  readonly consumerSdl: string
  /**
   * Plans a document that holds one operation, no introspection and no conditions. One plan per turn of the event loop, so that
   * a flood of new documents delays others by one plan and not by all.
   *
   * Refused with DOCUMENT_TOO_LARGE when it needs more work than one document may cause, with OVERLOADED when too many wait, and
   * with reason PLAN_IMPOSSIBLE when no graph can be reached that answers a field, and with FORBIDDEN when the plan would read a field
   * for a key or requirement that `isDenied` names.
   */
  plan(document: string | DocumentNode, isDenied?: (typeName: string, field: string) => boolean): Promise<QueryPlan>
}

/** Cold documents that may wait for their plans; more are refused, since the last would wait for all. */
const MAX_WAITING = 200

const faultOf = (cause: unknown): unknown => {
  if (cause instanceof PlanTooLarge) return new HubError('DOCUMENT_TOO_LARGE', { cause, reason: 'PLAN_TOO_LARGE', detail: cause.message })
  if (cause instanceof PlanForbidden) return new HubError('FORBIDDEN', { cause, reason: 'NEEDS_FORBIDDEN_FIELD', detail: cause.message })
  if (cause instanceof PlanImpossible) return new HubError('INTERNAL', { cause, reason: 'PLAN_IMPOSSIBLE', detail: cause.message })
  return new HubError('INTERNAL', { cause, detail: 'the planner failed' })
}

/** The planner of a supergraph. Building it costs some 30 ms per 100 KB; ways between graphs are found when first needed. */
export const createPlanner = (supergraphSdl: string): Planner => {
  const plan = createCarefulPlanner(supergraphSdl)
  const waiting: (() => void)[] = []
  const runNext = (): void => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(runNext)
  }
  return {
    consumerSdl: apiSdlOf(supergraphSdl),
    plan: (document, isDenied) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MAX_WAITING) {
          reject(new HubError('OVERLOADED', { reason: 'PLANS_WAITING', detail: `${MAX_WAITING} plans wait` }))
          return
        }
        waiting.push(() => {
          try {
            resolve(plan(document, isDenied))
          } catch (cause) {
            reject(faultOf(cause))
          }
        })
        if (waiting.length === 1) setImmediate(runNext)
      }),
  }
}
