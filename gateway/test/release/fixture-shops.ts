import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

import { buildSchema, graphql, type GraphQLSchema } from 'graphql'

/** A subgraph that knows no hub: it takes plain GraphQL over HTTP from anybody and remembers what came. */
export interface PlainSubgraph {
  readonly url: string
  readonly port: number
  readonly requests: ReadonlyArray<{ readonly headers: IncomingMessage['headers']; readonly query: string }>
  /** Sockets that were ever opened to it. */
  readonly connections: number
  close(): Promise<void>
}

const SHOP = buildSchema(
  'type Query { orders: [Order!]! } type Mutation { order(title: String!): Order! } type Order { id: ID! title: String price: Int }',
)
const STORE = buildSchema(
  'scalar _Any union _Entity = Order type Query { _entities(representations: [_Any!]!): [_Entity]! } type Order { id: ID! shelf: String }',
)

const readBody = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

const serve = (
  schema: GraphQLSchema,
  rootValue: unknown,
  options: { readonly port?: number; readonly hold?: Promise<void> },
): Promise<PlainSubgraph> => {
  const requests: { headers: IncomingMessage['headers']; query: string }[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { query, variables } = JSON.parse(await readBody(request)) as { query: string; variables?: Record<string, unknown> }
      requests.push({ headers: request.headers, query })
      if (query !== '{__typename}') await options.hold
      const answer = await graphql({ schema, source: query, rootValue, variableValues: variables ?? {} })
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })()
  })
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return new Promise((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve({
        url: `http://127.0.0.1:${port}/graphql`,
        port,
        requests,
        get connections() {
          return connections
        },
        close: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy()
            server.close(() => done())
          }),
      })
    })
  })
}

/** The subgraph `shop`, each with orders of its own; with `hold` its answers wait. */
export const startShop = (options: { readonly port?: number; readonly hold?: Promise<void> } = {}): Promise<PlainSubgraph> => {
  const orders = ['Tea', 'Rice'].map((title, index) => ({ id: `o${index + 1}`, title, price: 7 }))
  const order = ({ title }: { title: string }) => {
    orders.push({ id: `o${orders.length + 1}`, title, price: 7 })
    return orders.at(-1)
  }
  return serve(SHOP, { orders: () => orders, order }, options)
}

/** The subgraph `store-east`. */
export const startStore = (options: { readonly port?: number } = {}): Promise<PlainSubgraph> =>
  serve(
    STORE,
    {
      _entities: ({ representations }: { representations: { id: string }[] }) =>
        representations.map(({ id }) => ({ __typename: 'Order', id, shelf: `shelf of ${id}` })),
    },
    options,
  )
