import { randomBytes } from 'node:crypto'

import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface'
import { GraphQLError } from 'graphql'

import { refusalErrors } from '../door/answers.js'
import { createFederation } from '../federation.js'
import type { FederationOptions } from '../gateway-options.js'
import { principalOf, type Principal } from '../identity/principal.js'
import type { ReleaseInput } from '../release.js'
import type { ReleaseReport, RunningRelease } from '../release/releases.js'

/** What the adapter is made of: a federation, of which everything but the supergraph may be left out. */
export interface CommonhallGatewayOptions<Context> extends Partial<Omit<FederationOptions, 'supergraph' | 'introspection'>> {
  readonly supergraphSdl: string
  /** By subgraph name: another URL, headers, deadlines. */
  readonly parties?: NonNullable<FederationOptions['supergraph']>['parties']
  /** Who asks, from the context value that Apollo Server made; nobody in particular unless given. */
  readonly principalOf?: (contextValue: Context) => Principal
  /** Headers of the client's request that travel to the subgraphs; none unless named. */
  readonly forwardHeaders?: readonly string[]
}

/** A gateway for the `gateway` option of `@apollo/server`. */
export interface CommonhallGateway extends GatewayInterface {
  /** Puts another supergraph in place; Apollo Server is told of the new schema. */
  replace(input: ReleaseInput): Promise<ReleaseReport>
}

const NOBODY = principalOf(null, { actingFor: undefined, purpose: undefined, acceptLanguage: 'en' })

interface Formatted {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

const errorOf = ({ message, path, extensions }: Formatted): GraphQLError => new GraphQLError(message, { path, extensions })

/**
 * The engine as the `gateway` of an `ApolloServer`: Apollo's HTTP layer, plugins and landing page in front, no second execution behind.
 *
 * Apollo Server has parsed and validated each document before; its own settings decide about introspection. The limits of documents
 * of `admission` hold here too. Subscriptions are Apollo Server's gap, not offered by it over a gateway.
 */
export const commonhallGateway = <Context = unknown>(options: CommonhallGatewayOptions<Context>): CommonhallGateway => {
  const { supergraphSdl, parties, principalOf: principalOfContext, forwardHeaders = [], ...rest } = options
  const federation = createFederation({
    subgraphs: [],
    signingKey: null,
    pairwiseKeys: {},
    ...rest,
    introspection: true,
    supergraph: { sdl: supergraphSdl, ...(parties === undefined ? {} : { parties }) },
  })
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>()
  const tell = (listener: GatewaySchemaLoadOrUpdateCallback, { release }: RunningRelease): void =>
    listener({ apiSchema: release.schema, coreSupergraphSdl: release.supergraphSdl })
  federation.releases.onSwap((next) => {
    for (const listener of listeners) tell(listener, next)
  })

  const principalFor = ({ context, request }: GatewayGraphQLRequestContext): Principal => {
    const principal = principalOfContext?.(context as Context) ?? NOBODY
    if (forwardHeaders.length === 0) return principal
    const sent = forwardHeaders.map((name) => [name.toLowerCase(), request.http?.headers.get(name.toLowerCase())] as const)
    return {
      ...principal,
      forwarded: Object.fromEntries(sent.filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string')),
    }
  }

  const executor = async (requestContext: GatewayGraphQLRequestContext): Promise<GatewayExecutionResult> => {
    const traceId = randomBytes(16).toString('hex')
    const principal = principalFor(requestContext)
    const { source, operationName, request } = requestContext
    try {
      const current = federation.releases.current()
      if (current === null) throw new Error('no release is up')
      const operation = { query: source, operationName, variables: request.variables ?? null }
      // Apollo Server lets a GET through for queries alone.
      const answer = await current.engine.run(operation, principal, { traceId, isQueryOnly: false })
      return {
        data: answer.data as Record<string, unknown> | null,
        ...(answer.errors.length > 0 ? { errors: answer.errors.map(errorOf) } : {}),
      }
    } catch (fault) {
      return { errors: (refusalErrors(fault, { language: principal.language, traceId }) as Formatted[]).map(errorOf) }
    }
  }

  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener)
      const current = federation.releases.current()
      if (current !== null) tell(listener, current)
      return () => void listeners.delete(listener)
    },
    async load() {
      await federation.start()
      const current = federation.releases.current()
      if (current !== null) for (const listener of listeners) tell(listener, current)
      return { executor }
    },
    stop: () => federation.close(),
    replace: (input) => federation.replace(input),
  }
}
