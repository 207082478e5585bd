import type { ByteText } from '../transport/party-link.js'
import type { OperationAnswer } from './execute-operation.js'
import { jsonBytes } from './json-bytes.js'

/** The body of an answer as bytes: data as it was put together, errors only when there are some, extensions only when given. */
export const answerText = (answer: OperationAnswer, extensions: Readonly<Record<string, unknown>> | null): ByteText => {
  const errors = answer.errors.length > 0 ? `,"errors":${jsonBytes(answer.errors)}` : ''
  const further = extensions === null ? '' : `,"extensions":${jsonBytes(extensions)}`
  return `{"data":${answer.dataText}${errors}${further}}`
}
