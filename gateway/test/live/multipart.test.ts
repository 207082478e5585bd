import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { HubError } from '@commonhall/shared/errors'

import { answerWith, startLive, type LiveFixture } from './fixture-live.js'

const APOLLO = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json'
const LIVE = 'subscription { ticks }'

/** Parts as Apollo's client reads them: whatever stands before each `\r\n--graphql`, its JSON behind the empty line. */
const partsOf = (text: string): unknown[] =>
  text
    .split('\r\n--graphql')
    .slice(0, -1)
    .map((part) => JSON.parse(part.slice(part.indexOf('\r\n\r\n'))) as unknown)

describe('multipart subscriptions', () => {
  let live: LiveFixture
  beforeEach(async () => {
    live = await startLive()
  })
  afterEach(() => live.door.close(0))

  const ask = (query: string, accept = APOLLO): Promise<Response> =>
    fetch(live.url, { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify({ query }) })

  it('carry events as payloads, heartbeats as empty objects, and end with the last boundary', async () => {
    const response = await ask(LIVE)
    expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0')
    live.sources[0]?.push(answerWith({ ticks: '一' }))
    await live.clock.pass(12_000)
    live.sources[0]?.end()
    const text = await response.text()
    expect(text.startsWith('--graphql\r\ncontent-type: application/json\r\n\r\n')).toBe(true)
    expect(text.endsWith('\r\n--graphql--\r\n')).toBe(true)
    expect(partsOf(text)).toEqual([{ payload: { data: { ticks: '一' }, extensions: expect.anything() } }, {}])
  })

  it('tell the fault that ends them beside a payload of null', async () => {
    const response = await ask(LIVE)
    live.sources[0]?.fail(new HubError('PARTY_UNAVAILABLE'))
    expect(partsOf(await response.text())).toEqual([
      { payload: null, errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'PARTY_UNAVAILABLE' }) })] },
    ])
  })

  it('leave queries to JSON, unless nothing else is accepted', async () => {
    expect((await ask('{ hello }')).headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(partsOf(await (await ask('{ hello }', 'multipart/mixed;subscriptionSpec="1.0"')).text())).toEqual([
      { payload: { data: { hello: '世界' }, extensions: expect.anything() } },
    ])
  })

  it('are not what a client means that asks for deferred parts', async () => {
    const response = await ask('{ hello }', 'multipart/mixed;deferSpec=20220824,application/json')
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await ask('{ hello }', 'multipart/mixed;deferSpec=20220824')).status).toBe(406)
  })
})
