import type { ErrorEntry } from './error-entry.js'
import { FAILURES } from './failures.js'
import { REFUSALS } from './refusals.js'

export type { ErrorEntry } from './error-entry.js'

/** Codes of expected refusals: values of the enum `RefusalCode` in every schema. Front-ends translate by code. */
export type RefusalCode = keyof typeof REFUSALS
/** Every code that a caller can meet, as refusal or in `errors[].extensions.code`. */
export type ErrorCode = RefusalCode | keyof typeof FAILURES

/** The one catalogue; `docs/reference/errors.md` is generated from it. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorEntry>> = { ...REFUSALS, ...FAILURES }

/** The refusal codes, in the order of the catalogue. */
export const REFUSAL_CODES = Object.keys(REFUSALS) as readonly RefusalCode[]

/** Whether a text is a code of the catalogue. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CODES, code)
