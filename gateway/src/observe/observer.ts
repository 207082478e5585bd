import type { CallReport } from '../execution/run-plan.js'
import type { LinkStats } from '../transport/resilient-link.js'

/** What became of one request, whatever way it came in. */
export interface OperationOutcome {
  /** `query`, `mutation`, `subscription`; `none` when it was refused before that was known. */
  readonly kind: string
  /** `ok`, `partial` when fields have errors, or the code of the refusal. */
  readonly code: string
  readonly transport: string
  readonly client: string
  readonly durationMs: number
  readonly bytes: number
  /** Null when it was refused. */
  readonly ran: { readonly documentId: string; readonly isTrusted: boolean; readonly cost: number } | null
}

/** What a release did when it came. */
export interface SwapOutcome {
  readonly isAccepted: boolean
  readonly durationMs: number
}

/** Whoever wants to know what the gateway does while it does it. Every method is cheap and never throws. */
export interface Observer {
  operation(outcome: OperationOutcome): void
  /** Calls of one operation, or of one event of a live one, when all are over. */
  calls(reports: readonly CallReport[]): void
  partyFault(party: string, reason: string): void
  /** A cold operation was compiled, or could not be. */
  planned(durationMs: number, isOk: boolean): void
  released(outcome: SwapOutcome): void
  liveOpened(transport: string): void
  liveClosed(outcome: { readonly transport: string; readonly reason: string; readonly events: number; readonly bytes: number }): void
  /** Where figures stand that are only read when somebody asks; null while there is none. */
  watch(sources: Partial<ObservedSources>): void
}

/** Figures that others keep anyway. */
export interface ObservedSources {
  readonly links: () => ReadonlyMap<string, LinkStats>
  readonly plans: () => PlanCacheStats | null
  readonly releaseId: () => string | null
  readonly overload: () => {
    readonly inFlight: number
    readonly places: number
    readonly isShedding: boolean
    readonly refused: number
  } | null
  readonly live: () => { readonly operations: number; readonly webSockets: number }
}

/** Figures of a release's catalogue of operations; counts begin anew with each release. */
export interface PlanCacheStats {
  readonly operations: number
  readonly bytes: number
  readonly hits: number
  readonly misses: number
}
