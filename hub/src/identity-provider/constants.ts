/**
 * The issuer of the demo: a constant name, whatever the port. Pseudonyms of residents are made from it, so it must never move;
 * on the default port it is also the real address, and a stock OpenID Connect client finds everything by discovery.
 */
export const DEMO_ISSUER = 'http://localhost:4000/oidc'
/** Where the provider hangs below the gateway's address. */
export const DEMO_PATH = '/oidc'
/** Whom access tokens are for. */
export const DEMO_AUDIENCE = 'urn:commonhall:hub'
/** The grant that gives a terminal the token of a persona, without a page. */
export const PERSONA_GRANT = 'urn:commonhall:demo:persona'
