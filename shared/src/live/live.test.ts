import { beforeEach, describe, expect, it } from '@jest/globals'

import { HubError } from '../errors/index.js'
import type { EventLog, EventType, HubEvent } from '../events/index.js'
import type { Consumer } from '../journal/index.js'
import { createEventFeed, type EventFeed } from './event-feed.js'
import { createLatestQueue, MAX_WAITING } from './latest-queue.js'
import { createLiveTopics, suggestionOf, type LiveTopic, type LiveTopics } from './live-topics.js'
import { spaced } from './spaced.js'

const OWN: EventType = 'resident.suggestion.supported'
const FOREIGN: EventType = 'government.case.accepted'

/** A hub's log in memory, and a consumer that applies what it is let. */
const createWorld = () => {
  const log: HubEvent[] = []
  const reads: string[][] = []
  const world = {
    log,
    reads,
    readsOfLog: 0,
    applied: 0,
    /** Up to where the consumer can apply. */
    able: Infinity,
    failure: null as Error | null,
    rows: new Map<string, { id: string; state: number }>(),
    append(type: EventType, suggestion: string): void {
      const position = log.length + 1
      log.push({
        position,
        id: `e${position}`,
        type,
        subject: suggestion,
        source: 'x',
        partyId: 'x',
        at: '',
        data: { suggestion } as never,
      })
    },
  }
  const events = {
    async readAfter(position: number, types: readonly EventType[], limit: number) {
      world.readsOfLog += 1
      return log.filter((event) => event.position > position && types.includes(event.type)).slice(0, limit)
    },
    lastPosition: async () => log.length,
  } as unknown as EventLog
  const consumer: Consumer = {
    async drain() {
      world.applied = Math.min(log.length, world.able)
      return 0
    },
    position: async () => world.applied,
    stop: async () => undefined,
  }
  const { feed, wake } = createEventFeed({ events, consumer, applied: new Set([FOREIGN]), pollMs: 3_600_000, onError: () => undefined })
  return { world, feed, wake, topics: createLiveTopics({ feed, database: {} as never }) }
}

const nextOf = async <T>(reader: AsyncIterator<T>): Promise<T | undefined> => ((await reader.next()) as { value: T | undefined }).value

describe('live topics', () => {
  let world: ReturnType<typeof createWorld>['world']
  let feed: EventFeed
  let topics: LiveTopics
  let topic: LiveTopic<{ id: string; state: number }>
  beforeEach(() => {
    ;({ world, feed, topics } = createWorld())
    topic = {
      types: [OWN, FOREIGN],
      subjectsOf: suggestionOf,
      async read(_, subjects, scope) {
        world.reads.push([scope, ...subjects])
        if (world.failure !== null) throw world.failure
        return subjects.flatMap((id) => world.rows.get(id) ?? [])
      },
    }
    for (const id of ['a', 'b']) world.rows.set(id, { id, state: 0 })
  })
  const watch = async (scope = '', id?: string) =>
    (await topics.watch(topic, { scope, wants: (row) => id === undefined || row.id === id }))[Symbol.asyncIterator]()

  it('tells nothing old, everything new, and to each only what is wanted', async () => {
    world.append(OWN, 'a')
    const ofA = await watch('', 'a')
    const all = await watch()
    await feed.drain()
    expect(world.reads).toEqual([])
    world.append(OWN, 'b')
    world.append(OWN, 'a')
    await feed.drain()
    expect((await nextOf(ofA))?.id).toBe('a')
    expect([(await nextOf(all))?.id, (await nextOf(all))?.id]).toEqual(['b', 'a'])
  })

  it('reads once for all readers of a scope, whatever the number of events and readers', async () => {
    const readers = await Promise.all([watch('x'), watch('x'), watch('x'), watch('y')])
    for (let n = 0; n < 50; n++) world.append(OWN, n % 2 === 0 ? 'a' : 'b')
    await feed.drain()
    expect(world.reads).toEqual([
      ['x', 'a', 'b'],
      ['y', 'a', 'b'],
    ])
    for (const reader of readers) expect((await nextOf(reader))?.id).toBe('a')
  })

  it("waits with another party's event until the own tables know it, and keeps the order", async () => {
    const reader = await watch()
    world.able = 0
    world.append(FOREIGN, 'a')
    world.append(OWN, 'b')
    await feed.drain()
    expect(world.reads).toEqual([])
    world.able = Infinity
    await feed.drain()
    expect([(await nextOf(reader))?.id, (await nextOf(reader))?.id]).toEqual(['a', 'b'])
  })

  it('tells what stood in the log but not in the own tables when the first reader came', async () => {
    world.append(FOREIGN, 'a')
    world.append(OWN, 'b')
    const reader = await watch()
    await feed.drain()
    expect(world.reads).toEqual([['', 'a']])
    expect((await nextOf(reader))?.id).toBe('a')
  })

  it('tells again what could not be read because the database was away', async () => {
    const reader = await watch()
    world.append(OWN, 'a')
    world.failure = new HubError('STORAGE')
    await expect(feed.drain()).rejects.toMatchObject({ code: 'STORAGE' })
    world.failure = null
    await feed.drain()
    expect((await nextOf(reader))?.id).toBe('a')
  })

  it('ends its readers when a read is at fault, and nobody else', async () => {
    const reader = await watch()
    const other = (await topics.watch({ ...topic, read: async () => [{ id: 'a', state: 1 }] }, { wants: () => true }))[
      Symbol.asyncIterator
    ]()
    world.append(OWN, 'a')
    world.failure = new TypeError('a bug')
    await feed.drain()
    await expect(reader.next()).rejects.toThrow('a bug')
    expect((await nextOf(other))?.id).toBe('a')
  })

  it('reads neither log nor tables while nobody listens', async () => {
    const reader = await watch()
    await reader.return?.()
    const before = world.readsOfLog
    world.append(OWN, 'a')
    await feed.drain()
    expect([world.readsOfLog, world.reads]).toEqual([before, []])
    const again = await watch()
    await feed.drain()
    expect(world.reads).toEqual([])
    world.append(OWN, 'b')
    await feed.drain()
    expect((await nextOf(again))?.id).toBe('b')
  })
})

describe('what waits for a slow reader', () => {
  it('is the newest state of every subject, in the order in which they became news', async () => {
    const queue = createLatestQueue<number>(() => undefined)
    for (let n = 1; n <= 1_000; n++) queue.push(n % 2 === 0 ? 'even' : 'odd', n)
    expect([await nextOf(queue), await nextOf(queue)]).toEqual([999, 1_000])
  })

  it('is bounded: more subjects than that end it, and nothing that waited is lost before', async () => {
    let closed = 0
    const queue = createLatestQueue<number>(() => (closed += 1))
    for (let n = 0; n <= MAX_WAITING; n++) queue.push(String(n), n)
    expect(closed).toBe(1)
    for (let n = 0; n < MAX_WAITING; n++) expect(await nextOf(queue)).toBe(n)
    await expect(queue.next()).rejects.toMatchObject({ code: 'SLOW_CONSUMER' })
    expect((await queue.next()).done).toBe(true)
  })

  it('is forgotten when the reader leaves, also in the middle of a wait', async () => {
    const queue = createLatestQueue<number>(() => undefined)
    const waiting = queue.next()
    await queue.return?.()
    expect((await waiting).done).toBe(true)
    queue.push('a', 1)
    expect((await queue.next()).done).toBe(true)
  })
})

describe('spaced events', () => {
  it('come at once the first time, then after a pause that a leaving reader ends', async () => {
    const pauses: number[] = []
    const source = async function* () {
      yield* [1, 2]
    }
    const reader = spaced(source(), 5_000, async (ms) => void pauses.push(ms))[Symbol.asyncIterator]()
    expect([await nextOf(reader), pauses]).toEqual([1, []])
    expect([await nextOf(reader), pauses]).toEqual([2, [5_000]])

    const resting = spaced(source(), 3_600_000)[Symbol.asyncIterator]()
    await resting.next()
    const waiting = resting.next()
    await resting.return?.()
    expect((await waiting).done).toBe(true)
  })
})
