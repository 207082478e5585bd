import type { Rejection } from './reject-report.js'

const REPORT = 'accepted duplicates rejected { line field code message }'
const REFUSAL = '__typename ... on Refusal { code message remedy field }'

/** The documents of the three imports; the results have one shape, but a feature of a grid is counted from 0. */
export const IMPORT_SUGGESTIONS = `mutation ImportSuggestions($input: ImportSuggestionsInput!) {
  result: importSuggestions(input: $input) { ${REFUSAL} ... on ImportReport { ${REPORT} } }
}`

export const IMPORT_RESIDENTS = `mutation ImportResidents($input: ImportResidentsInput!) {
  result: importResidents(input: $input) { ${REFUSAL} ... on ImportReport { ${REPORT} } }
}`

export const IMPORT_GRID = `mutation ImportGrid($input: ImportGridInput!) {
  result: importGrid(input: $input) { ${REFUSAL} ... on GridImportReport { accepted duplicates rejected { line: feature field code message } } }
}`

/** The hub refused the whole import; nothing of this batch was written. */
export class RefusedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

interface Result {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly remedy?: string | null
  readonly field?: string | null
  readonly accepted?: number
  readonly duplicates?: number
  readonly rejected?: readonly Rejection[]
}

/** Reads the result of an import; throws RefusedError with the hub's own sentence and remedy. */
export const readResult = (data: Record<string, unknown>): { accepted: number; duplicates: number; rejected: readonly Rejection[] } => {
  const result = data['result'] as Result | null | undefined
  if (result === null || result === undefined) throw new RefusedError('INTERNAL', 'The hub gave no result.')
  const { __typename, code = '', message = '', remedy, field, accepted = 0, duplicates = 0, rejected = [] } = result
  if (__typename !== 'Refusal') return { accepted, duplicates, rejected }
  const where = typeof field === 'string' ? ` (${field})` : ''
  throw new RefusedError(code, `${code}${where}: ${message}${typeof remedy === 'string' ? ` — ${remedy}` : ''}`)
}
