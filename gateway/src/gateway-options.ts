import type { HubSigningKey, Language } from '@commonhall/shared/identity'
import type { LocalSubgraph } from '@commonhall/shared/port'

import type { AdmissionOptions } from './admission/admission-options.js'
import type { OverloadLimits } from './admission/overload.js'
import type { ExtraRoutes } from './door/http-door.js'
import type { TrustedIssuer } from './identity/token-verifier.js'
import type { MetricsAddress } from './observe/metrics-listener.js'
import type { Observer } from './observe/observer.js'
import type { Log } from './observe/operation-log.js'
import type { TracingSetting } from './observe/open-tracing.js'
import type { Tracing } from './observe/tracing.js'
import type { UnknownPolicies } from './release/read-supergraph.js'
import type { WarmOptions } from './release/warm.js'
import type { LiveLimits } from './subscription/live-limits.js'
import type { ResilienceOptions } from './transport/resilient-link.js'

/** How one party is called; what is left out has the default of the link. */
export interface PartySettings {
  /** Instead of the routing URL in the supergraph. */
  readonly url?: string
  /** Sent with every call to this party alone, such as a key that it asks for. */
  readonly headers?: Readonly<Record<string, string>>
  /** How the party offers subscriptions; `ws` is graphql-transport-ws. SSE unless said. */
  readonly subscriptionProtocol?: 'sse' | 'ws'
  /** Where it offers them, if elsewhere. */
  readonly subscriptionUrl?: string
  /** Asks for gzip and br; pays only over slow lines. */
  readonly acceptCompression?: boolean
  /** False refuses addresses of private networks for this party. */
  readonly allowPrivateAddresses?: boolean
  /** Sockets to the party at most: its bulkhead. */
  readonly connections?: number
  /** Longest wait for one call. */
  readonly callDeadlineMs?: number
  readonly maxAnswerBytes?: number
}

/** Where a party's subgraph is: in this process, or at an address. */
export type GatewaySubgraph =
  | { readonly kind: 'local'; readonly subgraph: LocalSubgraph }
  | { readonly kind: 'http'; readonly name: string; readonly url: string; readonly settings?: PartySettings }

/** A finished supergraph instead of parties that are asked for their schemas; no party need be up at the start. */
export interface SupergraphSource {
  readonly sdl: string
  /** By subgraph name. A name that the supergraph does not know is refused. */
  readonly parties?: Readonly<Record<string, PartySettings>>
}

/** What a federation is made of: everything but the door. */
export interface FederationOptions {
  /** Parties to be composed at the start; with `supergraph` only those in this process, which then need no address. */
  readonly subgraphs: readonly GatewaySubgraph[]
  readonly supergraph?: SupergraphSource
  /** Null: calls carry no assertion, for subgraphs that know no hub. */
  readonly signingKey: HubSigningKey | null
  /** One secret per party; without one a party gets no subject. */
  readonly pairwiseKeys: Readonly<Record<string, string>>
  readonly log?: Log
  /** Wall clock in milliseconds; for tests. */
  readonly clock?: () => number
  /** Registered documents, clients, cost and rate; open unless said. */
  readonly admission?: AdmissionOptions
  /** Whether clients may ask about the schema and read suggestions; for development. Off unless said. */
  readonly introspection?: boolean
  /** Longest wait for one call to a party. */
  readonly callDeadlineMs?: number
  /** Breaker, bulkhead and retry around every party. */
  readonly resilience?: ResilienceOptions
  /** False refuses addresses of private networks for all parties over HTTP. */
  readonly allowPrivateAddresses?: boolean
  /** Fields with `@policy`, for which there is no engine: refuse the supergraph (unless said), or deny them to everybody. */
  readonly unknownPolicies?: UnknownPolicies
  /** How much of the old release is planned again before a swap. */
  readonly warm?: WarmOptions
  /** Told of calls, plans and releases, for metrics of the host's own; see `createMetrics`. */
  readonly observer?: Observer
  /** Spans of plans and calls; a gateway makes its own by `openTelemetry`. */
  readonly tracing?: Tracing
  /** Whether everybody may see plan, timings and cost of their own operations; as `introspection` unless said. Registered clients: `mayExplain`. */
  readonly explainToAll?: boolean
  /** Ends a start that is still waiting for parties. */
  readonly signal?: AbortSignal
}

/** What a gateway is made of: a federation and its door. */
export interface GatewayOptions extends FederationOptions {
  readonly issuers: readonly TrustedIssuer[]
  /** Nobody signs in here: `Authorization` is not read, so that it may be meant for the parties (see `forwardHeaders`). */
  readonly ignoresTokens?: boolean
  /** Headers of clients that travel on to every party, in lower case. None unless named; the hub of a charter names none. */
  readonly forwardHeaders?: readonly string[]
  /** 0 picks a free port. */
  readonly port: number
  readonly host?: string
  readonly corsOrigins?: readonly string[]
  /** Spoken to those who ask for neither Chinese nor English; Chinese unless said. */
  readonly defaultLanguage?: Language
  readonly extraRoutes?: ExtraRoutes
  /** Bounds of subscriptions and WebSockets; what is left out has the default of `DEFAULT_LIVE_LIMITS`. */
  readonly live?: Partial<LiveLimits>
  /** When the hub refuses to begin more work; false: never. What is left out has the default of `OVERLOAD_LIMITS`. */
  readonly overload?: Partial<OverloadLimits> | false
  /** Opens a listener of its own with `GET /metrics` for Prometheus, on loopback unless said. Left out: nothing is counted. */
  readonly metrics?: MetricsAddress
  /** Traces by OpenTelemetry: `on`, `off`, or the API itself. Unless said, on when a provider is registered in the process. */
  readonly openTelemetry?: TracingSetting
  /** Operations that take longer get a second line with the shape of their plan. Left out: none does. */
  readonly slowOperationMs?: number
  /** Answers larger than this are compressed (br, gzip) for those who accept it. Left out: never, a proxy does that better. */
  readonly compressAnswersOverBytes?: number
}
