import { HubError } from '@commonhall/shared/errors'

import type { ClientPolicy } from '../clients/client-policy.js'
import type { OperationRequest } from '../planning/operation-catalogue.js'
import type { DocumentLimits } from './document-limits.js'
import { checkPersistedHash, persistedQueryNotFound, persistedQueryNotSupported, type PersistedQueries } from './persisted-queries.js'
import type { RegisteredDocument, TrustedDocuments } from './trusted-documents.js'

/** Who may send free text: everybody (registered ids are not looked at, or are), signed-in callers, nobody. */
export type DocumentMode = 'off' | 'allowed' | 'required-for-anonymous' | 'required'

/** The document that a request means. */
export interface ChosenDocument {
  readonly text: string
  readonly limits: DocumentLimits
  readonly isTrusted: boolean
  /** Set when the text may be kept under this hash once it has passed. */
  readonly keepAs: string | null
}

/** Who asks, as far as this decision goes. */
export interface DocumentCaller {
  readonly policy: ClientPolicy
  readonly isSignedIn: boolean
  /** As the token says; `anonymous` without one. */
  readonly client: string
}

const notFound = (): HubError => new HubError('PERSISTED_DOCUMENT_NOT_FOUND')

/**
 * Decides which document runs: a registered one by id, hash or text; a text of the cache of persisted queries; or free text.
 *
 * Where registered documents are required, everything else is refused with one error and before anything is parsed, so that nothing
 * can be learned about the schema; persisted queries are then neither read nor kept. A document registered for other clients is
 * answered as if there were none.
 */
export const createDocumentChooser = (options: {
  readonly mode: DocumentMode
  readonly trusted: TrustedDocuments | null
  readonly persisted: PersistedQueries | null
}): ((request: OperationRequest, caller: DocumentCaller) => ChosenDocument) => {
  const trusted = options.mode === 'off' ? null : options.trusted
  const needsTrusted = ({ policy, isSignedIn }: DocumentCaller): boolean =>
    policy.onlyTrustedDocuments ||
    policy.documents !== null ||
    options.mode === 'required' ||
    (options.mode === 'required-for-anonymous' && !isSignedIn)
  const mayUse = (document: RegisteredDocument | undefined, { policy, client }: DocumentCaller): document is RegisteredDocument =>
    document !== undefined && document.isFor(client) && (policy.documents === null || policy.documents.has(document.hash))
  const registered = (document: RegisteredDocument): ChosenDocument => ({
    text: document.text,
    limits: document.limits,
    isTrusted: true,
    keepAs: null,
  })
  const free = (text: string, { policy }: DocumentCaller, keepAs: string | null): ChosenDocument => ({
    text,
    limits: policy.limits,
    isTrusted: false,
    keepAs,
  })

  return (request, caller) => {
    const { query, documentId, persistedQueryHash: hash } = request
    if (documentId !== null && documentId !== undefined) {
      const document = trusted?.find(documentId)
      if (!mayUse(document, caller)) throw notFound()
      return registered(document)
    }
    if (query !== '') {
      const document = trusted === null || trusted.size === 0 ? undefined : trusted.findByText(query)
      if (hash !== null && hash !== undefined) checkPersistedHash(hash, query)
      if (mayUse(document, caller)) return registered(document)
      if (needsTrusted(caller)) throw new HubError('DOCUMENT_NOT_TRUSTED')
      return free(query, caller, options.persisted === null ? null : (hash ?? null))
    }
    if (hash === null || hash === undefined) throw new HubError('BAD_REQUEST', { reason: 'QUERY_MISSING' })
    const document = trusted?.findByHash(hash)
    if (mayUse(document, caller)) return registered(document)
    if (options.persisted === null || needsTrusted(caller)) throw persistedQueryNotSupported()
    const text = options.persisted.find(hash)
    if (text === undefined) throw persistedQueryNotFound()
    return free(text, caller, null)
  }
}
