import type { EventLog, EventType, HubEvent } from '../events/index.js'
import { createLoop, type Consumer } from '../journal/index.js'

/** Tells whoever follows what stands in the hub's log from now on, once this party's own tables know it. */
export interface EventFeed {
  /**
   * Follows events of these types; each call has events in the order of the log. Resolves when nothing can be missed any more, with the way to stop.
   *
   * What the listener throws is told to `onError`, and the same events are told again later: hearing twice must do no harm.
   */
  follow(types: readonly EventType[], listener: (events: readonly HubEvent[]) => Promise<void>): Promise<() => void>
  /** Tells all there is now; resolves with the number of events. */
  drain(): Promise<number>
  stop(): Promise<void>
}

interface Follower {
  readonly types: ReadonlySet<EventType>
  readonly listener: (events: readonly HubEvent[]) => Promise<void>
}

const BATCH = 200

/**
 * Makes the one feed of a process; it reads nothing while nobody follows. One statement for a wake, one more for 200 events.
 *
 * An event of another party is told when this party's consumer has applied it, so that what is read then is not older than the news;
 * an event that the consumer cannot apply yet holds up those behind it. Own events are in the tables before they are in the log.
 */
export const createEventFeed = (options: {
  readonly events: EventLog
  readonly consumer: Consumer
  /** Types that the consumer applies; what it passes over is ready at once. */
  readonly applied: ReadonlySet<EventType>
  readonly pollMs?: number
  readonly onError: (error: unknown) => void
}): { readonly feed: EventFeed; readonly wake: () => void } => {
  const { events, consumer, applied } = options
  const followers = new Set<Follower>()
  let position: number | null = null
  /** Where the log ended when the first follower came; up to there only what was not applied yet is news. */
  let oldUpTo = 0

  const start = async (): Promise<void> => {
    if (position !== null) return
    // In this order: what is appended between the two counts as new.
    const cursor = await consumer.position()
    const last = await events.lastPosition()
    if (position !== null) return
    position = Math.min(cursor, last)
    oldUpTo = last
  }

  const isNews = (event: HubEvent): boolean => event.position > oldUpTo || applied.has(event.type)

  /** The first events of a batch that our tables know. */
  const readyOf = async (batch: readonly HubEvent[]): Promise<readonly HubEvent[]> => {
    if (!batch.some(({ type }) => applied.has(type))) return batch
    await consumer.drain()
    const cursor = await consumer.position()
    const waiting = batch.findIndex((event) => applied.has(event.type) && event.position > cursor)
    return waiting === -1 ? batch : batch.slice(0, waiting)
  }

  const tell = async (batch: readonly HubEvent[]): Promise<void> => {
    const news = batch.filter(isNews)
    for (const { types, listener } of followers) {
      const own = news.filter(({ type }) => types.has(type))
      if (own.length > 0) await listener(own)
    }
  }

  const drain = async (): Promise<number> => {
    let told = 0
    while (followers.size > 0 && position !== null) {
      const from = position
      const types = [...new Set([...followers].flatMap((follower) => [...follower.types]))]
      const batch = await events.readAfter(from, types, BATCH)
      const ready = await readyOf(batch)
      await tell(ready)
      const last = ready.at(-1)
      if (last === undefined) break
      told += ready.length
      // Everybody left meanwhile, and perhaps somebody new began elsewhere.
      if (position !== from) continue
      position = last.position
      if (ready.length < BATCH) break
    }
    return told
  }

  const loop = createLoop({ work: drain, pollMs: options.pollMs ?? 2_000, onError: options.onError })
  const feed: EventFeed = {
    async follow(types, listener) {
      const follower = { types: new Set(types), listener }
      followers.add(follower)
      try {
        await start()
      } catch (error) {
        followers.delete(follower)
        throw error
      }
      return () => {
        followers.delete(follower)
        if (followers.size === 0) position = null
      }
    },
    drain: loop.runNow,
    stop: loop.stop,
  }
  return { feed, wake: () => (followers.size > 0 ? loop.wake() : undefined) }
}
