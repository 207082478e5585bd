import { composeServices } from '@theguild/federation-composition'
import { GraphQLError, parse } from 'graphql'
import type { DocumentNode } from 'graphql'

/** A subgraph as it is published: its party's name, its SDL, and the address the gateway calls. */
export interface PublishedSubgraph {
  readonly name: string
  readonly sdl: string
  readonly url: string
}

/** Why the schemas do not fit together. `code` is the composer's, such as INVALID_FIELD_SHARING; SDL_MALFORMED is ours. */
export interface CompositionFault {
  readonly code: string
  readonly message: string
}

/** A supergraph, or everything that stands against it. */
export type Composition =
  { readonly ok: true; readonly supergraphSdl: string } | { readonly ok: false; readonly errors: readonly CompositionFault[] }

const faultOf = (error: GraphQLError): CompositionFault => ({
  code: typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'COMPOSITION_FAILED',
  message: error.message,
})

/** The composer returns most faults and throws some, such as a type that is an object here and an interface there. */
function composedOrThrown(services: Parameters<typeof composeServices>[0]): ReturnType<typeof composeServices> {
  try {
    return composeServices(services)
  } catch (error) {
    const { message } = error as { readonly message?: unknown }
    return { errors: [new GraphQLError(typeof message === 'string' ? message : String(error))] }
  }
}

/**
 * Composes the schemas of the parties into one supergraph SDL (join v0.5 or lower), for the gateway, CI and the generators. Pure, and
 * the result does not depend on the order of the subgraphs, so that a committed supergraph changes only when a schema does.
 *
 * Composition asks whether the schemas fit together; whether the parties agreed is the charter's check, which composition cannot see.
 */
export function composeSupergraph(subgraphs: readonly PublishedSubgraph[]): Composition {
  const errors: CompositionFault[] = []
  const services: { name: string; url: string; typeDefs: DocumentNode }[] = []
  for (const { name, sdl, url } of [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    try {
      services.push({ name, url, typeDefs: parse(sdl) })
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      const { line = 1, column = 1 } = error.locations?.[0] ?? {}
      errors.push({ code: 'SDL_MALFORMED', message: `[${name}] ${line}:${column} ${error.message}` })
    }
  }
  if (errors.length > 0) return { ok: false, errors }
  const composed = composedOrThrown(services)
  if (composed.errors) return { ok: false, errors: composed.errors.map(faultOf) }
  return { ok: true, supergraphSdl: composed.supergraphSdl }
}
