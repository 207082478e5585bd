export { actors, claimsOf, type TestActor } from './actors.js'
export { appRole, freshDatabase, freshEventLog, PARTY_NAMES, type PartyName, type TestDatabase } from './databases.js'
export { expectDone, expectNoErrors, expectRefusal, REFUSED } from './expectations.js'
export { startTestParty, type TestAnswer, type TestParty } from './test-party.js'
