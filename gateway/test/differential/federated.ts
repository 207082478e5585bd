import { buildSchema, isAbstractType, isObjectType } from 'graphql'
import { createClient } from 'graphql-sse'

import { composeSupergraph } from '@commonhall/shared/composition'
import type { LocalSubgraph, SubgraphAnswer, SubgraphName } from '@commonhall/shared/port'

import { createGateway, type Gateway } from '../../src/gateway.js'
import { CADRE, TEST_KEY } from '../fixture-gateway.js'
import { joined, monolithOf, pathsOf, plain, type Comparable, type Monolith } from './monolith.js'
import { worldSubgraph, type WorldSubgraph } from './subgraph.js'
import type { World } from './world.js'

/** What the gateway answered, with the words of its errors. */
export interface FederatedAnswer extends Comparable {
  readonly messages: readonly string[]
}

/** A world behind the gateway, and the monolith with the same fields. */
export interface RunningWorld {
  readonly gateway: Gateway
  readonly monolith: Monolith
  readonly subgraphs: readonly WorldSubgraph[]
  federated(query: string, variables?: Readonly<Record<string, unknown>>): Promise<FederatedAnswer>
  stop(): Promise<void>
}

const IS_SUBSCRIPTION = /^subscription\b/

/** Follows a subscription through the door, to its end. */
const follow = async (url: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<FederatedAnswer> => {
  const answers: Comparable[] = []
  const messages: string[] = []
  const client = createClient({ url, retryAttempts: 0 })
  for await (const event of client.iterate({ query, variables: { ...variables } })) {
    const errors = event.errors ?? []
    answers.push({ data: plain(event.data), errorPaths: pathsOf(errors) })
    messages.push(...errors.map(({ message }) => message))
  }
  return { ...joined(answers), messages }
}

/** Starts a gateway over the subgraphs of a world, all in this process. */
export const startWorld = async (world: World): Promise<RunningWorld> => {
  const data = world.data()
  let isOfType = (typeName: string, condition: string): boolean => typeName === condition
  const subgraphs = Object.keys(world.subgraphs).map((name) => worldSubgraph(world, name, data, (...asked) => isOfType(...asked)))
  const composed = world.supergraph && composeSupergraph(subgraphs.map(({ name, sdl }) => ({ name, sdl, url: 'local:' })))
  const gateway = await createGateway({
    ...(world.supergraph && composed?.ok === true ? { supergraph: { sdl: world.supergraph(composed.supergraphSdl) } } : {}),
    subgraphs: subgraphs.map((subgraph) => ({
      kind: 'local' as const,
      // Only its name's type is narrower: worlds have parties of their own.
      subgraph: {
        name: subgraph.name as SubgraphName,
        sdl: subgraph.sdl,
        execute: async (request) => (await subgraph.execute(request)) as SubgraphAnswer,
        subscribe: (request) => subgraph.subscribe(request) as AsyncIterable<SubgraphAnswer>,
      } satisfies LocalSubgraph,
    })),
    signingKey: TEST_KEY,
    pairwiseKeys: {},
    issuers: [],
    port: 0,
    introspection: true,
  })
  const schema = buildSchema(gateway.schemaSdl)
  isOfType = (typeName, condition) => {
    const [concrete, wanted] = [schema.getType(typeName), schema.getType(condition)]
    return typeName === condition || (isAbstractType(wanted) && isObjectType(concrete) && schema.isSubType(wanted, concrete))
  }
  return {
    gateway,
    monolith: monolithOf(gateway.schemaSdl, world.data()),
    subgraphs,
    async federated(query, variables = {}) {
      if (IS_SUBSCRIPTION.test(query)) return follow(gateway.url, query, variables)
      const answer = await gateway.execute({ query, variables }, CADRE)
      return { data: plain(answer.data), errorPaths: pathsOf(answer.errors), messages: answer.errors.map(({ message }) => message) }
    },
    stop: () => gateway.stop(),
  }
}
