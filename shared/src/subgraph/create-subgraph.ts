import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import type { GraphQLFormattedError } from 'graphql'
import { GraphQLError } from 'graphql'

import { HubError, maskError, isErrorCode, ERROR_CODES } from '../errors/index.js'
import type { AssertionClaims, Language } from '../identity/index.js'
import type { LocalSubgraph, SubgraphAnswer, SubgraphName } from '../port/index.js'
import type { Log } from '../telemetry/index.js'
import { buildFederatedSchema, type SchemaParts } from './federated-schema.js'

/** A party's subgraph: executes operations that the hub asserts. `listenSubgraph` puts it behind HTTP. */
export type Subgraph = LocalSubgraph & { stop(): Promise<void> }

export interface SubgraphOptions<Context> extends SchemaParts<Context> {
  readonly name: SubgraphName
  readonly log: Log
  readonly clock: { now(): Date }
  /** The request's context with this party's loaders. */
  readonly createContext: (claims: AssertionClaims) => Context
}

const LEEWAY_MS = 30_000

/**
 * Makes a party's subgraph behind @apollo/server.
 *
 * Whatever the transport, a call needs claims for this very audience and time; `_service` needs the scope `sdl`. Errors leave
 * in the language of the request with code, remedy and trace id; a bug leaves as INTERNAL and nothing else.
 */
export const createSubgraph = async <Context extends object>(options: SubgraphOptions<Context>): Promise<Subgraph> => {
  const { schema, sdl } = await buildFederatedSchema(options)
  const apollo = new ApolloServer<Context>({
    schema,
    // Nothing about a call may ride along in an answer, and nothing is reported to anybody.
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    introspection: false,
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => markError(formatted, error, options.log),
  })
  await apollo.start()
  return {
    name: options.name,
    sdl,
    async execute(request, claims) {
      const refusal = checkClaims(claims, options.name, options.clock.now().getTime(), request.query)
      if (refusal !== null) return { errors: [{ ...maskError(refusal, claims), path: [] }] }
      const response = await apollo.executeOperation(
        { query: request.query, variables: request.variables as Record<string, unknown>, operationName: request.operationName },
        { contextValue: options.createContext(claims) },
      )
      if (response.body.kind !== 'single') throw new HubError('INTERNAL', { detail: 'incremental delivery is not offered' })
      return localize(response.body.singleResult as SubgraphAnswer, claims)
    },
    async *subscribe() {
      throw new HubError('INTERNAL', { detail: 'subscriptions are not offered yet' })
    },
    stop: () => apollo.stop(),
  }
}

const checkClaims = (claims: AssertionClaims, name: string, nowMs: number, query: string): HubError | null => {
  if (claims.aud !== name || nowMs > claims.exp * 1000 + LEEWAY_MS || nowMs < claims.iat * 1000 - LEEWAY_MS)
    return new HubError('ASSERTION_REFUSED', { detail: 'audience or time' })
  // The word can stand in a string, too; then a legitimate caller is asked to rephrase, which no gateway document needs.
  if (claims.scope !== 'sdl' && /\b_service\b/.test(query)) return new HubError('ASSERTION_REFUSED', { detail: '_service' })
  return null
}

/** A value that a resolver gave and its type cannot hold: graphql-js names a place in the document only for what the client wrote. */
const isOfResult = (cause: GraphQLError, formatted: GraphQLFormattedError): boolean =>
  cause.nodes === undefined && formatted.path !== undefined

/** Gives every error its code; runs inside Apollo, where the cause is still known. */
const markError = (formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError => {
  const cause = error instanceof GraphQLError ? error.originalError : error
  if (cause instanceof HubError) {
    if (ERROR_CODES[cause.code].logLevel !== 'info')
      log[ERROR_CODES[cause.code].logLevel]({ code: cause.code, detail: cause.detail, error: cause.cause }, 'a field failed')
    const reason = cause.reason === undefined ? {} : { reason: cause.reason }
    const sentence = cause.sentence === undefined ? {} : { sentence: cause.sentence }
    return { ...formatted, message: cause.message, extensions: { code: cause.code, ...reason, ...sentence } }
  }
  if (cause === undefined || cause === null || (cause instanceof GraphQLError && !isOfResult(cause, formatted)))
    return { ...formatted, extensions: { code: 'BAD_REQUEST' } }
  log.error({ code: 'INTERNAL', error: cause }, 'a bug was met in a resolver')
  return { ...formatted, message: ERROR_CODES.INTERNAL.en, extensions: { code: 'INTERNAL' } }
}

/** Puts sentence, remedy and trace id of the request's language on marked errors. */
const localize = (answer: SubgraphAnswer, request: { readonly language: Language; readonly traceId: string }): SubgraphAnswer => {
  if (answer.errors === undefined) return answer
  return {
    ...answer,
    errors: answer.errors.map((error) => {
      const { sentence, ...extensions } = error.extensions ?? {}
      const code = extensions['code']
      if (typeof code !== 'string' || !isErrorCode(code)) return error
      const entry = ERROR_CODES[code]
      const own = (sentence as Record<Language, string> | undefined)?.[request.language]
      const message = code === 'BAD_REQUEST' ? error.message : (own ?? entry[request.language])
      return { ...error, message, extensions: { ...extensions, remedy: entry.remedy[request.language], traceId: request.traceId } }
    }),
  }
}
