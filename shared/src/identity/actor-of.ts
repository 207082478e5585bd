import type { Actor } from './actor.js'
import type { AssertionClaims } from './assertion.js'

/** The actor of a verified assertion. Pure; the claims must have passed `verifyAssertion` or come from the local transport. */
export const actorOf = (claims: AssertionClaims): Actor => ({
  subject: claims.sub,
  roles: claims.roles,
  actingFor: claims.actingFor,
  client: claims.client,
  purpose: claims.purpose,
  language: claims.language,
})
