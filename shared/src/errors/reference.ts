import { ERROR_CODES, REFUSAL_CODES, type ErrorCode } from './codes.js'

const section = (code: ErrorCode): string => {
  const entry = ERROR_CODES[code]
  return `### ${code}\n\nHTTP ${entry.status} · log ${entry.logLevel}\n\n- zh: ${entry.zh} → ${entry.remedy.zh}\n- en: ${entry.en} → ${entry.remedy.en}\n`
}

/** The page of all codes, from the catalogue; committed as `docs/reference/errors.md` and checked for drift. */
export const errorReference = (): string => {
  const failures = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => !(REFUSAL_CODES as readonly string[]).includes(code))
  return [
    '# Errors and refusals',
    'Generated from `shared/src/errors/codes.ts` by `npm run generate`; do not edit.',
    'A **refusal** is an expected "no": a value of the result union (`... on Refusal { code message party remedy field }`), nothing was written. A **failure** stands in `errors[].extensions.code`; `traceId` leads the operator to the log line. Codes are stable; sentences follow `Accept-Language`.',
    '## Refusals',
    ...REFUSAL_CODES.map(section),
    '## Failures',
    ...failures.map(section),
  ].join('\n\n')
}
