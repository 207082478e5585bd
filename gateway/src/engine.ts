import { HubError } from '@commonhall/shared/errors'

import { createAdmission, type Admission, type AdmittedOperation, type CostReport, type WayIn } from './admission/admit.js'
import { AnswerFault } from './execution/answer-fault.js'
import { executeOperation, type ExecutionContext, type OperationAnswer } from './execution/execute-operation.js'
import { followSource } from './execution/follow-source.js'
import { HUB_GRAPH_NAME } from './hub-graph/hub-graph.js'
import { createHubGraphLink } from './hub-graph/hub-graph-link.js'
import { createCallContexts, type CallContexts } from './identity/call-contexts.js'
import { createCallIdentities } from './identity/call-identity.js'
import { accessClaimsOf, type Principal } from './identity/principal.js'
import type { Observer } from './observe/observer.js'
import type { Log } from './observe/operation-log.js'
import type { Tracing } from './observe/tracing.js'
import type { ExplainParts } from './observe/explain/explain-parts.js'
import { explain, type Explanation } from './observe/explain/explanation.js'
import type { CompiledOperation } from './planning/compiled-operation.js'
import type { OperationKind, OperationRequest } from './planning/operation-catalogue.js'
import type { Release } from './release.js'
import { PartyFault } from './transport/party-fault.js'
import type { PartyLink } from './transport/party-link.js'

/** What an operation did, for the caller and for the log. */
export interface EngineAnswer extends OperationAnswer {
  readonly documentHash: string
  readonly cost: CostReport
  readonly compiled: CompiledOperation
  /** It is registered: somebody has looked at it before. */
  readonly isTrusted: boolean
  /** How long it took to compile it; 0 when that had been done. */
  readonly planMs: number
  readonly releaseId: string
}

/** Runs operations for principals; knows no HTTP. */
export interface Engine {
  /** One answer; a subscription is refused. */
  run(request: OperationRequest, principal: Principal, options: { readonly traceId: string } & WayIn): Promise<EngineAnswer>
  /**
   * Opens a subscription and gives its answers as events come; everything else is refused. Each event is answered within the budget
   * of an operation. A lost source ends the answers with one that says so. Aborting `signal` ends everything at once.
   */
  subscribe(
    request: OperationRequest,
    principal: Principal,
    options: { readonly traceId: string; readonly signal: AbortSignal } & WayIn,
  ): Promise<AsyncIterable<OperationAnswer>>
}

const ANSWERED_KINDS: ReadonlySet<OperationKind> = new Set<OperationKind>(['query', 'mutation'])
const LIVE_KINDS: ReadonlySet<OperationKind> = new Set<OperationKind>(['subscription'])

/** Longest time for a whole operation; each call of it has its own deadline in the link. */
export const OPERATION_BUDGET_MS = 10_000

/** The engine of one release over the links to its parties. */
export const createEngine = (deps: {
  readonly release: Release
  readonly links: ReadonlyMap<string, PartyLink>
  readonly pairwiseKeys: Readonly<Record<string, string>>
  readonly log: Log
  readonly nowMs: () => number
  /** What it counts outlives releases, so all engines of a gateway share one. */
  readonly admission?: Admission
  readonly tracing?: Tracing | undefined
  /** Whether everybody may see how their operations are run. */
  readonly explainToAll?: boolean
  /** Told of calls and faults; absent: nobody counts. */
  readonly observer?: Observer | undefined
  readonly operationBudgetMs?: number
}): Engine => {
  const { release, observer, tracing } = deps
  const admission = deps.admission ?? createAdmission()
  const links = new Map(deps.links)
  const identities = createCallIdentities(deps.pairwiseKeys)
  if (release.hubGraph !== null) links.set(HUB_GRAPH_NAME, createHubGraphLink(release.hubGraph))
  const linkTo = (party: string): PartyLink => {
    const link = links.get(party)
    if (link === undefined) throw new HubError('PARTY_UNAVAILABLE', { detail: `no link to ${party}` })
    return link
  }

  /** What is to be explained: nothing to those who have no right to it, whatever they ask. */
  const partsFor = ({ explain: parts = null }: WayIn, { mayExplain }: AdmittedOperation): ExplainParts | null =>
    mayExplain || deps.explainToAll === true ? parts : null
  const contextsFor = (principal: Principal, traceId: string, ready: AdmittedOperation, signal?: AbortSignal): CallContexts =>
    createCallContexts({
      principal,
      traceId,
      identities,
      deadlineAtMs: performance.now() + (deps.operationBudgetMs ?? OPERATION_BUDGET_MS),
      isShared: ready.compiled.kind !== 'mutation',
      signal,
    })
  const contextFor = (
    principal: Principal,
    way: { readonly traceId: string; readonly signal?: AbortSignal } & WayIn,
    ready: AdmittedOperation,
  ): ExecutionContext => {
    const { traceId, signal } = way
    const contexts = contextsFor(principal, traceId, ready, signal)
    const isTold = tracing !== undefined || partsFor(way, ready) !== null
    return {
      schema: release.schema,
      language: principal.language,
      traceId,
      nowMs: () => performance.now(),
      call: async (step, variables, report) => {
        const link = linkTo(step.party)
        const call = { ...step.call, variables }
        const context = contexts.of(step.party)
        if (!isTold) return link.call(call, context)
        const told = { ...context, onShared: () => void (report.isShared = true) }
        if (tracing === undefined) return link.call(call, told)
        return tracing.call(traceId, report, (traceparent) => link.call(call, traceparent === null ? told : { ...told, traceparent }))
      },
      onFault: (party, fault, isUnusable) => {
        if (isUnusable) links.get(party)?.noteUnusable()
        observer?.partyFault(party, faultReasonOf(fault))
        deps.log.warn({ traceId, party, failure: faultOf(fault) }, 'party failed')
      },
    }
  }

  const explanationOf = (way: WayIn, ready: AdmittedOperation, startedAtMs: number, { calls }: OperationAnswer): Explanation | null => {
    const parts = partsFor(way, ready)
    if (parts === null) return null
    const { compiled, planMs, costReport: cost } = ready
    return explain(parts, { release: release.id, plans: compiled.plans, planMs, startedAtMs, calls, cost })
  }

  return {
    async run(request, principal, options) {
      const access = accessClaimsOf(principal)
      const way = { ...options, kinds: options.kinds ?? ANSWERED_KINDS }
      const ready = await admission.admit(release.catalogue, request, { principal, access }, way)
      if (ready.planMs > 0) tracing?.planned(options.traceId, ready.planMs)
      const startedAtMs = performance.now()
      const answer = await executeOperation(ready.compiled, ready.variables, contextFor(principal, options, ready))
      answer.explanation = explanationOf(options, ready, startedAtMs, answer)
      observer?.calls(answer.calls)
      const { documentHash, costReport: cost, compiled, isTrusted, planMs } = ready
      return Object.assign(answer, { documentHash, cost, compiled, isTrusted, planMs, releaseId: release.id })
    },
    async subscribe(request, principal, options) {
      const access = accessClaimsOf(principal)
      const way = { ...options, kinds: LIVE_KINDS }
      const ready = await admission.admit(release.catalogue, request, { principal, access }, way)
      if (ready.planMs > 0) tracing?.planned(options.traceId, ready.planMs)
      let startedAtMs = 0
      return followSource(ready.compiled, ready.variables, {
        event() {
          startedAtMs = performance.now()
          return contextFor(principal, options, ready)
        },
        open(step, variables) {
          const context = contextsFor(principal, options.traceId, ready, options.signal).of(step.party)
          const traceparent = tracing?.traceparent(options.traceId) ?? null
          return linkTo(step.party).subscribe({ ...step.call, variables }, traceparent === null ? context : { ...context, traceparent })
        },
        onAnswer(answer) {
          observer?.calls(answer.calls)
          answer.explanation = explanationOf(options, ready, startedAtMs, answer)
        },
      })
    },
  }
}

/** A fault for metrics: one of a few words. */
const faultReasonOf = (fault: unknown): string => {
  if (fault instanceof PartyFault) return fault.fault
  if (fault instanceof AnswerFault) return 'UNREADABLE'
  return fault instanceof HubError ? (fault.reason ?? fault.code) : 'INTERNAL'
}

/** A fault for the log: our own words and the system's error code, never an answer's content. */
const faultOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return 'unknown'
  const cause = fault.cause instanceof Error ? ((fault.cause as { code?: unknown }).code ?? fault.cause.name) : ''
  if (fault instanceof AnswerFault) return `${fault.name}: ${fault.message}`
  const detail = fault instanceof HubError ? `${fault.code} ${fault.detail ?? ''}` : fault.name
  return `${detail} ${String(cause)}`.trim()
}
