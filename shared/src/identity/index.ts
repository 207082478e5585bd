export { ANONYMOUS_CLAIMS, ROLES, type Actor, type ActorPost, type Language, type PartyKind, type Role } from './actor.js'
export {
  ASSERTION_HEADER,
  ASSERTION_LIFETIME_SECONDS,
  bodyDigest,
  claimMembers,
  signAssertion,
  verifyAssertion,
  type AssertionClaims,
  type AssertionFailure,
  type StatedClaims,
} from './assertion.js'
export { batchSignerOf, createBatchSigner, type BatchSigner } from './batch-signer.js'
export { newNonce } from './nonce.js'
export { createReplayGuard, type ReplayGuard } from './replay-guard.js'
export { generateHubKey, loadHubKeys, loadVerifyKey, type HubSigningKey } from './keys.js'
export { pairwiseSubject } from './pairwise.js'
export { actorOf } from './actor-of.js'
