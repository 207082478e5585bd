import type { TrustedIssuer } from '@commonhall/gateway'

import { DEMO_AUDIENCE, DEMO_ISSUER } from './identity-provider/constants.js'
import type { StartContext } from './start-context.js'

/** Whom the gateway trusts: the operator's issuer, or the demo's with its keys at `demoJwksUri`; nobody when there is neither. */
export const trustedIssuers = (context: Pick<StartContext, 'issuer' | 'personas'>, demoJwksUri: string): readonly TrustedIssuer[] => {
  if (context.issuer !== null) return [context.issuer]
  return context.personas === null ? [] : [{ issuer: DEMO_ISSUER, audience: DEMO_AUDIENCE, jwksUri: demoJwksUri }]
}
