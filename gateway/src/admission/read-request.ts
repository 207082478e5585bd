import { HubError } from '@commonhall/shared/errors'

import { isForbiddenKey } from '../execution/adopt-answer.js'
import type { OperationRequest } from '../planning/operation-catalogue.js'

const MAX_VARIABLE_DEPTH = 32

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

/** Half a character: JSON can escape it, but no party's database can keep it. */
const LONE_SURROGATE = /\p{Surrogate}/u

const checkText = (text: string): void => {
  if (LONE_SURROGATE.test(text)) throw bad('TEXT_IS_NO_UNICODE')
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

const requestOf = (fields: Readonly<Record<string, unknown>>): OperationRequest => {
  const { query, operationName, variables } = fields
  if (typeof query !== 'string' || query === '') throw bad('QUERY_MISSING')
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') throw bad('OPERATION_NAME_IS_NO_STRING')
  if (variables !== undefined && variables !== null && !isRecord(variables)) throw bad('VARIABLES_ARE_NO_OBJECT')
  const { extensions } = fields
  if (extensions !== undefined && extensions !== null && !isRecord(extensions)) throw bad('EXTENSIONS_ARE_NO_OBJECT')
  checkText(query)
  checkValue(variables, 0)
  return { query, operationName: operationName ?? null, variables: variables ?? null }
}

/** The request in a POST body. Refused as BAD_REQUEST: no JSON, a batch, wrong types, keys that could reach a prototype. */
export const requestOfBody = (text: string): OperationRequest => {
  const body = parseJson(text, 'BODY_IS_NO_JSON')
  if (Array.isArray(body)) throw bad('BATCHES_ARE_NOT_OFFERED')
  if (!isRecord(body)) throw bad('BODY_IS_NO_OBJECT')
  return requestOf(body)
}

/** The request in the parameters of a GET. */
export const requestOfParameters = (parameters: URLSearchParams): OperationRequest => {
  const variables = parameters.get('variables')
  const extensions = parameters.get('extensions')
  return requestOf({
    query: parameters.get('query') ?? undefined,
    operationName: parameters.get('operationName') ?? undefined,
    variables: variables === null || variables === '' ? undefined : parseJson(variables, 'VARIABLES_ARE_NO_JSON'),
    extensions: extensions === null || extensions === '' ? undefined : parseJson(extensions, 'EXTENSIONS_ARE_NO_JSON'),
  })
}
