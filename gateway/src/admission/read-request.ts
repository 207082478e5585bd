import { HubError } from '@commonhall/shared/errors'

import { isForbiddenKey } from '../execution/forbidden-keys.js'
import type { OperationRequest } from '../planning/operation-catalogue.js'

const MAX_VARIABLE_DEPTH = 32
const MAX_DOCUMENT_ID_LENGTH = 256

const bad = (reason: string): HubError => new HubError('BAD_REQUEST', { reason })

const parseJson = (text: string, reason: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // No cause: the message of JSON.parse repeats a piece of the client's text.
    throw bad(reason)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Half a character: JSON can escape it, but no party's database can keep it. In the language since ES2024, in Node since 20. */
const isWellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed()

const checkText = (text: string): void => {
  if (!isWellFormed(text)) throw bad('TEXT_IS_NO_UNICODE')
}

const checkValue = (value: unknown, depth: number): void => {
  if (typeof value === 'string') return checkText(value)
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_VARIABLE_DEPTH) throw bad('VARIABLES_NESTED_TOO_DEEPLY')
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, depth + 1)
    return
  }
  for (const key of Object.keys(value)) {
    if (isForbiddenKey(key)) throw bad('RESERVED_KEY')
    checkValue((value as Record<string, unknown>)[key], depth + 1)
  }
}

const optionalText = (value: unknown, reason: string): string | null => {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw bad(reason)
  return value
}

const SHA256 = /^[0-9a-f]{64}$/i

/** The hash of an automatic persisted query, as Apollo's clients send it; other extensions are ignored. */
const persistedQueryOf = (extensions: Readonly<Record<string, unknown>> | null): string | null => {
  const asked = extensions?.['persistedQuery']
  if (asked === undefined || asked === null) return null
  if (!isRecord(asked) || asked['version'] !== 1) throw bad('PERSISTED_QUERY_VERSION')
  const hash = asked['sha256Hash']
  if (typeof hash !== 'string' || !SHA256.test(hash)) throw bad('PERSISTED_QUERY_HASH')
  return hash.toLowerCase()
}

const requestOf = (fields: Readonly<Record<string, unknown>>): OperationRequest => {
  const { variables, extensions } = fields
  const query = optionalText(fields['query'], 'QUERY_MISSING') ?? ''
  const documentId = optionalText(fields['documentId'], 'DOCUMENT_ID_IS_NO_STRING')
  const operationName = optionalText(fields['operationName'], 'OPERATION_NAME_IS_NO_STRING')
  if (variables !== undefined && variables !== null && !isRecord(variables)) throw bad('VARIABLES_ARE_NO_OBJECT')
  if (extensions !== undefined && extensions !== null && !isRecord(extensions)) throw bad('EXTENSIONS_ARE_NO_OBJECT')
  const persistedQueryHash = persistedQueryOf(extensions ?? null)
  if (documentId !== null && (documentId === '' || documentId.length > MAX_DOCUMENT_ID_LENGTH)) throw bad('DOCUMENT_ID')
  // Two documents in one request: what runs must not depend on who reads it.
  if (documentId !== null && (query !== '' || persistedQueryHash !== null)) throw bad('QUERY_BESIDE_DOCUMENT_ID')
  if (query === '' && documentId === null && persistedQueryHash === null) throw bad('QUERY_MISSING')
  checkText(query)
  checkValue(variables, 0)
  return { query, operationName, variables: variables ?? null, documentId, persistedQueryHash }
}

/** The request in a POST body. Refused as BAD_REQUEST: no JSON, a batch, wrong types, keys that could reach a prototype. */
export const requestOfBody = (text: string): OperationRequest => {
  const body = parseJson(text, 'BODY_IS_NO_JSON')
  if (Array.isArray(body)) throw bad('BATCHES_ARE_NOT_OFFERED')
  return requestOfPayload(body)
}

/** The request in a value that is parsed already, such as the payload of a WebSocket message; refused as bodies are. */
export const requestOfPayload = (payload: unknown): OperationRequest => {
  if (!isRecord(payload)) throw bad('BODY_IS_NO_OBJECT')
  return requestOf(payload)
}

/** The request in the parameters of a GET. */
export const requestOfParameters = (parameters: URLSearchParams): OperationRequest => {
  const variables = parameters.get('variables')
  const extensions = parameters.get('extensions')
  return requestOf({
    query: parameters.get('query') ?? undefined,
    documentId: parameters.get('documentId') ?? undefined,
    operationName: parameters.get('operationName') ?? undefined,
    variables: variables === null || variables === '' ? undefined : parseJson(variables, 'VARIABLES_ARE_NO_JSON'),
    extensions: extensions === null || extensions === '' ? undefined : parseJson(extensions, 'EXTENSIONS_ARE_NO_JSON'),
  })
}
