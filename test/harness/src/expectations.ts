import type { TestAnswer } from './test-party.js'

/** Fails with the errors themselves when an answer has any. */
export const expectNoErrors = (answer: TestAnswer): void => {
  if (answer.errors.length > 0) throw new Error(`Unexpected errors: ${JSON.stringify(answer.errors, null, 2)}`)
}

/** The record of a mutation's result; fails when it was refused or failed. The mutation must be the only root field. */
export const expectDone = (answer: TestAnswer): Record<string, unknown> => {
  expectNoErrors(answer)
  const [result] = Object.values(answer.data as Record<string, Record<string, unknown>>)
  if (result === undefined || result === null) throw new Error('The mutation gave nothing.')
  if (result['__typename'] === 'Refusal') throw new Error(`Refused: ${JSON.stringify(result)}`)
  return result
}

/** The refusal of a mutation's result, with its code; the document must select `REFUSED`. */
export const expectRefusal = (answer: TestAnswer, code: string): Record<string, unknown> => {
  expectNoErrors(answer)
  const [result] = Object.values(answer.data as Record<string, Record<string, unknown>>)
  if (result?.['__typename'] !== 'Refusal' || result['code'] !== code)
    throw new Error(`Expected the refusal ${code}, got ${JSON.stringify(result)}`)
  return result
}

/** What a test's mutation selects of a result besides its own type. */
export const REFUSED = '__typename ... on Refusal { code message remedy field party { kind id name } }'
