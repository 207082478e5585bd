import { HubError } from '../errors/index.js'
import type { EventType, HubEvent } from '../events/index.js'
import type { Database } from '../persistence/index.js'
import type { EventFeed } from './event-feed.js'
import { createLatestQueue, type LatestQueue } from './latest-queue.js'

/** Something of a party that changes by events: which events name it, and how it is read. One constant for each live field's source. */
export interface LiveTopic<Row extends { readonly id: string }> {
  readonly types: readonly EventType[]
  /** What an event of these types is about; nothing for one that is about nothing here. */
  readonly subjectsOf: (event: HubEvent) => readonly string[]
  /** The rows of these subjects as they stand now, for one scope; one statement. Unknown subjects are absent. */
  readonly read: (database: Database, subjects: readonly string[], scope: string) => Promise<readonly Row[]>
}

/** What one subscriber wants of a topic. */
export interface LiveWish<Row> {
  /** For whom is read, where rows are only their owner's; readers of one scope share its statement. */
  readonly scope?: string
  readonly wants: (row: Row) => boolean
}

/** The live sources of one process, shared by all its subscribers. */
export interface LiveTopics {
  /** Rows as they change, from now on; each is the newest there is when it is read. Resolves when no change can be missed any more. */
  watch<Row extends { readonly id: string }>(topic: LiveTopic<Row>, wish: LiveWish<Row>): Promise<AsyncIterable<Row>>
}

interface Watcher<Row> {
  readonly scope: string
  readonly wants: (row: Row) => boolean
  readonly queue: LatestQueue<Row>
}

/** One topic with its readers: follows the feed while there is one. */
const openTopic = <Row extends { readonly id: string }>(
  topic: LiveTopic<Row>,
  deps: { readonly feed: EventFeed; readonly database: Database },
) => {
  const watchers = new Set<Watcher<Row>>()
  let following: Promise<() => void> | null = null

  const tell = async (events: readonly HubEvent[]): Promise<void> => {
    const subjects = [...new Set(events.flatMap(topic.subjectsOf))]
    if (subjects.length === 0) return
    for (const scope of new Set([...watchers].map((watcher) => watcher.scope))) {
      const readers = [...watchers].filter((watcher) => watcher.scope === scope)
      try {
        for (const row of await topic.read(deps.database, subjects, scope))
          for (const { wants, queue } of readers) if (wants(row)) queue.push(row.id, row)
      } catch (error) {
        // A database that is away: the feed tells again. Anything else would come back for ever, so its readers are told to begin anew.
        if (error instanceof HubError && error.code === 'STORAGE') throw error
        for (const { queue } of readers) queue.fail(error instanceof Error ? error : new Error('a live read failed'))
      }
    }
  }

  const leave = (watcher: Watcher<Row>): void => {
    watchers.delete(watcher)
    if (watchers.size > 0 || following === null) return
    const ended = following
    following = null
    ended.then(
      (stop) => stop(),
      () => undefined,
    )
  }

  return async ({ scope = '', wants }: LiveWish<Row>): Promise<AsyncIterable<Row>> => {
    const watcher: Watcher<Row> = { scope, wants, queue: createLatestQueue<Row>(() => leave(watcher)) }
    watchers.add(watcher)
    following ??= deps.feed.follow(topic.types, tell)
    try {
      await following
    } catch (error) {
      following = null
      await watcher.queue.return?.()
      throw error
    }
    return watcher.queue
  }
}

/** Makes the live sources of a process; for each topic one following and, for a batch of events, one statement per scope, whatever the number of readers. */
export const createLiveTopics = (deps: { readonly feed: EventFeed; readonly database: Database }): LiveTopics => {
  // Each topic is one constant of a capability, so this map stays as small as the code.
  const open = new Map<unknown, (wish: LiveWish<never>) => Promise<AsyncIterable<unknown>>>()
  return {
    watch<Row extends { readonly id: string }>(topic: LiveTopic<Row>, wish: LiveWish<Row>) {
      let join = open.get(topic) as ((wish: LiveWish<Row>) => Promise<AsyncIterable<Row>>) | undefined
      if (join === undefined) {
        join = openTopic(topic, deps)
        open.set(topic, join as never)
      }
      return join(wish)
    },
  }
}

/** The suggestion that an event's payload names, for topics about suggestions. */
export const suggestionOf = ({ data }: HubEvent): readonly string[] =>
  'suggestion' in data && typeof data.suggestion === 'string' ? [data.suggestion] : []
