import type { ClientsConfig } from '../clients/client-policy.js'
import type { DocumentMode } from './choose-document.js'
import type { TrustedDocuments } from './trusted-documents.js'

/** How a hub admits operations; everything left out is open, but the limits of documents always hold. */
export interface AdmissionOptions {
  /** Whether only registered documents run; `allowed` unless said. Production: `required-for-anonymous`. */
  readonly documentMode?: DocumentMode
  /** See `createTrustedDocuments` and `readManifestFolder`. */
  readonly trusted?: TrustedDocuments | null
  /** Automatic persisted queries for Apollo's clients; on unless said. A cache: it never lets in what the mode refuses. */
  readonly persistedQueries?: boolean
  /** Policies of classes and clients; see `readClientsFile`. */
  readonly clients?: ClientsConfig
  /** Callers whose spending is remembered; 50,000 unless said. */
  readonly maxCallers?: number
  /** Monotonic clock in milliseconds; for tests. */
  readonly monotonicMs?: () => number
}

/**
 * Classes of callers for a hub that faces the internet: what one operation may cost, and what one caller may spend in a minute.
 *
 * Of 98 operations in this repository's tests and benches the dearest costs 4,501 units, a case with its whole life 532. Callers
 * without a token are counted by network: behind a proxy all of them are one, so their rate is wide.
 */
export const PRODUCTION_CLASSES: ClientsConfig = {
  anonymous: { maxCost: 10_000, costPerMinute: 600_000, actsPerMinute: 60, introspection: false },
  signedIn: { maxCost: 50_000, costPerMinute: 2_000_000, actsPerMinute: 120 },
}
