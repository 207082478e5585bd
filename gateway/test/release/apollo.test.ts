import { afterEach, describe, expect, it } from '@jest/globals'

import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'

import { commonhallGateway, type CommonhallGateway, type CommonhallGatewayOptions } from '../../src/apollo/index.js'
import { principalOf } from '../../src/identity/principal.js'
import { startShop, startStore, type PlainSubgraph } from './fixture-shops.js'
import { supergraphOf } from './fixture-supergraphs.js'

interface Context {
  readonly scopes: string[] | null
}

const SPECS = ['authenticated', 'requiresScopes']
  .map((name) => `@link(url: "https://specs.apollo.dev/${name}/v0.1", for: SECURITY)`)
  .join(' ')
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const shops = async (): Promise<{ shop: PlainSubgraph; store: PlainSubgraph; urls: { shop: string; store: string } }> => {
  const [shop, store] = await Promise.all([startShop(), startStore()])
  open.push(shop, store)
  return { shop, store, urls: { shop: shop.url, store: store.url } }
}

const serve = async (
  options: CommonhallGatewayOptions<Context>,
  introspection = true,
): Promise<{
  gateway: CommonhallGateway
  ask: (query: string, more?: object, headers?: Record<string, string>) => Promise<{ status: number; body: unknown }>
}> => {
  const gateway = commonhallGateway<Context>(options)
  const server = new ApolloServer<Context>({ gateway, introspection })
  const context = async ({ req }: { req: { headers: Record<string, unknown> } }): Promise<Context> => {
    const scopes = req.headers['x-scopes']
    return { scopes: typeof scopes === 'string' ? scopes.split(' ') : null }
  }
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' }, context })
  open.push({ close: () => server.stop() })
  return {
    gateway,
    async ask(query, more = {}, headers = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, ...more }),
      })
      return { status: response.status, body: await response.json() }
    },
  }
}

describe('the engine behind Apollo Server', () => {
  it('answers queries over both subgraphs, with fragments, variables and names of operations', async () => {
    const { urls } = await shops()
    const { ask } = await serve({ supergraphSdl: supergraphOf({ urls }) })
    const query =
      'query A { orders { id } } query B($with: Boolean!) { all: orders { ...Place @include(if: $with) title } } fragment Place on Order { shelf }'
    expect(await ask(query, { operationName: 'B', variables: { with: true } })).toEqual({
      status: 200,
      body: {
        data: {
          all: [
            { shelf: 'shelf of o1', title: 'Tea' },
            { shelf: 'shelf of o2', title: 'Rice' },
          ],
        },
      },
    })
    expect((await ask(query, { operationName: 'B', variables: { with: false } })).body).toEqual({
      data: { all: [{ title: 'Tea' }, { title: 'Rice' }] },
    })
  })

  it('runs mutations in their order, and fills what another subgraph has', async () => {
    const { urls } = await shops()
    const { ask } = await serve({ supergraphSdl: supergraphOf({ urls }) })
    const mutation = 'mutation ($title: String!) { a: order(title: "Salt") { id shelf } b: order(title: $title) { id title } }'
    expect((await ask(mutation, { variables: { title: 'Soy' } })).body).toEqual({
      data: { a: { id: 'o3', shelf: 'shelf of o3' }, b: { id: 'o4', title: 'Soy' } },
    })
  })

  it('gives the fields of a subgraph that is down as nulls, each with its path and code', async () => {
    const { urls, store } = await shops()
    await store.close()
    const { ask } = await serve({ supergraphSdl: supergraphOf({ urls }) })
    expect((await ask('{ orders { title shelf } }')).body).toMatchObject({
      data: {
        orders: [
          { title: 'Tea', shelf: null },
          { title: 'Rice', shelf: null },
        ],
      },
      errors: [{ extensions: { code: 'PARTY_UNAVAILABLE', party: 'store-east' } }],
    })
  })

  it('leaves introspection to Apollo Server, which may refuse it', async () => {
    const { urls } = await shops()
    const supergraphSdl = supergraphOf({ urls })
    const shown = await serve({ supergraphSdl })
    expect((await shown.ask('{ __type(name: "Order") { fields { name } } }')).body).toMatchObject({
      data: { __type: { fields: [{ name: 'id' }, { name: 'title' }, { name: 'shelf' }] } },
    })
    const hidden = await serve({ supergraphSdl }, false)
    expect(await hidden.ask('{ __schema { queryType { name } } }')).toMatchObject({ status: 400 })
  })

  it('knows the caller by the context value, and forwards the headers that are named', async () => {
    const { urls, shop } = await shops()
    const supergraphSdl = supergraphOf({ urls, links: SPECS, on: { 'Order.title': '@requiresScopes(scopes: [["titles"]])' } })
    const nobody = principalOf(null, { actingFor: undefined, purpose: undefined, acceptLanguage: 'en' })
    const { ask } = await serve({
      supergraphSdl,
      forwardHeaders: ['X-Trace'],
      principalOf: ({ scopes }) => (scopes === null ? nobody : { ...nobody, person: { issuer: 'i', subject: 's' }, scopes }),
    })
    expect((await ask('{ orders { title } }')).body).toMatchObject({
      data: { orders: [{ title: null }, { title: null }] },
      errors: [0, 1].map((index) => ({ path: ['orders', index, 'title'], extensions: { code: 'UNAUTHENTICATED' } })),
    })
    expect((await ask('{ orders { title } }', {}, { 'x-scopes': 'titles', 'x-trace': 't1', 'x-other': 'no' })).body).toEqual({
      data: { orders: [{ title: 'Tea' }, { title: 'Rice' }] },
    })
    const last = shop.requests.at(-1)?.headers ?? {}
    expect([last['x-trace'], last['x-other'], last['x-scopes']]).toEqual(['t1', undefined, undefined])
  })

  it('tells Apollo Server of a new release, whose fields it then takes', async () => {
    const { urls } = await shops()
    const { ask, gateway } = await serve({ supergraphSdl: supergraphOf({ urls }) })
    expect(await ask('{ orders { price } }')).toMatchObject({ status: 400 })
    await gateway.replace({ kind: 'supergraph', sdl: supergraphOf({ urls, fields: 'price: Int @join__field(graph: SHOP)' }) })
    expect((await ask('{ orders { price } }')).body).toEqual({ data: { orders: [{ price: 7 }, { price: 7 }] } })
  })

  it('refuses what admission refuses, in the manner of GraphQL', async () => {
    const { urls } = await shops()
    const { ask } = await serve({ supergraphSdl: supergraphOf({ urls }) })
    const aliases = Array.from({ length: 40 }, (_, index) => `a${index}: id`).join(' ')
    expect((await ask(`{ orders { ${aliases} } }`)).body).toMatchObject({ errors: [{ extensions: { code: 'DOCUMENT_TOO_LARGE' } }] })
  })

  it('does not start on a supergraph that is refused', async () => {
    const server = new ApolloServer({ gateway: commonhallGateway({ supergraphSdl: 'type Query { a: Int }' }) })
    await expect(server.start()).rejects.toThrow('NOT_A_SUPERGRAPH')
  })
})
