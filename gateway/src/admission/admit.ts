import { HubError } from '@commonhall/shared/errors'

import { createClientRegistry, type ClientRegistry } from '../clients/client-registry.js'
import type { ClientPolicy } from '../clients/client-policy.js'
import type { Principal } from '../identity/principal.js'
import type { ExplainParts } from '../observe/explain/explain-parts.js'
import type { AccessClaims } from '../planning/access.js'
import type { OperationCatalogue, OperationKind, OperationRequest, ReadyOperation } from '../planning/operation-catalogue.js'
import { createDocumentChooser } from './choose-document.js'
import { addressPrefix } from './address-prefix.js'
import type { AdmissionOptions } from './admission-options.js'
import { createPersistedQueries } from './persisted-queries.js'
import { createRateLimit, type Rate } from './rate-limit.js'

/** How an operation came in. */
export interface WayIn {
  /** By GET: nothing that acts. */
  readonly isQueryOnly: boolean
  /** Kinds that the transport carries; all when left out. */
  readonly kinds?: ReadonlySet<OperationKind>
  /** The caller's network address; without one nobody in particular has no rate of their own. */
  readonly address?: string | null
  /** What a caller without a token calls itself (header `hub-client`); it can only narrow. */
  readonly clientName?: string | null
  /** What the caller wants to know of how it is run; see `AdmittedOperation.mayExplain`. */
  readonly explain?: ExplainParts | null
}

/** What the operation costs, against what its caller may spend; for `extensions.cost` of those who ask. */
export interface CostReport {
  readonly requested: number
  /** Of one operation; null: none. */
  readonly limit: number | null
  /** Units that could be spent at once now; null: no rate holds. */
  readonly remaining: number | null
}

/** An operation that was let in. */
export interface AdmittedOperation extends ReadyOperation {
  readonly costReport: CostReport
  /** It is registered: somebody has looked at it before. */
  readonly isTrusted: boolean
  /** The caller has signed in through a client that may see plans. */
  readonly mayExplain: boolean
}

/** The one admission of a hub; what it counts lives longer than a release. */
export interface Admission {
  /**
   * Lets an operation in, whatever way it came, or refuses it: trusted documents, limits, validation, kind, variables, cost, rate, in
   * this order, each before the next could cost more. Throws `InvalidDocument` or a `HubError`. A known document costs microseconds.
   */
  admit(
    catalogue: OperationCatalogue,
    request: OperationRequest,
    caller: { readonly principal: Principal; readonly access: AccessClaims },
    way: WayIn,
  ): Promise<AdmittedOperation>
}

const perMinute = (units: number): Rate => ({ perMinute: units, burst: units })

const checkPurpose = (principal: Principal, policy: ClientPolicy): void => {
  if (principal.purpose !== null && policy.purposes !== null && !policy.purposes.has(principal.purpose))
    throw new HubError('FORBIDDEN', { reason: 'CLIENT_PURPOSE' })
}

/** Admission by options; without any everything that the limits of documents allow comes in. */
export const createAdmission = (options: AdmissionOptions = {}): Admission => {
  const registry: ClientRegistry = createClientRegistry(options.clients ?? {})
  const mode = options.documentMode ?? 'allowed'
  const persisted = options.persistedQueries === false ? null : createPersistedQueries()
  const choose = createDocumentChooser({ mode, trusted: options.trusted ?? null, persisted })
  const rates = createRateLimit({ nowMs: options.monotonicMs ?? (() => performance.now()), maxCallers: options.maxCallers })

  const policyOf = (principal: Principal, clientName?: string | null): ClientPolicy =>
    principal.person === null ? registry.ofName(clientName ?? null) : registry.ofToken(principal.client)

  const spend = (key: string, units: number, rate: Rate, reason: string): number => {
    const verdict = rates.spend(key, units, rate)
    if (verdict.isAdmitted) return verdict.remaining
    const retryAfterSeconds = Math.max(1, Math.ceil(verdict.retryAfterMs / 1000))
    throw new HubError('RATE_LIMITED', { reason, figures: { retryAfterSeconds } })
  }

  /** The account that pays: a person with a client, or a network of nobody in particular; null: nobody counts. */
  const accountOf = ({ person, client }: Principal, address: string | null | undefined): string | null => {
    if (person !== null) return `${client}\n${person.issuer}\n${person.subject}`
    return address === null || address === undefined ? null : `@${addressPrefix(address)}`
  }

  const charge = (principal: Principal, policy: ClientPolicy, way: WayIn, cost: number, kind: OperationKind): number | null => {
    if (policy.maxCost !== null && cost > policy.maxCost)
      throw new HubError('COST_OVER_LIMIT', { figures: { cost: Math.round(cost), limit: policy.maxCost } })
    const { costPerMinute, actsPerMinute, clientCostPerMinute } = policy
    if (costPerMinute === null && actsPerMinute === null && clientCostPerMinute === null) return null
    const account = accountOf(principal, way.address)
    const units = Math.max(1, cost)
    let remaining: number | null = null
    if (account !== null && actsPerMinute !== null && kind === 'mutation')
      spend(`acts ${account}`, 1, perMinute(actsPerMinute), 'ACTS_PER_MINUTE')
    if (account !== null && costPerMinute !== null) remaining = spend(account, units, perMinute(costPerMinute), 'COST_PER_MINUTE')
    // A client that gives itself a name could otherwise empty the account of the one that bears it.
    if (clientCostPerMinute !== null && principal.person !== null)
      spend(`client ${principal.client}`, units, perMinute(clientCostPerMinute), 'CLIENT_COST_PER_MINUTE')
    return remaining
  }

  return {
    async admit(catalogue, request, { principal, access }, way) {
      const policy = policyOf(principal, way.clientName)
      checkPurpose(principal, policy)
      const isSignedIn = principal.person !== null
      // A name that nobody has proven opens no document of the one that bears it: callers without a token are `anonymous`.
      const chosen = choose(request, { policy, isSignedIn, client: principal.client })
      let remaining: number | null = null
      const ready = await catalogue.ready(chosen.text === request.query ? request : { ...request, query: chosen.text }, {
        limits: chosen.limits,
        access,
        isQueryOnly: way.isQueryOnly,
        ...(way.kinds === undefined ? {} : { kinds: way.kinds }),
        ...(policy.introspection === null ? {} : { mayIntrospect: policy.introspection }),
        charge: (cost, kind) => {
          remaining = charge(principal, policy, way, cost, kind)
        },
      })
      if (chosen.keepAs !== null) persisted?.keep(chosen.keepAs, chosen.text)
      return {
        ...ready,
        costReport: { requested: Math.round(ready.cost), limit: policy.maxCost, remaining },
        isTrusted: chosen.isTrusted,
        mayExplain: policy.mayExplain && isSignedIn,
      }
    },
  }
}
