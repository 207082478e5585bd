export { actors, claimsOf, type TestActor } from './actors.js'
export { appRole, freshDatabase, freshEventLog, PARTY_NAMES, type PartyName, type TestDatabase } from './databases.js'
export { expectDone, expectNoErrors, expectRefusal, REFUSED } from './expectations.js'
export { startTestParty, type TestAnswer, type TestParty, type TestSubscription } from './test-party.js'
export { startTestHub, type PartyFactories, type TestClient, type TestHub, type TestPersona } from './test-hub.js'
export {
  adminUrlOf,
  ask,
  eventually,
  freePort,
  health,
  isAlive,
  personaToken,
  postmasterOf,
  startHubProcess,
  temporaryFolder,
  type Answer,
  type HubProcess,
} from './hub-process.js'
