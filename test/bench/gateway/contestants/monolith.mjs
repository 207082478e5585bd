// One schema, one process, no federation: Apollo Server with graphql-js over the rows. What federation costs is seen against it.
import { createWorld } from '../world/rows.mjs'
import { peer, setup, started } from './started.mjs'

await started(async () => {
  const { ApolloServer } = await peer('@apollo/server')
  const { startStandaloneServer } = await peer('@apollo/server/standalone')
  const { buildSchema } = await peer('graphql')
  const server = new ApolloServer({ schema: buildSchema(setup.schemaSdl), rootValue: createWorld().root, introspection: false })
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })
  return Number(new URL(url).port)
})
