import { HubError } from '@commonhall/shared/errors'

import { createAdmission, type Admission, type AdmittedOperation, type CostReport, type WayIn } from './admission/admit.js'
import { AnswerFault } from './execution/answer-fault.js'
import { executeOperation, type ExecutionContext, type OperationAnswer } from './execution/execute-operation.js'
import { followSource } from './execution/follow-source.js'
import { HUB_GRAPH_NAME } from './hub-graph/hub-graph.js'
import { createHubGraphLink } from './hub-graph/hub-graph-link.js'
import { createCallContexts, type CallContexts } from './identity/call-contexts.js'
import { accessClaimsOf, type Principal } from './identity/principal.js'
import type { Observer } from './observe/observer.js'
import type { Log } from './observe/operation-log.js'
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
  /** Told of calls and faults; absent: nobody counts. */
  readonly observer?: Observer | undefined
  readonly operationBudgetMs?: number
}): Engine => {
  const { release, observer } = deps
  const admission = deps.admission ?? createAdmission()
  const links = new Map(deps.links)
  if (release.hubGraph !== null) links.set(HUB_GRAPH_NAME, createHubGraphLink(release.hubGraph))
  const linkTo = (party: string): PartyLink => {
    const link = links.get(party)
    if (link === undefined) throw new HubError('PARTY_UNAVAILABLE', { detail: `no link to ${party}` })
    return link
  }

  const contextsFor = (principal: Principal, traceId: string, ready: AdmittedOperation, signal?: AbortSignal): CallContexts =>
    createCallContexts({
      principal,
      traceId,
      pairwiseKeys: deps.pairwiseKeys,
      deadlineAtMs: performance.now() + (deps.operationBudgetMs ?? OPERATION_BUDGET_MS),
      isShared: ready.compiled.kind !== 'mutation',
      signal,
    })
  const contextFor = (principal: Principal, traceId: string, ready: AdmittedOperation, signal?: AbortSignal): ExecutionContext => {
    const contexts = contextsFor(principal, traceId, ready, signal)
    return {
      schema: release.schema,
      language: principal.language,
      traceId,
      nowMs: () => performance.now(),
      call: async (step, variables) => linkTo(step.party).call({ ...step.call, variables }, contexts.of(step.party)),
      onFault: (party, fault, isUnusable) => {
        if (isUnusable) links.get(party)?.noteUnusable()
        observer?.partyFault(party, faultReasonOf(fault))
        deps.log.warn({ traceId, party, failure: faultOf(fault) }, 'party failed')
      },
    }
  }

  return {
    async run(request, principal, options) {
      const access = accessClaimsOf(principal)
      const way = { ...options, kinds: options.kinds ?? ANSWERED_KINDS }
      const ready = await admission.admit(release.catalogue, request, { principal, access }, way)
      const answer = await executeOperation(ready.compiled, ready.variables, contextFor(principal, options.traceId, ready))
      observer?.calls(answer.calls)
      const { documentHash, costReport: cost, compiled, isTrusted, planMs } = ready
      return Object.assign(answer, { documentHash, cost, compiled, isTrusted, planMs, releaseId: release.id })
    },
    async subscribe(request, principal, options) {
      const access = accessClaimsOf(principal)
      const way = { ...options, kinds: LIVE_KINDS }
      const ready = await admission.admit(release.catalogue, request, { principal, access }, way)
      return followSource(ready.compiled, ready.variables, {
        event: () => contextFor(principal, options.traceId, ready, options.signal),
        open: (step, variables) =>
          linkTo(step.party).subscribe(
            { ...step.call, variables },
            contextsFor(principal, options.traceId, ready, options.signal).of(step.party),
          ),
        onAnswer: (answer) => observer?.calls(answer.calls),
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
