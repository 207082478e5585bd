import { HubError } from '@commonhall/shared/errors'

import type { WayIn } from '../admission/admit.js'
import type { EngineAnswer } from '../engine.js'
import type { OperationAnswer } from '../execution/execute-operation.js'
import type { Principal } from '../identity/principal.js'
import type { OperationKind, OperationRequest } from '../planning/operation-catalogue.js'
import type { LiveDoor, OpenedLive } from '../subscription/live-door.js'
import { resultText } from './answers.js'
import type { Caller } from './caller.js'

/** A way in. */
export type TransportName = 'http' | 'sse' | 'multipart' | 'websocket'

/** What surrounds one operation, whatever way it came in. */
export interface GateCall {
  readonly traceId: string
  /** By GET or HEAD: nothing that acts. */
  readonly isRead: boolean
  /** Whether more than one result can be answered. */
  readonly mayStream: boolean
}

/** What the gate needs of an engine. */
export interface GateEngine {
  /** One result. Refuses what is not among `kinds`, before it costs anything. */
  run(request: OperationRequest, principal: Principal, options: { readonly traceId: string } & WayIn): Promise<EngineAnswer>
  /** Opens a subscription, and refuses everything else in the same way. Absent: subscriptions are not offered. */
  subscribe?(
    request: OperationRequest,
    principal: Principal,
    options: { readonly traceId: string; readonly signal: AbortSignal } & WayIn,
  ): Promise<AsyncIterable<OperationAnswer>>
}

/** An operation that was let in: it has its one answer, or it lives. */
export type Admitted = { readonly kind: 'answer'; readonly answer: EngineAnswer } | { readonly kind: 'live'; readonly live: OpenedLive }

/** The one gate behind every way in: the same admission, the same engine. */
export interface OperationGate {
  /** Throws `InvalidDocument` or a `HubError`. Without a stream to answer in, subscriptions are refused. */
  admit(request: OperationRequest, caller: Caller, call: GateCall): Promise<Admitted>
}

const RESULT_KINDS: ReadonlySet<OperationKind> = new Set<OperationKind>(['query', 'mutation'])
const LIVE_KINDS: ReadonlySet<OperationKind> = new Set<OperationKind>(['subscription'])

/** The word alone proves nothing; the engine decides. It saves most operations the detour. */
const MENTIONS_SUBSCRIPTION = /\bsubscription\b/

const isRefusedFor = (fault: unknown, reasons: readonly string[]): boolean =>
  fault instanceof HubError && fault.reason !== undefined && reasons.includes(fault.reason)

/** A gate before whatever engine is current; `engine` gives null until the first release is up. */
export const createOperationGate = (deps: { readonly engine: () => GateEngine | null; readonly live: LiveDoor }): OperationGate => {
  const current = (): GateEngine => {
    const engine = deps.engine()
    if (engine === null) throw new HubError('OVERLOADED', { reason: 'STARTING' })
    return engine
  }
  const run = async (request: OperationRequest, caller: Caller, { traceId, isRead }: GateCall): Promise<Admitted> => {
    const { principal, address, clientName, explain } = caller
    const options = { traceId, isQueryOnly: isRead, kinds: RESULT_KINDS, address, clientName, explain }
    return { kind: 'answer', answer: await current().run(request, principal, options) }
  }
  const subscribe = async (request: OperationRequest, caller: Caller, { traceId }: GateCall): Promise<Admitted> => {
    const { principal, address, clientName, explain } = caller
    const open = async (signal: AbortSignal): Promise<AsyncIterable<OperationAnswer>> => {
      const engine = current()
      if (engine.subscribe === undefined) throw new HubError('BAD_REQUEST', { reason: 'NOT_A_SUBSCRIPTION' })
      return engine.subscribe(request, principal, { traceId, signal, isQueryOnly: false, kinds: LIVE_KINDS, address, clientName, explain })
    }
    return { kind: 'live', live: await deps.live.open(caller, open, (event) => resultText(event, traceId)) }
  }
  const first = async (request: OperationRequest, caller: Caller, call: GateCall): Promise<Admitted> => {
    try {
      return await run(request, caller, call)
    } catch (fault) {
      // A subscription by GET changes nothing either, so where there is a stream it is let in.
      if (!isRefusedFor(fault, ['SUBSCRIPTION_NEEDS_A_STREAM', 'GET_IS_FOR_QUERIES'])) throw fault
      return subscribe(request, caller, call).catch((second: unknown) => {
        throw isRefusedFor(second, ['NOT_A_SUBSCRIPTION']) ? fault : second
      })
    }
  }
  return {
    async admit(request, caller, call) {
      if (!call.mayStream) return run(request, caller, call)
      if (!MENTIONS_SUBSCRIPTION.test(request.query)) return first(request, caller, call)
      try {
        return await subscribe(request, caller, call)
      } catch (fault) {
        if (isRefusedFor(fault, ['NOT_A_SUBSCRIPTION'])) return run(request, caller, call)
        throw fault
      }
    },
  }
}
