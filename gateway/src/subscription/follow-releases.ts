import { HubError } from '@commonhall/shared/errors'

import type { Clock } from '../transport/clock.js'
import { createOverlap, type Overlap } from './overlap.js'

/** Tells of new releases; a listener needs to know no more than that there is one. */
export interface ReleaseNews {
  /** What the listener gives is awaited before the old release is let go. The returned function ends the listening. */
  onSwap(listener: () => Promise<void>): () => void
}

/** What following the releases takes. */
export interface FollowOptions<T> {
  /** Opens the operation on the release that is current now; rejects when that release cannot run it. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<T>>
  readonly first: AsyncIterable<T>
  readonly firstSignal: AbortController
  /** The first source stands on a release that has been replaced since. */
  readonly isBehind: boolean
  readonly news: ReleaseNews
  /** Equal for events that say the same, whatever release filled them. */
  readonly fingerprintOf: (event: T) => string
  readonly clock: Clock
  readonly overlapMs: number
  /** Lets a bounded number of operations move at the same time. */
  readonly move: (task: () => Promise<void>) => Promise<void>
}

interface Stream<T> {
  readonly iterator: AsyncIterator<T>
  readonly signal: AbortController
}

/**
 * Events of a live operation that outlives releases: after a swap its source is opened on the new release while the old one still
 * runs, both run side by side until they have given the same event or the time is up, and what both gave comes once.
 *
 * Ends with SUBSCRIPTION_ENDED (RELEASE_CHANGED) when the new release cannot run it; the end of the newest source is its end.
 */
export const followReleases = <T>(options: FollowOptions<T>): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const queue: T[] = []
    let end: { readonly fault: unknown } | null = null
    let wake: (() => void) | null = null
    let old: Stream<T> | null = null
    let current: Stream<T>
    let overlap: Overlap | null = null
    let stopTimer = (): void => undefined

    const stir = (): void => {
      wake?.()
      wake = null
    }
    const drop = (stream: Stream<T> | null): void => {
      if (stream === null) return
      stream.signal.abort()
      void Promise.resolve(stream.iterator.return?.()).catch(() => undefined)
    }
    const dropOld = (): void => {
      drop(old)
      old = null
    }
    /** From here on the youngest stream alone speaks; what it might still repeat comes twice rather than never. */
    const endOverlap = (): void => {
      stopTimer()
      dropOld()
      overlap = null
    }
    const finish = (fault: unknown): void => {
      if (end !== null) return
      end = { fault }
      stopListening()
      endOverlap()
      drop(current)
      stir()
    }
    const accept = (stream: Stream<T>, event: T): void => {
      // What the younger stream repeats of the older one may still come after the older one has been let go.
      const isNew =
        overlap === null ||
        (stream === current ? overlap.younger(options.fingerprintOf(event)) : overlap.older(options.fingerprintOf(event)))
      if (overlap?.isMet === true) dropOld()
      if (overlap?.isOver === true) endOverlap()
      if (!isNew) return
      queue.push(event)
      stir()
    }
    const pump = async (stream: Stream<T>): Promise<void> => {
      try {
        for (;;) {
          const step = await stream.iterator.next()
          if (end !== null || (stream !== current && stream !== old)) return
          if (step.done !== true) accept(stream, step.value)
          else if (stream === current) return finish(null)
          else return dropOld()
        }
      } catch (fault) {
        if (stream === current) finish(fault)
        else if (stream === old) dropOld()
      }
    }
    const moveOver = async (): Promise<void> => {
      if (end !== null) return
      const signal = new AbortController()
      let events: AsyncIterable<T>
      try {
        events = await options.open(signal.signal)
      } catch (cause) {
        const detail = cause instanceof Error ? cause.name : 'unknown'
        return finish(new HubError('SUBSCRIPTION_ENDED', { reason: 'RELEASE_CHANGED', detail, cause }))
      }
      const stream: Stream<T> = { iterator: events[Symbol.asyncIterator](), signal }
      if (end !== null) return drop(stream)
      endOverlap()
      old = current
      current = stream
      overlap = createOverlap()
      // A source is opened by its first `next`.
      void pump(stream)
      stopTimer = options.clock.setTimer(options.overlapMs, endOverlap)
    }

    current = { iterator: options.first[Symbol.asyncIterator](), signal: options.firstSignal }
    let moving = Promise.resolve()
    // One swap after the other, however fast they come.
    const follow = (): Promise<void> => (moving = moving.then(() => options.move(moveOver)).catch(finish))
    const stopListening = options.news.onSwap(follow)
    void pump(current)
    if (options.isBehind) void follow()

    return {
      async next() {
        for (;;) {
          const event = queue.shift()
          if (event !== undefined) return { done: false, value: event }
          if (end !== null) {
            if (end.fault !== null) throw end.fault instanceof Error ? end.fault : new HubError('INTERNAL', { cause: end.fault })
            return { done: true, value: undefined }
          }
          await new Promise<void>((resolve) => (wake = resolve))
        }
      },
      async return() {
        finish(null)
        return { done: true, value: undefined }
      },
    }
  },
})

/** Runs at most `width` tasks at the same time, the others in their order of arrival: a swap must not wake a thousand operations at once. */
export const createTurnstile = (width: number): ((task: () => Promise<void>) => Promise<void>) => {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
