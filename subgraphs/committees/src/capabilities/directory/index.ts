export { findKnownFunction, findKnownParties } from './directory.store.js'
export { DepartmentStub, FunctionItemStub, NonprofitStub, partyStub, ResidentStub } from './foreign.type.js'
export type { KnownFunction } from './known-function.js'
export { MEDIATION_FORM, type KnownParty } from './known-party.js'
