/**
 * The part of oidc-provider 9.13 that the demo identity provider uses; the package ships no types.
 *
 * Entered below `lib/` because its index prints a warning about the runtime at import; the exact version is pinned.
 */
declare module 'oidc-provider/lib/provider.js' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface OidcClient {
    readonly clientId: string
  }
  export interface OidcContext {
    readonly oidc: {
      readonly client: OidcClient
      readonly params: Readonly<Record<string, unknown>>
      entity(name: string, value: object): void
    }
    body: unknown
  }
  export interface OidcGrant {
    addOIDCScope(scope: string): void
    addResourceScope(resource: string, scope: string): void
    save(): Promise<string>
  }
  export interface OidcAccessToken {
    readonly accountId?: string
    readonly expiration: number
    resourceServer: unknown
    save(): Promise<string>
  }
  export interface OidcInteraction {
    readonly uid: string
    readonly prompt: { readonly name: string }
    readonly params: Readonly<Record<string, unknown>>
    readonly session?: { readonly accountId: string }
  }
  export class Provider {
    constructor(issuer: string, configuration: object)
    readonly issuer: string
    proxy: boolean
    readonly Grant: new (values: { accountId: string; clientId: string }) => OidcGrant
    readonly AccessToken: new (values: object) => OidcAccessToken
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    registerGrantType(name: string, handler: (context: OidcContext) => Promise<void>, parameters: readonly string[]): void
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<OidcInteraction>
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object, options?: object): Promise<void>
    on(event: string, listener: (...values: unknown[]) => void): this
  }
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  const MemoryAdapter: new (name: string) => object
  export default MemoryAdapter
}

declare module 'oidc-provider/lib/helpers/resource_server.js' {
  export default class ResourceServer {
    constructor(identifier: string, values: object)
  }
}

declare module 'oidc-provider/lib/helpers/errors.js' {
  export class InvalidRequest extends Error {
    constructor(description: string)
  }
}
