import { describe, expect, it } from '@jest/globals'

import { createStreams, type StreamParts } from './streams.js'

const never = new Promise<never>(() => undefined)

/** A source that gives these, then waits for ever; notes that it was returned. */
const endless = (...items: unknown[]) => {
  const source = {
    returned: 0,
    [Symbol.asyncIterator]: () => source,
    next: (): Promise<IteratorResult<unknown>> => never,
    return: async () => ({ done: true as const, value: (source.returned += 1) }),
  }
  source.next = () => (items.length > 0 ? Promise.resolve({ done: false, value: items.shift() }) : never)
  return source
}

const partsOf = (begin: StreamParts<string>['begin']): StreamParts<string> => ({
  begin,
  onFault: (error) => `fault: ${(error as Error).message}`,
})

const begun = (source: AsyncIterable<unknown>): StreamParts<string> =>
  partsOf(async () => ({ events: source, write: async (event) => `told ${String(event)}` }))

describe('streams of a subgraph', () => {
  it('begins nothing before it is read', () => {
    let beginnings = 0
    const streams = createStreams<string>()
    streams
      .open(
        new AbortController().signal,
        partsOf(async () => ({ only: String((beginnings += 1)) })),
      )
      [Symbol.asyncIterator]()
    expect(beginnings).toBe(0)
  })

  it('gives a refusal as the first and only answer, and is gone', async () => {
    const streams = createStreams<string>()
    const answers = []
    for await (const answer of streams.open(
      new AbortController().signal,
      partsOf(async () => ({ only: 'refused' })),
    ))
      answers.push(answer)
    expect(answers).toEqual(['refused'])
    expect(streams.count).toBe(0)
  })

  it.each([
    ['its signal is aborted', (leaving: AbortController) => leaving.abort()],
    ['the subgraph stops', (_: AbortController, streams: ReturnType<typeof createStreams<string>>) => streams.endAll()],
    ['it is returned', (_: AbortController, __: unknown, reader: AsyncIterator<string>) => void reader.return?.()],
  ])('ends a wait when %s, and lets the source go', async (_, end) => {
    const streams = createStreams<string>()
    const source = endless('one')
    const leaving = new AbortController()
    const reader = streams.open(leaving.signal, begun(source))[Symbol.asyncIterator]()
    expect(await reader.next()).toEqual({ done: false, value: 'told one' })
    const waiting = reader.next()
    end(leaving, streams, reader)
    expect((await waiting).done).toBe(true)
    expect([source.returned, streams.count]).toEqual([1, 0])
    expect((await reader.next()).done).toBe(true)
  })

  it('lets a source go that is found only after the end', async () => {
    const source = endless()
    const leaving = new AbortController()
    let found: (parts: { events: AsyncIterable<unknown>; write: (event: unknown) => Promise<string> }) => void = () => undefined
    const parts = partsOf(() => new Promise((resolve) => (found = resolve)))
    const reader = createStreams<string>().open(leaving.signal, parts)[Symbol.asyncIterator]()
    const waiting = reader.next()
    leaving.abort()
    expect((await waiting).done).toBe(true)
    found({ events: source, write: async () => '' })
    await new Promise(setImmediate)
    expect(source.returned).toBe(1)
  })

  it.each([
    ['beginning', partsOf(() => Promise.reject(new Error('at once')))],
    ['source', begun({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('at once')) }) })],
  ])('tells of a %s that breaks as the last answer', async (_, parts) => {
    const answers = []
    for await (const answer of createStreams<string>().open(new AbortController().signal, parts)) answers.push(answer)
    expect(answers).toEqual(['fault: at once'])
  })

  it('is over before it begins when the signal is aborted already', async () => {
    const streams = createStreams<string>()
    const reader = streams
      .open(
        AbortSignal.abort(),
        partsOf(async () => ({ only: 'never' })),
      )
      [Symbol.asyncIterator]()
    expect((await reader.next()).done).toBe(true)
    expect(streams.count).toBe(0)
  })
})
