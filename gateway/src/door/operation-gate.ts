import { HubError } from '@commonhall/shared/errors'

import type { EngineAnswer } from '../engine.js'
import type { OperationAnswer } from '../execution/execute-operation.js'
import type { OperationRequest } from '../planning/operation-catalogue.js'
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
  run(request: OperationRequest, principal: Caller['principal'], options: { traceId: string; isQueryOnly: boolean }): Promise<EngineAnswer>
  /**
   * Opens a subscription; anything else is refused with the reason NOT_A_SUBSCRIPTION, before anything ran. Absent: subscriptions
   * are not offered.
   */
  subscribe?(
    request: OperationRequest,
    principal: Caller['principal'],
    options: { traceId: string; signal: AbortSignal },
  ): Promise<AsyncIterable<OperationAnswer>>
}

/** An operation that was let in: it has its one answer, or it lives. */
export type Admitted = { readonly kind: 'answer'; readonly answer: EngineAnswer } | { readonly kind: 'live'; readonly live: OpenedLive }

/** The one gate behind every way in: the same admission, the same engine. */
export interface OperationGate {
  /** Throws `InvalidDocument` or a `HubError`. Without a stream to answer in, subscriptions are refused. */
  admit(request: OperationRequest, caller: Caller, call: GateCall): Promise<Admitted>
}

/** The word alone proves nothing; the engine decides. It saves queries the detour. */
const MENTIONS_SUBSCRIPTION = /\bsubscription\b/
const hasReason = (fault: unknown, reason: string): boolean => fault instanceof HubError && fault.reason === reason

/** A gate before whatever engine is current; `engine` gives null until the first release is up. */
export const createOperationGate = (deps: { readonly engine: () => GateEngine | null; readonly live: LiveDoor }): OperationGate => {
  const current = (): GateEngine => {
    const engine = deps.engine()
    if (engine === null) throw new HubError('OVERLOADED', { reason: 'STARTING' })
    return engine
  }
  const run = async (request: OperationRequest, caller: Caller, call: GateCall): Promise<Admitted> => {
    const { traceId, isRead } = call
    return { kind: 'answer', answer: await current().run(request, caller.principal, { traceId, isQueryOnly: isRead }) }
  }
  const subscribe = async (request: OperationRequest, caller: Caller, { traceId }: GateCall): Promise<Admitted> => {
    const live = await deps.live.open(
      caller,
      async (signal) => {
        const engine = current()
        if (engine.subscribe === undefined) throw new HubError('BAD_REQUEST', { reason: 'NOT_A_SUBSCRIPTION' })
        return engine.subscribe(request, caller.principal, { traceId, signal })
      },
      (event) => resultText(event, traceId),
    )
    return { kind: 'live', live }
  }
  return {
    async admit(request, caller, call) {
      if (!call.mayStream) return run(request, caller, call)
      const isLikely = MENTIONS_SUBSCRIPTION.test(request.query)
      try {
        return await (isLikely ? subscribe : run)(request, caller, call)
      } catch (fault) {
        if (isLikely && hasReason(fault, 'NOT_A_SUBSCRIPTION')) return run(request, caller, call)
        if (!isLikely && hasReason(fault, 'SUBSCRIPTION_NEEDS_A_STREAM')) return subscribe(request, caller, call)
        throw fault
      }
    },
  }
}
