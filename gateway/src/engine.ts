import { HubError } from '@commonhall/shared/errors'
import type { SubgraphAnswer, SubgraphRequest } from '@commonhall/shared/port'

import { createAdmission, type Admission, type CostReport, type WayIn } from './admission/admit.js'
import { AnswerFault } from './execution/adopt-answer.js'
import { executeOperation, type OperationAnswer } from './execution/execute-operation.js'
import { HUB_GRAPH_NAME } from './hub-graph/hub-graph.js'
import { callIdentityOf } from './identity/call-identity.js'
import { accessClaimsOf, type Principal } from './identity/principal.js'
import type { Log } from './observe/operation-log.js'
import type { OperationRequest } from './planning/operation-catalogue.js'
import type { Release } from './release.js'
import type { CallIdentity, Transport } from './transport/transport.js'

/** What an operation did, for the caller and for the log. */
export interface EngineAnswer extends OperationAnswer {
  readonly documentHash: string
  readonly cost: CostReport
}

/** Runs operations for principals; knows no HTTP. */
export interface Engine {
  run(request: OperationRequest, principal: Principal, options: { readonly traceId: string } & WayIn): Promise<EngineAnswer>
}

/** The engine of one release over the transports to its parties. */
export const createEngine = (deps: {
  readonly release: Release
  readonly transports: ReadonlyMap<string, Transport>
  readonly pairwiseKeys: Readonly<Record<string, string>>
  readonly log: Log
  readonly nowMs: () => number
  /** What it counts outlives releases, so all engines of a gateway share one. */
  readonly admission?: Admission
}): Engine => {
  const { release } = deps
  const admission = deps.admission ?? createAdmission()
  return {
    async run(request, principal, options) {
      const access = accessClaimsOf(principal)
      const ready = await admission.admit(release.catalogue, request, { principal, access }, options)
      const identities = new Map<string, CallIdentity>()
      const send = async (party: string, call: SubgraphRequest): Promise<SubgraphAnswer> => {
        if (party === HUB_GRAPH_NAME && release.hubGraph !== null) return release.hubGraph.execute(call)
        const transport = deps.transports.get(party)
        if (transport === undefined) throw new HubError('PARTY_UNAVAILABLE', { detail: `no transport to ${party}` })
        const identity = identities.get(party) ?? callIdentityOf(principal, party, deps.pairwiseKeys, options.traceId)
        identities.set(party, identity)
        return transport.call(call, identity)
      }
      const answer = await executeOperation(ready.compiled, ready.variables, {
        schema: release.schema,
        language: principal.language,
        traceId: options.traceId,
        nowMs: deps.nowMs,
        send,
        onFault: (party, fault) => deps.log.warn({ traceId: options.traceId, party, failure: faultOf(fault) }, 'party failed'),
      })
      return { ...answer, documentHash: ready.documentHash, cost: ready.costReport }
    },
  }
}

/** A fault for the log: our own words and the system's error code, never an answer's content. */
const faultOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return 'unknown'
  const cause = fault.cause instanceof Error ? ((fault.cause as { code?: unknown }).code ?? fault.cause.name) : ''
  if (fault instanceof AnswerFault) return `${fault.name}: ${fault.message}`
  const detail = fault instanceof HubError ? `${fault.code} ${fault.detail ?? ''}` : fault.name
  return `${detail} ${String(cause)}`.trim()
}
