import { buildSchema, isAbstractType, isObjectType } from 'graphql'

import type { LocalSubgraph, SubgraphAnswer, SubgraphName } from '@commonhall/shared/port'

import { createGateway, type Gateway } from '../../src/gateway.js'
import { CADRE, TEST_KEY } from '../fixture-gateway.js'
import { monolithOf, pathsOf, plain, type Comparable, type Monolith } from './monolith.js'
import { worldSubgraph, type WorldSubgraph } from './subgraph.js'
import type { World } from './world.js'

/** A world behind the gateway, and the monolith with the same fields. */
export interface RunningWorld {
  readonly gateway: Gateway
  readonly monolith: Monolith
  readonly subgraphs: readonly WorldSubgraph[]
  federated(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Comparable & { readonly messages: readonly string[] }>
  stop(): Promise<void>
}

async function* noEvents(): AsyncGenerator<SubgraphAnswer> {
  await Promise.resolve()
}

/** Starts a gateway over the subgraphs of a world, all in this process. */
export const startWorld = async (world: World): Promise<RunningWorld> => {
  const data = world.data()
  let isOfType = (typeName: string, condition: string): boolean => typeName === condition
  const subgraphs = Object.keys(world.subgraphs).map((name) => worldSubgraph(world, name, data, (...asked) => isOfType(...asked)))
  const gateway = await createGateway({
    subgraphs: subgraphs.map((subgraph) => ({
      kind: 'local' as const,
      // Only its name's type is narrower: worlds have parties of their own.
      subgraph: {
        name: subgraph.name as SubgraphName,
        sdl: subgraph.sdl,
        execute: async (request) => (await subgraph.execute(request)) as SubgraphAnswer,
        subscribe: () => noEvents(),
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
      const answer = await gateway.execute({ query, variables }, CADRE)
      return { data: plain(answer.data), errorPaths: pathsOf(answer.errors), messages: answer.errors.map(({ message }) => message) }
    },
    stop: () => gateway.stop(),
  }
}
