import { GraphQLError, type GraphQLSchema } from 'graphql'

import { HubError, maskError } from '../errors/index.js'
import { createExecutor, type CompiledOperation, type Written } from '../execution/index.js'
import type { AssertionClaims } from '../identity/index.js'
import type { LocalSubgraph, SubgraphAnswer, SubgraphName, SubgraphRequest } from '../port/index.js'
import type { Log } from '../telemetry/index.js'
import { localizeError, markError } from './call-errors.js'
import { buildFederatedSchema, type SchemaParts } from './federated-schema.js'
import { createStreams, type StreamSource } from './streams.js'

/** A party's subgraph: executes operations that the hub asserts. `listenSubgraph` puts it behind HTTP. */
export type Subgraph = LocalSubgraph & {
  /** Ends every subscription; calls under way finish. */
  stop(): Promise<void>
}

interface Frame<Context> {
  readonly name: SubgraphName
  readonly log: Log
  readonly clock: { now(): Date }
  /** The request's context with this party's loaders. */
  readonly createContext: (claims: AssertionClaims) => Context
}

export interface SubgraphOptions<Context> extends SchemaParts<Context>, Frame<Context> {}

const LEEWAY_MS = 30_000
/** Subscriptions at most at one time: what they cost is a few KiB and, for each event that concerns them, a read. */
const MAX_STREAMS = 2_000

/** Makes a party's subgraph of its resolvers. */
export const createSubgraph = async <Context extends object>(options: SubgraphOptions<Context>): Promise<Subgraph> =>
  serveSchema({ ...options, ...(await buildFederatedSchema(options)) })

/**
 * Makes a subgraph of a federated schema.
 *
 * Whatever the transport, a call needs claims for this very audience and time; `_service` needs the scope `sdl`. Errors leave
 * in the language of the request with code, remedy and trace id; a bug leaves as INTERNAL and nothing else. An answer is
 * written as JSON text at once; `execute` parses it again for those who want objects.
 */
export const serveSchema = <Context extends object>(
  options: Frame<Context> & { readonly schema: GraphQLSchema; readonly sdl: string },
): Subgraph => {
  const { name, sdl, log } = options
  const executor = createExecutor(options.schema)
  const streams = createStreams<SubgraphAnswer>()

  const errorsText = (errors: readonly GraphQLError[], claims: AssertionClaims): string =>
    JSON.stringify(errors.map((error) => localizeError(markError(error, log), claims)))
  const textOf = ({ data, errors }: Written, claims: AssertionClaims): string => {
    if (errors.length === 0) return `{"data":${data ?? 'null'}}`
    return data === undefined ? `{"errors":${errorsText(errors, claims)}}` : `{"errors":${errorsText(errors, claims)},"data":${data}}`
  }
  const refused = (error: HubError, claims: AssertionClaims): string =>
    JSON.stringify({ errors: [{ ...maskError(error, claims), path: [] }] })

  /** What a call asks for, or the text of its refusal. */
  const prepare = (request: SubgraphRequest, claims: AssertionClaims): CompiledOperation | string => {
    const refusal = checkClaims(claims, name, options.clock.now().getTime(), request.query)
    if (refusal !== null) return refused(refusal, claims)
    const prepared = executor.prepare(request.query, request.operationName)
    if ('errors' in prepared) return textOf({ errors: prepared.errors }, claims)
    const { variables } = request
    if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables)))
      return textOf({ errors: [new GraphQLError('Variables must be an object.')] }, claims)
    return prepared
  }
  const inputOf = (request: SubgraphRequest, claims: AssertionClaims) => ({
    context: options.createContext(claims),
    variables: (request.variables ?? {}) as Record<string, unknown>,
  })

  const executeToText = async (request: SubgraphRequest, claims: AssertionClaims): Promise<string> => {
    const operation = prepare(request, claims)
    if (typeof operation === 'string') return operation
    if (operation.kind === 'subscription')
      return textOf({ errors: [new GraphQLError('A subscription is not executed but subscribed to.')] }, claims)
    return textOf(await operation.run(inputOf(request, claims)), claims)
  }

  const begin = async (
    request: SubgraphRequest,
    claims: AssertionClaims,
  ): Promise<{ readonly only: SubgraphAnswer } | StreamSource<SubgraphAnswer>> => {
    const only = (text: string): { only: SubgraphAnswer } => ({ only: JSON.parse(text) as SubgraphAnswer })
    if (streams.count > MAX_STREAMS) return only(refused(new HubError('TOO_MANY_SUBSCRIPTIONS'), claims))
    const operation = prepare(request, claims)
    if (typeof operation === 'string') return only(operation)
    if (operation.kind !== 'subscription')
      return only(textOf({ errors: [new GraphQLError('Only a subscription can be subscribed to.')] }, claims))
    const events = await operation.events(inputOf(request, claims))
    if ('errors' in events) return only(textOf({ errors: events.errors }, claims))
    return {
      events,
      // A context for each event: loaders that remember would tell yesterday's news, and rights are asked anew.
      write: async (rootValue) =>
        JSON.parse(textOf(await operation.run({ ...inputOf(request, claims), rootValue }), claims)) as SubgraphAnswer,
    }
  }

  return {
    name,
    sdl,
    executeToText,
    execute: async (request, claims) => JSON.parse(await executeToText(request, claims)) as SubgraphAnswer,
    subscribe: (request, claims, signal) =>
      streams.open(signal, {
        begin: () => begin(request, claims),
        onFault(error) {
          log.error({ code: 'INTERNAL', error }, 'a subscription broke')
          return { errors: [{ ...maskError(error, claims), path: [] }] }
        },
      }),
    stop: async () => streams.endAll(),
  }
}

const checkClaims = (claims: AssertionClaims, name: string, nowMs: number, query: string): HubError | null => {
  if (claims.aud !== name || nowMs > claims.exp * 1000 + LEEWAY_MS || nowMs < claims.iat * 1000 - LEEWAY_MS)
    return new HubError('ASSERTION_REFUSED', { detail: 'audience or time' })
  // The word can stand in a string, too; then a legitimate caller is asked to rephrase, which no gateway document needs.
  if (claims.scope !== 'sdl' && /\b_service\b/.test(query)) return new HubError('ASSERTION_REFUSED', { detail: '_service' })
  return null
}
