export { findKnownFunction, findKnownParties } from './directory.store.js'
export { FunctionItemStub, partyStub, ResidentStub } from './foreign.type.js'
export type { KnownFunction } from './known-function.js'
export { MEDIATION_FORM } from './known-party.js'
