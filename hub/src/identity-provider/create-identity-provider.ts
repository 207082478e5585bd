import type { IncomingMessage, ServerResponse } from 'node:http'

import { Provider, type OidcContext } from 'oidc-provider/lib/provider.js'
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js'
import { InvalidRequest } from 'oidc-provider/lib/helpers/errors.js'
import ResourceServer from 'oidc-provider/lib/helpers/resource_server.js'

import { DEMO_AUDIENCE, DEMO_ISSUER, DEMO_PATH, PERSONA_GRANT } from './constants.js'
import { answerInteraction } from './interaction.js'
import { claimsOf, subjectOf, type Persona } from './personas.js'

const HOUR_SECONDS = 3600
const TOKEN_SECONDS = HOUR_SECONDS
const RESOURCE = {
  audience: DEMO_AUDIENCE,
  scope: 'hub',
  accessTokenFormat: 'jwt',
  accessTokenTTL: TOKEN_SECONDS,
  jwt: { sign: { alg: 'EdDSA' } },
}
/** Loopback addresses of a front-end in development; the port is free to choose (RFC 8252, section 7.3). */
const REDIRECTS = ['127.0.0.1', 'localhost'].flatMap((host) => [`http://${host}/`, `http://${host}/callback`])

/** A request handler for everything below the provider's path; the caller has matched the path. */
export type IdentityProviderHandler = (request: IncomingMessage, response: ServerResponse) => void

/** What the demo identity provider signs with; kept in the data folder (0600), so that tokens outlive a restart. */
export interface IdentityProviderKeys {
  /** Ed25519 private key as JWK with `kid`, `alg` and `use`. */
  readonly signingJwk: Readonly<Record<string, unknown>>
  readonly cookieSecret: string
}

/**
 * The OpenID Connect provider of the demo: its people are the personas, and nobody needs a password.
 *
 * For demonstration and tests only: whoever reaches it may be anybody, so it must listen on loopback and is refused in
 * production mode by the caller. Access tokens are JWTs (EdDSA, RFC 9068) for the gateway's audience, valid one hour.
 * Two ways in: authorization code with PKCE and a page of personas (client `commonhall-app`, loopback redirects), and the
 * grant `urn:commonhall:demo:persona` with the parameter `persona` (client `commonhall-cli`) for terminals and tests.
 */
export const createIdentityProvider = (options: {
  readonly keys: IdentityProviderKeys
  readonly personas: readonly Persona[]
}): IdentityProviderHandler => {
  const bySubject = new Map(options.personas.map((persona) => [subjectOf(persona), persona]))
  const provider = new Provider(DEMO_ISSUER, configurationOf(options.keys, bySubject))
  provider.registerGrantType(PERSONA_GRANT, (context) => grantPersona(provider, options.personas, context), ['persona'])
  const answer = provider.callback()
  return (request, response) => {
    // The provider finds its mount path by comparing the two, as Express and Connect leave them.
    const mounted = request as IncomingMessage & { originalUrl?: string }
    mounted.originalUrl = request.url
    request.url = (request.url ?? '').slice(DEMO_PATH.length) || '/'
    if (request.url.startsWith('/interaction/')) {
      answerInteraction({ provider, personas: options.personas, request, response }).catch(() => {
        if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' })
        response.end('登录已过期,请重新开始。 This sign-in is over; please begin again.\n')
      })
      return
    }
    answer(request, response)
  }
}

const configurationOf = (keys: IdentityProviderKeys, bySubject: ReadonlyMap<string, Persona>): object => ({
  // Sessions of a demo may end with the process; tokens do not, since only their signature counts.
  adapter: class extends MemoryAdapter {},
  jwks: { keys: [keys.signingJwk] },
  cookies: { keys: [keys.cookieSecret], short: { path: '/' }, long: { path: '/' } },
  clientDefaults: { id_token_signed_response_alg: 'EdDSA' },
  enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
  clients: [
    {
      client_id: 'commonhall-app',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: REDIRECTS,
    },
    {
      client_id: 'commonhall-cli',
      token_endpoint_auth_method: 'none',
      grant_types: [PERSONA_GRANT],
      response_types: [],
      redirect_uris: [],
    },
  ],
  scopes: ['openid'],
  claims: { openid: ['sub'] },
  pkce: { required: () => true },
  clientBasedCORS: (_context: unknown, origin: string) => /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin),
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => DEMO_AUDIENCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => RESOURCE,
    },
  },
  interactions: { url: (_context: unknown, interaction: { uid: string }) => `${DEMO_PATH}/interaction/${interaction.uid}` },
  findAccount: (_context: unknown, subject: string) =>
    bySubject.has(subject) ? { accountId: subject, claims: () => ({ sub: subject }) } : undefined,
  extraTokenClaims: (_context: unknown, token: { accountId?: string }) => {
    const persona = bySubject.get(token.accountId ?? '')
    return persona === undefined ? undefined : claimsOf(persona)
  },
  ttl: {
    AccessToken: TOKEN_SECONDS,
    AuthorizationCode: 60,
    IdToken: TOKEN_SECONDS,
    Interaction: HOUR_SECONDS,
    Session: 24 * HOUR_SECONDS,
    Grant: 24 * HOUR_SECONDS,
  },
  renderError: (context: { type: string; body: unknown }, out: Readonly<Record<string, string>>) => {
    context.type = 'text/plain; charset=utf-8'
    context.body = `${out['error'] ?? 'error'}: ${out['error_description'] ?? ''}\n`
  },
})

/** The terminal's way in: names a persona, gets a token. */
const grantPersona = async (provider: Provider, personas: readonly Persona[], context: OidcContext): Promise<void> => {
  const { client, params } = context.oidc
  const persona = personas.find(({ name }) => name === params['persona'])
  if (persona === undefined) throw new InvalidRequest(`no such persona; there are: ${personas.map(({ name }) => name).join(', ')}`)
  const accountId = subjectOf(persona)
  const grant = new provider.Grant({ accountId, clientId: client.clientId })
  grant.addResourceScope(DEMO_AUDIENCE, 'hub')
  const token = new provider.AccessToken({
    accountId,
    client,
    grantId: await grant.save(),
    gty: PERSONA_GRANT,
    scope: 'hub',
    extra: claimsOf(persona),
  })
  token.resourceServer = new ResourceServer(DEMO_AUDIENCE, RESOURCE)
  context.oidc.entity('AccessToken', token)
  const value = await token.save()
  context.body = { access_token: value, token_type: 'Bearer', expires_in: token.expiration, scope: 'hub' }
}
