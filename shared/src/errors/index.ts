export { ERROR_CODES, isErrorCode, REFUSAL_CODES, type ErrorCode, type ErrorEntry, type RefusalCode } from './codes.js'
export { HubError, maskError } from './hub-error.js'
export { allowed, refuse, type Decision, type PartyRefValue, type RefusalValue } from './refusal.js'
export { errorReference } from './reference.js'
