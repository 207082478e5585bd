import type { AssertionClaims } from '../identity/index.js'

/** Names of the subgraphs, as they stand in the supergraph, the charter folder and the assertions' audience. */
export type SubgraphName = 'government' | 'committees' | 'nonprofits' | 'residents'

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

/** Answer of a subgraph as plain JSON, errors formatted and masked. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: ReadonlyArray<{ message: string; path?: ReadonlyArray<string | number>; extensions?: Record<string, unknown> }>
  readonly extensions?: Record<string, unknown>
}

/**
 * What the gateway's local transport needs of a subgraph in the same process: the same assertion object, the same policies,
 * no shortcut. `claims` are verified for audience and time like any others; only the signature is superfluous.
 */
export interface LocalSubgraph {
  readonly name: SubgraphName
  readonly sdl: string
  execute(request: SubgraphRequest, claims: AssertionClaims, signal?: AbortSignal): Promise<SubgraphAnswer>
  /** The same answer as JSON text, for transports: whoever writes it at once saves the objects between. */
  executeToText?(request: SubgraphRequest, claims: AssertionClaims, signal?: AbortSignal): Promise<string>
  /**
   * Events of a subscription, each one answer. A refusal (claims, syntax, a right that is missing) is the first and only answer; nothing is thrown.
   *
   * Nothing happens before the first `next()`. Ends when `signal` is aborted, when the iterator is returned, and when the party
   * stops. Who reads slowly loses no subject but intermediate states: of each record the newest waits.
   */
  subscribe(request: SubgraphRequest, claims: AssertionClaims, signal: AbortSignal): AsyncIterable<SubgraphAnswer>
}
