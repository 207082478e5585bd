import { z } from 'zod'

import { LimitsModel } from '../clients/client-policy.js'
import { documentHash } from '../planning/document-cache.js'
import type { DocumentLimits } from './document-limits.js'

/** A document that somebody has registered. */
export interface TrustedDocument {
  /** What clients send as `documentId`: `sha256:<hex>`, or the id of the tool that made the manifest. */
  readonly id: string
  /** sha-256 of the text, hexadecimal. */
  readonly hash: string
  readonly text: string
  readonly name: string | null
  /** Clients that may use it; null: all. */
  readonly clients: readonly string[] | null
  /** Limits that hold for this document instead of the caller's. */
  readonly limits: Partial<DocumentLimits>
}

/** Why a manifest, or one of its documents, is not used. */
export interface ManifestFault {
  readonly source: string
  readonly id: string | null
  readonly reason: string
}

const HASH = /^(?:sha256:)?([0-9a-f]{64})$/i

const ApolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1).max(256), body: z.string(), name: z.string().optional() })),
})
const HubManifest = z.strictObject({
  format: z.literal('commonhall-trusted-documents'),
  clients: z.array(z.string().min(1)).optional(),
  limits: LimitsModel.optional(),
  documents: z.record(z.string(), z.string()),
})
const PlainManifest = z.record(z.string(), z.string())

const plainDocuments = (
  source: string,
  entries: Readonly<Record<string, string>>,
  shared: Pick<TrustedDocument, 'clients' | 'limits'>,
  faults: ManifestFault[],
): TrustedDocument[] =>
  Object.entries(entries).flatMap(([key, text]) => {
    const hash = documentHash(text)
    const claimed = HASH.exec(key)?.[1]?.toLowerCase()
    if (claimed === hash) return [{ id: `sha256:${hash}`, hash, text, name: null, ...shared }]
    faults.push({ source, id: key, reason: claimed === undefined ? 'The id is no sha-256.' : `The text has the sha-256 ${hash}.` })
    return []
  })

/**
 * Reads one manifest: `{ "<sha256>": "<text>" }`, Apollo's `apollo-persisted-query-manifest`, or the hub's own format with clients and limits.
 *
 * A document whose id claims another text is left out and reported; the others are taken. Never throws.
 */
export const readManifest = (
  source: string,
  text: string,
  clients: readonly string[] | null = null,
): { readonly documents: readonly TrustedDocument[]; readonly faults: readonly ManifestFault[] } => {
  const faults: ManifestFault[] = []
  const refuse = (reason: string): { documents: []; faults: ManifestFault[] } => ({ documents: [], faults: [{ source, id: null, reason }] })
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return refuse('It is no JSON.')
  }
  const apollo = ApolloManifest.safeParse(given)
  if (apollo.success) {
    const documents = apollo.data.operations.flatMap(({ id, body, name }): TrustedDocument[] => {
      const hash = documentHash(body)
      const claimed = HASH.exec(id)?.[1]?.toLowerCase()
      if (claimed !== undefined && claimed !== hash) {
        faults.push({ source, id, reason: `The text has the sha-256 ${hash}.` })
        return []
      }
      return [{ id: claimed === undefined ? id : `sha256:${hash}`, hash, text: body, name: name ?? null, clients, limits: {} }]
    })
    return { documents, faults }
  }
  const own = HubManifest.safeParse(given)
  if (own.success) {
    const shared = { clients: own.data.clients ?? clients, limits: own.data.limits ?? {} }
    return { documents: plainDocuments(source, own.data.documents, shared, faults), faults }
  }
  const plain = PlainManifest.safeParse(given)
  if (plain.success && !('format' in plain.data)) {
    return { documents: plainDocuments(source, plain.data, { clients, limits: {} }, faults), faults }
  }
  return refuse('It is no manifest: neither { "<sha256>": "<text>" } nor a known format.')
}
