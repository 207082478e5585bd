export { maskContact, maskName } from './mask.js'
export { type ForbiddenFinding, type ForbiddenKind } from './numbers.js'
export { scanForbiddenData } from './scan.js'
export { faultOfStoredText } from './stored-text.js'
