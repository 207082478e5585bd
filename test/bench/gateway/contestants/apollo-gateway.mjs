// @apollo/server with @apollo/gateway as its makers document it. Elastic-2.0: measured here, never a part of the product.
import { peer, setup, started } from './started.mjs'

await started(async () => {
  const { ApolloServer } = await peer('@apollo/server')
  const { startStandaloneServer } = await peer('@apollo/server/standalone')
  const { ApolloGateway } = await peer('@apollo/gateway')
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const gateway = new ApolloGateway({ supergraphSdl: setup.supergraphSdl, logger: silent })
  const server = new ApolloServer({ gateway, introspection: false, logger: silent })
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })
  return Number(new URL(url).port)
})
