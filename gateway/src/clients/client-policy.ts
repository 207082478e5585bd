import { z } from 'zod'

import { ANONYMOUS_LIMITS, SIGNED_IN_LIMITS, type DocumentLimits } from '../admission/document-limits.js'
import { PURPOSES } from '../identity/principal.js'

const count = z.number().int().positive()

/** Limits of documents in files; what is left out stays as it is. */
export const LimitsModel = z.strictObject({
  maxTokens: count.max(20_000).optional(),
  maxDepth: count.max(40).optional(),
  maxAliases: count.optional(),
  maxRootFields: count.optional(),
  maxDirectives: count.optional(),
  maxExpandedSelections: count.max(50_000).optional(),
  // The planner's own parser follows 50 levels.
  maxNesting: count.max(45).optional(),
  maxOperations: count.optional(),
  maxVariables: count.optional(),
  maxComparisons: count.max(200_000).optional(),
})

const PolicyModel = z.strictObject({
  limits: LimitsModel.optional(),
  /** Units that one operation may cost; null: no limit. */
  maxCost: count.nullable().optional(),
  /** Units that one person may spend in a minute through this client; null: no limit. */
  costPerMinute: count.nullable().optional(),
  /** Mutations that one person may send in a minute. */
  actsPerMinute: count.nullable().optional(),
  /** Units that all persons together may spend in a minute through this client. */
  clientCostPerMinute: count.nullable().optional(),
  introspection: z.boolean().optional(),
  /** Registered documents alone, whatever the hub's mode says. */
  onlyTrustedDocuments: z.boolean().optional(),
  /** Ids (sha-256) of the only documents that it may run; they must be registered. */
  documents: z.array(z.string().regex(/^[0-9a-f]{64}$/)).optional(),
  /** The only purposes that it may declare. */
  purposes: z.array(z.enum(PURPOSES)).optional(),
})

/** The file of clients: what classes of callers and single clients may do. */
export const ClientsModel = z.strictObject({
  anonymous: PolicyModel.optional(),
  signedIn: PolicyModel.optional(),
  /** By the token's `azp` or `client_id`; for callers without a token by the name they give themselves, which can only narrow. */
  clients: z.record(z.string().min(1).max(128), PolicyModel).optional(),
})

/** Policies as they are written. */
export type ClientsConfig = z.infer<typeof ClientsModel>
type PolicyConfig = z.infer<typeof PolicyModel>

/** What a caller may do, with every default filled in. */
export interface ClientPolicy {
  /** Of the class or the client; for logs. */
  readonly name: string
  readonly limits: DocumentLimits
  readonly maxCost: number | null
  readonly costPerMinute: number | null
  readonly actsPerMinute: number | null
  readonly clientCostPerMinute: number | null
  /** Null: as the release says. */
  readonly introspection: boolean | null
  readonly onlyTrustedDocuments: boolean
  readonly documents: ReadonlySet<string> | null
  readonly purposes: ReadonlySet<string> | null
}

const OPEN = {
  maxCost: null,
  costPerMinute: null,
  actsPerMinute: null,
  clientCostPerMinute: null,
  introspection: null,
  onlyTrustedDocuments: false,
  documents: null,
  purposes: null,
} as const

/** Callers without a token, where nothing else is configured. */
export const ANONYMOUS_POLICY: ClientPolicy = { name: 'anonymous', limits: ANONYMOUS_LIMITS, ...OPEN }
/** Signed-in callers, where nothing else is configured. */
export const SIGNED_IN_POLICY: ClientPolicy = { name: 'signed-in', limits: SIGNED_IN_LIMITS, ...OPEN }

/** A policy with what a file says about it; what the file leaves out stays. */
export const extendPolicy = (name: string, base: ClientPolicy, config: PolicyConfig): ClientPolicy => ({
  ...base,
  ...config,
  name,
  limits: config.limits === undefined ? base.limits : { ...base.limits, ...config.limits },
  documents: config.documents === undefined ? base.documents : new Set(config.documents),
  purposes: config.purposes === undefined ? base.purposes : new Set(config.purposes),
})

const smaller = (left: number | null, right: number | null): number | null =>
  left === null ? right : right === null ? left : Math.min(left, right)
const common = (left: ReadonlySet<string> | null, right: ReadonlySet<string> | null): ReadonlySet<string> | null =>
  left === null ? right : right === null ? left : new Set([...left].filter((item) => right.has(item)))

/** The narrower of two policies in everything: for names that nobody has proven. */
export const narrowPolicy = (name: string, base: ClientPolicy, other: ClientPolicy): ClientPolicy => {
  const limits = Object.fromEntries(
    Object.entries(base.limits).map(([limit, value]) => [limit, Math.min(value, other.limits[limit as keyof DocumentLimits])]),
  ) as unknown as DocumentLimits
  return {
    name,
    limits,
    maxCost: smaller(base.maxCost, other.maxCost),
    costPerMinute: smaller(base.costPerMinute, other.costPerMinute),
    actsPerMinute: smaller(base.actsPerMinute, other.actsPerMinute),
    clientCostPerMinute: smaller(base.clientCostPerMinute, other.clientCostPerMinute),
    introspection: other.introspection === false ? false : base.introspection,
    onlyTrustedDocuments: base.onlyTrustedDocuments || other.onlyTrustedDocuments,
    documents: common(base.documents, other.documents),
    purposes: common(base.purposes, other.purposes),
  }
}
