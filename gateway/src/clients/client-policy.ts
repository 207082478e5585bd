import { z } from 'zod'

import { ANONYMOUS_LIMITS, SIGNED_IN_LIMITS, type DocumentLimits } from '../admission/document-limits.js'
import { PURPOSES } from '../identity/principal.js'

const count = z.number().int().positive()

/** Limits of documents in files; what is left out stays as it is. */
export const LimitsModel = z.strictObject({
  maxTokens: count.max(20_000).optional().describe('words of a document'),
  maxDepth: count.max(40).optional().describe('fields inside fields'),
  maxAliases: count.optional().describe('aliases, fragments expanded'),
  maxRootFields: count.optional().describe('fields at the root'),
  maxDirectives: count.optional().describe('directives of a document'),
  maxExpandedSelections: count.max(50_000).optional().describe('fields when all fragments are expanded'),
  // The planner's own parser follows 50 levels.
  maxNesting: count.max(45).optional().describe('brackets inside brackets'),
  maxOperations: count.optional().describe('operations of a document'),
  maxVariables: count.optional().describe('variables of a document'),
  maxComparisons: count.max(200_000).optional().describe('comparisons of fields that validation would make'),
  maxIntrospection: count
    .max(10_000_000)
    .optional()
    .describe('values that introspection would answer, by an estimate; 430,000 for the query of tools'),
})

const PolicyModel = z.strictObject({
  limits: LimitsModel.optional().describe('limits of one document'),
  maxCost: count.nullable().optional().describe('units that one operation may cost; null: no limit'),
  costPerMinute: count.nullable().optional().describe('units that one person may spend in a minute; null: no limit'),
  actsPerMinute: count.nullable().optional().describe('mutations that one person may send in a minute'),
  clientCostPerMinute: count.nullable().optional().describe('units that all persons together may spend in a minute through this client'),
  introspection: z.boolean().optional().describe('may ask about the schema'),
  mayExplain: z
    .boolean()
    .optional()
    .describe('may see plan, timings and cost of its own operations (header `hub-explain`); never without a token'),
  onlyTrustedDocuments: z.boolean().optional().describe('registered documents alone, whatever the mode says'),
  documents: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .optional()
    .describe('ids (sha-256) of the only documents that it may run; they must be registered'),
  purposes: z.array(z.enum(PURPOSES)).optional().describe('the only purposes that it may declare'),
})

/** The file of clients: what classes of callers and single clients may do. */
export const ClientsModel = z.strictObject({
  anonymous: PolicyModel.optional().describe('callers without a token'),
  signedIn: PolicyModel.optional().describe('callers with a token'),
  clients: z
    .record(z.string().min(1).max(128), PolicyModel)
    .optional()
    .describe("by the token's `azp` or `client_id`; for callers without a token by the name they give themselves, which can only narrow"),
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
  /** May see how its own operations are run. */
  readonly mayExplain: boolean
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
  mayExplain: false,
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
    // A name that nobody has proven opens nothing.
    mayExplain: false,
    onlyTrustedDocuments: base.onlyTrustedDocuments || other.onlyTrustedDocuments,
    documents: common(base.documents, other.documents),
    purposes: common(base.purposes, other.purposes),
  }
}
