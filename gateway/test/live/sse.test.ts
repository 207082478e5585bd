import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient, type Client } from 'graphql-sse'

import { answerWith, startLive, type LiveFixture } from './fixture-live.js'
import { until } from './fixture-source.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const QUERY = '{ hello }'
const LIVE = 'subscription { ticks }'

describe('server-sent events', () => {
  let live: LiveFixture
  let client: Client
  beforeEach(async () => {
    live = await startLive()
    client = createClient({ url: live.url, retryAttempts: 0 })
  })
  afterEach(async () => {
    client.dispose()
    await live.door.close(0)
  })

  const collect = async (query: string): Promise<unknown[]> => {
    const seen: unknown[] = []
    for await (const result of client.iterate({ query })) seen.push(result)
    return seen
  }
  const post = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(live.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, accept: 'text/event-stream', 'accept-language': 'en', ...headers },
      body: JSON.stringify({ query }),
    })

  it('carry the events of a subscription in their order, and its end', async () => {
    const seen = collect(LIVE)
    await until(() => live.sources.length === 1)
    live.sources[0]?.push(answerWith({ ticks: 1 }), answerWith({ ticks: '二' }))
    live.sources[0]?.end()
    expect(await seen).toEqual([
      { data: { ticks: 1 }, extensions: expect.objectContaining({ traceId: expect.any(String) }) },
      { data: { ticks: '二' }, extensions: expect.anything() },
    ])
    expect(live.lines.map(({ message, state, count, transport }) => [message, state, count, transport])).toEqual([
      ['live operation opened', undefined, undefined, 'sse'],
      ['live operation closed', 'complete', 2, 'sse'],
    ])
    expect(live.door.liveOperations()).toBe(0)
  })

  it.each([QUERY, 'mutation { act }', 'query subscription { hello }'])('carry the one result of %s', async (query) => {
    expect(await collect(query)).toEqual([{ data: { hello: '世界' }, extensions: expect.anything() }])
  })

  it('say inside the stream what is wrong in the document, and plainly that nothing is deferred', async () => {
    const response = await post('{ nonsense }')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    const text = await response.text()
    expect(text).toMatch(
      /^:\n\nevent: next\ndata: \{"errors":.*"reason":"INCREMENTAL_DELIVERY_NOT_OFFERED".*\}\n\nevent: complete\ndata: \n\n$/,
    )
    expect(text).toContain('Incremental delivery is not offered')
  })

  it('answer with a status what is wrong with the caller', async () => {
    const response = await post(LIVE, { authorization: 'Bearer bad' })
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8'])
  })

  it('answer with a status who asks for too many', async () => {
    await live.door.close(0)
    live = await startLive({ live: { maxPerCaller: 1 } })
    const [first, second] = [await post(LIVE), await post(LIVE)]
    expect([first.status, second.status, second.headers.get('retry-after')]).toEqual([200, 429, '1'])
    expect(await second.text()).toContain('"reason":"CALLER_OVER_1"')
    expect((await post(LIVE, { authorization: 'Bearer ann' })).status).toBe(200)
  })

  it('let the source go when the client leaves', async () => {
    const leave = client.subscribe({ query: LIVE }, { next: () => undefined, error: () => undefined, complete: () => undefined })
    await until(() => live.sources[0]?.isOpen === true)
    leave()
    await until(() => live.door.liveOperations() === 0)
    expect(live.sources[0]?.isLeft).toBe(true)
    expect(live.lines.at(-1)).toMatchObject({ message: 'live operation closed', state: 'left', count: 0 })
  })

  it('give signs of life, and end with the token', async () => {
    const response = await post(LIVE, { authorization: 'Bearer ann' })
    const reader = response.body?.getReader()
    const read = async (): Promise<string> => Buffer.from((await reader?.read())?.value ?? []).toString()
    expect(await read()).toBe(':\n\n')
    await live.clock.pass(12_000)
    expect(await read()).toBe(':\n\n')
    await live.clock.pass(588_000)
    let rest = ''
    for (let piece = await read(); piece !== ''; piece = await read()) rest += piece
    expect(rest).toMatch(
      /event: next\ndata: \{"errors":\[\{.*"code":"UNAUTHENTICATED","reason":"TOKEN_EXPIRED".*\nevent: complete\ndata: \n\n$/s,
    )
  })

  it('are given by GET to whoever proves a preflight, and no mutation is', async () => {
    const get = (query: string, headers: Record<string, string>): Promise<Response> =>
      fetch(`${live.url}?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream', ...headers } })
    expect(await (await get(QUERY, { 'hub-preflight': '1' })).text()).toContain('event: next')
    expect(await (await get(QUERY, {})).text()).toContain('PREFLIGHT_HEADER_MISSING')
    expect((await get('mutation { act }', { 'hub-preflight': '1' })).status).toBe(405)
    const stream = await get(LIVE, { 'hub-preflight': '1' })
    await until(() => live.sources.length === 1)
    live.sources[0]?.end()
    expect(await stream.text()).toBe(':\n\nevent: complete\ndata: \n\n')
  })

  it('are the way for subscriptions alone when JSON is liked as well', async () => {
    const accept = 'application/graphql-response+json, application/json, text/event-stream'
    expect(((await (await post(QUERY, { accept })).json()) as { data: unknown }).data).toEqual({ hello: '世界' })
    const stream = post(LIVE, { accept })
    await until(() => live.sources.length === 1)
    live.sources[0]?.end()
    expect((await stream).headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const refused = await post(LIVE, { accept: 'application/json' })
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('SUBSCRIPTION_NEEDS_A_STREAM')])
  })
})
