export { residentById, signedInResident } from './resident.loader.js'
export { bandOfActor } from './resident.store.js'
export { ResidentType } from './resident.type.js'
export { ageBandOf, isBirthYear, type AgeBand, type Resident, type VerificationLevel } from './resident.js'
