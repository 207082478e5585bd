import { afterEach, describe, expect, it } from '@jest/globals'

import { createFederation, type Federation } from '../../src/federation.js'
import type { FederationOptions } from '../../src/gateway-options.js'
import { principalOf, type Principal } from '../../src/identity/principal.js'
import { startShop, startStore, type PlainSubgraph } from './fixture-shops.js'
import { supergraphOf, type Variation } from './fixture-supergraphs.js'

const ANONYMOUS = principalOf(null, { actingFor: undefined, purpose: undefined, acceptLanguage: undefined })
const QUERY = '{ orders { id title shelf } }'
const PRICE = 'price: Int @join__field(graph: SHOP)'
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const shops = async (): Promise<{ shop: PlainSubgraph; store: PlainSubgraph }> => {
  const [shop, store] = await Promise.all([startShop(), startStore()])
  open.push(shop, store)
  return { shop, store }
}

const federationOf = (sdl: string, options: Partial<FederationOptions> = {}): Federation => {
  const supergraph = { ...options.supergraph, sdl }
  const federation = createFederation({ subgraphs: [], signingKey: null, pairwiseKeys: {}, ...options, supergraph })
  open.push(federation)
  return federation
}

const started = async (variation: Variation = {}, options: Partial<FederationOptions> = {}) => {
  const { shop, store } = await shops()
  const urls = { shop: shop.url, store: store.url }
  const federation = federationOf(supergraphOf({ urls, ...variation }), options)
  await federation.start()
  return { federation, shop, store, urls }
}

const run = (federation: Federation, query: string, principal: Principal = ANONYMOUS) => {
  const engine = federation.releases.current()?.engine
  if (engine === undefined) throw new Error('nothing runs')
  return engine.run({ query }, principal, { traceId: 't', isQueryOnly: false })
}
const dataOf = async (federation: Federation, query: string): Promise<unknown> =>
  JSON.parse(JSON.stringify((await run(federation, query)).data))

/** Waits for a turn of events, not for a time. */
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve))
}

describe('a federation of a supergraph file', () => {
  it('joins subgraphs that know no hub, at the URLs in the file, and tells them nothing of the caller', async () => {
    const { federation, shop, store } = await started()
    expect(await dataOf(federation, QUERY)).toEqual({
      orders: [
        { id: 'o1', title: 'Tea', shelf: 'shelf of o1' },
        { id: 'o2', title: 'Rice', shelf: 'shelf of o2' },
      ],
    })
    const sent = [...shop.requests, ...store.requests].flatMap(({ headers }) => Object.keys(headers))
    expect([...new Set(sent)].sort()).toEqual(['accept', 'connection', 'content-length', 'content-type', 'host'])
  })

  it('calls where the settings say, with the headers of that subgraph alone', async () => {
    const { shop, store } = await shops()
    const nowhere = { shop: '', store: 'http://127.0.0.1:1/' }
    const federation = federationOf(supergraphOf({ urls: nowhere }), {
      supergraph: { sdl: '', parties: { shop: { url: shop.url, headers: { 'x-key': 'k1' } }, 'store-east': { url: store.url } } },
    })
    await federation.start()
    expect(await dataOf(federation, '{ orders { shelf } }')).toEqual({ orders: [{ shelf: 'shelf of o1' }, { shelf: 'shelf of o2' }] })
    expect(shop.requests.every(({ headers }) => headers['x-key'] === 'k1')).toBe(true)
    expect(store.requests.some(({ headers }) => 'x-key' in headers)).toBe(false)
  })

  it.each<[string, Variation['urls'], Record<string, { url: string }>, string]>([
    ['no URL', { shop: '', store: 'http://127.0.0.1:1/' }, {}, 'ROUTING_URL_MISSING'],
    ['a URL of another kind', { shop: 'file:///etc/passwd', store: 'http://127.0.0.1:1/' }, {}, 'ROUTING_URL_INVALID'],
    ['a setting for nobody', undefined, { shelf: { url: 'http://127.0.0.1:1/' } }, 'SUBGRAPH_UNKNOWN'],
  ])('refuses to start with %s', async (_, urls, parties, code) => {
    const federation = federationOf(supergraphOf({ ...(urls ? { urls } : {}) }), { supergraph: { sdl: '', parties } })
    await expect(federation.start()).rejects.toMatchObject({ faults: [expect.objectContaining({ code })] })
  })

  it('starts with a party down, says so, answers the rest, and sees it when it is back', async () => {
    const { shop, store } = await shops()
    await store.close()
    const federation = federationOf(supergraphOf({ urls: { shop: shop.url, store: store.url } }))
    await federation.start()
    await until(() => Object.values(federation.parties()).every((state) => state !== 'unknown'))
    expect(federation.parties()).toEqual({ shop: 'up', 'store-east': 'down' })
    expect(await dataOf(federation, '{ orders { id shelf } }')).toEqual({
      orders: [
        { id: 'o1', shelf: null },
        { id: 'o2', shelf: null },
      ],
    })
    open.push(await startStore({ port: store.port }))
    expect(await dataOf(federation, '{ orders { shelf } }')).toEqual({ orders: [{ shelf: 'shelf of o1' }, { shelf: 'shelf of o2' }] })
    expect(federation.parties()).toEqual({ shop: 'up', 'store-east': 'up' })
  })
})

describe('another release', () => {
  it('serves at once, with the connections that are open and the plans of the hottest documents', async () => {
    const { federation, urls, shop } = await started()
    await run(federation, QUERY)
    const connections = shop.connections
    const before = federation.releases.current()?.release.id
    const report = await federation.replace({ kind: 'supergraph', sdl: supergraphOf({ urls, fields: PRICE }) })
    expect(report).toMatchObject({ previousId: before, isNew: true, warmed: 1, refused: 0 })
    expect(federation.releases.current()?.release.id).toBe(report.id)
    expect(await dataOf(federation, '{ orders { price } }')).toEqual({ orders: [{ price: 7 }, { price: 7 }] })
    expect(shop.connections).toBe(connections)
  })

  it('counts the documents that its clients will miss', async () => {
    const { federation, urls } = await started({ fields: PRICE })
    await run(federation, '{ orders { price } }')
    expect(await federation.replace({ kind: 'supergraph', sdl: supergraphOf({ urls }) })).toMatchObject({ warmed: 0, refused: 1 })
  })

  it('that is refused changes nothing', async () => {
    const { federation } = await started()
    const before = federation.releases.current()
    await expect(federation.replace({ kind: 'supergraph', sdl: 'type Query {' })).rejects.toThrow('SDL_MALFORMED')
    await expect(federation.replace({ kind: 'supergraph', sdl: 'type Query { a: Int }' })).rejects.toThrow('NOT_A_SUPERGRAPH')
    expect(federation.releases.current()).toBe(before)
    expect(await dataOf(federation, QUERY)).toMatchObject({ orders: [{ id: 'o1' }, { id: 'o2' }] })
  })

  it('of the same text is none', async () => {
    const { federation, urls } = await started()
    const before = federation.releases.current()
    expect(await federation.replace({ kind: 'supergraph', sdl: supergraphOf({ urls }) })).toMatchObject({ isNew: false })
    expect(federation.releases.current()).toBe(before)
  })

  it('comes in the order in which it was asked for', async () => {
    const { federation, urls } = await started()
    const inputs = [supergraphOf({ urls, fields: PRICE }), 'type Query {', supergraphOf({ urls, join: '0.5' })]
    const settled = await Promise.allSettled(inputs.map((sdl) => federation.replace({ kind: 'supergraph', sdl })))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(federation.releases.current()?.release.supergraphSdl).toBe(inputs[2])
  })

  it('leaves operations that run to the release on which they began', async () => {
    let release = (): void => undefined
    const shop = await startShop({ hold: new Promise((resolve) => (release = resolve)) })
    const store = await startStore()
    open.push(shop, store)
    const urls = { shop: shop.url, store: store.url }
    const federation = federationOf(supergraphOf({ urls, fields: PRICE }))
    await federation.start()
    const running = run(federation, '{ orders { price shelf } }')
    await until(() => shop.requests.some(({ query }) => query.includes('price')))
    await federation.replace({ kind: 'supergraph', sdl: supergraphOf({ urls }) })
    release()
    expect((await running).data).toMatchObject({ orders: [{ price: 7, shelf: 'shelf of o1' }, { price: 7 }] })
    await expect(run(federation, '{ orders { price } }')).rejects.toMatchObject({ name: 'InvalidDocument' })
  })

  it('is told to those who listen, who are awaited, and one that fails stops nobody', async () => {
    const { federation, urls } = await started()
    const told: string[] = []
    const stop = federation.releases.onSwap(async (to, from) => {
      await new Promise((resolve) => setImmediate(resolve))
      told.push(`${from.release.id === to.release.id}`)
    })
    federation.releases.onSwap(() => Promise.reject(new Error('a listener')))
    await federation.replace({ kind: 'supergraph', sdl: supergraphOf({ urls, fields: PRICE }) })
    expect(told).toEqual(['false'])
    stop()
    await federation.replace({ kind: 'supergraph', sdl: supergraphOf({ urls }) })
    expect(told).toEqual(['false'])
  })
})
