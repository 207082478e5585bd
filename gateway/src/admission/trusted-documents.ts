import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { HubError } from '@commonhall/shared/errors'

import { InvalidDocument, type OperationCatalogue } from '../planning/operation-catalogue.js'
import { SIGNED_IN_LIMITS, type DocumentLimits } from './document-limits.js'
import { readManifest, type ManifestFault, type TrustedDocument } from './trusted-manifest.js'

/** The registered documents of one hub. */
export interface TrustedDocuments {
  /** By `documentId`: with or without the prefix `sha256:`, or the id of the manifest's tool. */
  find(documentId: string): RegisteredDocument | undefined
  findByHash(hash: string): RegisteredDocument | undefined
  /** By the text itself, so that clients which send it need no id. */
  findByText(text: string): RegisteredDocument | undefined
  readonly size: number
  readonly faults: readonly ManifestFault[]
  /** Checks every document against a release; gives the event loop free after each. For the start and for every new release. */
  validate(catalogue: Pick<OperationCatalogue, 'check'>): Promise<TrustedReport>
}

/** A registered document with the limits that hold for it. */
export interface RegisteredDocument extends Omit<TrustedDocument, 'limits'> {
  readonly limits: DocumentLimits
  isFor(client: string): boolean
}

/** What became of the registered documents on one release, for the operator. */
export interface TrustedReport {
  readonly accepted: number
  /** Documents that this release cannot run, with the first reason of each. */
  readonly refused: ReadonlyArray<{ readonly id: string; readonly name: string | null; readonly reason: string }>
}

/** A text with the name of where it came from. */
export interface ManifestText {
  readonly source: string
  readonly text: string
  /** Clients that may use what stands in it; all when left out. */
  readonly clients?: readonly string[]
}

const register = (document: TrustedDocument): RegisteredDocument => {
  const clients = document.clients === null ? null : new Set(document.clients)
  // What an operator has registered was looked at by a person: it has the wide limits, and those of its manifest.
  return { ...document, limits: { ...SIGNED_IN_LIMITS, ...document.limits }, isFor: (client) => clients === null || clients.has(client) }
}

const merge = (left: RegisteredDocument | undefined, right: RegisteredDocument): RegisteredDocument =>
  left === undefined
    ? right
    : {
        ...left,
        // Registered twice: whoever may use it by either manifest may use it, with the larger of both limits.
        limits: Object.fromEntries(
          Object.entries(left.limits).map(([limit, value]) => [limit, Math.max(value, right.limits[limit as keyof DocumentLimits])]),
        ) as unknown as DocumentLimits,
        isFor: (client) => left.isFor(client) || right.isFor(client),
      }

const reasonOf = (error: unknown): string => {
  if (error instanceof InvalidDocument) return error.errors[0]?.message ?? error.message
  if (error instanceof HubError) return error.reason ?? error.code
  throw error
}

/** Registers the documents of manifests; faulty ones are left out and listed in `faults`. Cost: one sha-256 for each document. */
export const createTrustedDocuments = (manifests: readonly ManifestText[]): TrustedDocuments => {
  const faults: ManifestFault[] = []
  const byHash = new Map<string, RegisteredDocument>()
  const hashOfId = new Map<string, string>()
  for (const { source, text, clients } of manifests) {
    const manifest = readManifest(source, text, clients ?? null)
    faults.push(...manifest.faults)
    for (const document of manifest.documents) {
      const claimed = hashOfId.get(document.id)
      if (claimed !== undefined && claimed !== document.hash) {
        faults.push({ source, id: document.id, reason: 'Another manifest registers another text under this id.' })
        continue
      }
      byHash.set(document.hash, merge(byHash.get(document.hash), register(document)))
      hashOfId.set(document.id, document.hash)
      hashOfId.set(document.hash, document.hash)
      hashOfId.set(`sha256:${document.hash}`, document.hash)
    }
  }
  const byText = new Map([...byHash.values()].map((document) => [document.text, document] as const))
  return {
    find: (documentId) => byHash.get(hashOfId.get(documentId) ?? ''),
    findByHash: (hash) => byHash.get(hash),
    findByText: (text) => byText.get(text),
    size: byHash.size,
    faults,
    async validate(catalogue) {
      const refused: Array<TrustedReport['refused'][number]> = []
      for (const { id, name, text, limits } of byHash.values()) {
        try {
          catalogue.check(text, limits)
        } catch (error) {
          refused.push({ id, name, reason: reasonOf(error) })
        }
        await nextTurn()
      }
      return { accepted: byHash.size - refused.length, refused }
    },
  }
}

/**
 * The manifests of a folder: `*.json` for all clients, `<client>/*.json` for that client alone; read once, in the order of their names.
 *
 * Throws when the folder cannot be read: a hub that asks for registered documents must not start without them.
 */
export const readManifestFolder = (folder: string): ManifestText[] => {
  const filesOf = (path: string, clients?: readonly string[]): ManifestText[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map(({ name }) => name)
      .sort()
      .map((name) => ({ source: name, text: readFileSync(join(path, name), 'utf8'), ...(clients === undefined ? {} : { clients }) }))
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = folders.map(({ name }) => name).sort()
  return [...filesOf(folder), ...names.flatMap((name) => filesOf(join(folder, name), [name]))]
}
