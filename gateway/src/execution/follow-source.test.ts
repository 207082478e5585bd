import { describe, expect, it } from '@jest/globals'

import { HubError } from '@commonhall/shared/errors'

import { byteTextOf } from '../transport/byte-text.js'
import type { OperationAnswer } from './execute-operation.js'
import { createFixtureHub, type PartyAnswers } from '../../test/fixture-hub.js'
import { followSource } from './follow-source.js'

const SDLS = {
  desk: 'type Query { ping: Int } type Subscription { changed(of: ID): Item tick: Int! } type Item @key(fields: "id") { id: ID! name: String }',
  shop: 'type Query { pong: Int } type Item @key(fields: "id") { id: ID! price: Int }',
}

const prices: PartyAnswers = (_, { representations }) => ({
  data: { _entities: (representations as { id: string }[]).map(({ id }) => ({ price: id.length * 10 })) },
})

const item = (id: string): string => JSON.stringify({ data: { changed: { __typename: 'Item', id, name: `No ${id}` } } })

async function* eventsOf(events: readonly (string | Error)[], onLeave: () => void = () => {}): AsyncGenerator<string> {
  try {
    for (const event of events) {
      if (event instanceof Error) throw event
      yield byteTextOf(event)
    }
  } finally {
    onLeave()
  }
}

const follow = async (query: string, events: readonly (string | Error)[], shop: PartyAnswers = prices) => {
  const hub = createFixtureHub(SDLS, { shop })
  const opened: string[] = []
  const answers: OperationAnswer[] = []
  const stream = followSource(
    await hub.compile(query, { of: 'x' }),
    { of: 'x' },
    {
      event: () => hub.context,
      open: (_, variables) => {
        opened.push(variables)
        return eventsOf(events)
      },
    },
  )
  for await (const answer of stream) answers.push(answer)
  return {
    hub,
    opened,
    answers,
    seen: answers.map(({ data, errors }) => ({ data, codes: errors.map((error) => error.extensions['code']) })),
  }
}

const QUERY = 'subscription Q($of: ID) { changed(of: $of) { name price } }'

describe('a subscription over several parties', () => {
  it('fills the fields of other parties for every event', async () => {
    const { seen, opened, hub } = await follow(QUERY, [item('a'), item('bcd')])
    expect(seen).toEqual([
      { data: { changed: { name: 'No a', price: 10 } }, codes: [] },
      { data: { changed: { name: 'No bcd', price: 30 } }, codes: [] },
    ])
    expect(opened).toEqual(['{"of":"x"}'])
    expect(hub.calls.map(({ party }) => party)).toEqual(['shop', 'shop'])
  })

  it('goes on after a party has failed for one event, with errors of that event alone', async () => {
    let isDown = true
    const { seen } = await follow(QUERY, [item('a'), item('b')], (query, variables) => {
      if (!isDown) return prices(query, variables)
      isDown = false
      throw new HubError('PARTY_UNAVAILABLE')
    })
    expect(seen).toEqual([
      { data: { changed: { name: 'No a', price: null } }, codes: ['PARTY_UNAVAILABLE'] },
      { data: { changed: { name: 'No b', price: 10 } }, codes: [] },
    ])
  })

  it('answers an event that is no JSON with an error, and the next one as ever', async () => {
    const { seen } = await follow(QUERY, ['{"data":{"changed":', item('a')])
    expect(seen).toEqual([
      { data: { changed: null }, codes: ['PARTY_UNAVAILABLE'] },
      { data: { changed: { name: 'No a', price: 10 } }, codes: [] },
    ])
  })

  it('ends with one last answer that says so when its source is lost', async () => {
    const { seen } = await follow('subscription { tick }', ['{"data":{"tick":1}}', new HubError('PARTY_UNAVAILABLE')])
    expect(seen).toEqual([
      { data: { tick: 1 }, codes: [] },
      { data: null, codes: ['PARTY_UNAVAILABLE'] },
    ])
  })

  it('passes errors of an event on, with nulls where the type allows', async () => {
    const event = JSON.stringify({
      data: { changed: null },
      errors: [{ message: 'gone', path: ['changed'], extensions: { code: 'GONE' } }],
    })
    expect((await follow(QUERY, [event])).seen).toEqual([{ data: { changed: null }, codes: ['GONE'] }])
  })

  it('leaves its source when its reader leaves', async () => {
    const hub = createFixtureHub(SDLS, { shop: prices })
    let hasLeft = false
    const open = () => eventsOf([item('a'), item('b')], () => (hasLeft = true))
    for await (const answer of followSource(await hub.compile(QUERY), {}, { event: () => hub.context, open })) {
      expect(answer.data).toEqual({ changed: { name: 'No a', price: 10 } })
      break
    }
    expect(hasLeft).toBe(true)
  })

  it('has one answer and asks nobody when what it asks is refused', async () => {
    const hub = createFixtureHub(SDLS, {})
    const answers: OperationAnswer[] = []
    const open = (): AsyncIterable<string> => {
      throw new Error('nobody may be asked')
    }
    const compiled = await hub.compile('subscription { changed { name } }', {}, 'changed')
    for await (const answer of followSource(compiled, {}, { event: () => hub.context, open })) answers.push(answer)
    expect(answers.map(({ data, errors }) => [data, errors[0]?.extensions['code']])).toEqual([[{ changed: null }, 'FORBIDDEN']])
  })
})
