import type { Engine } from '../engine.js'
import type { Log } from '../observe/operation-log.js'
import type { Release } from '../release.js'

/** A release that runs: what it is, and the engine over its links. */
export interface RunningRelease {
  readonly release: Release
  readonly engine: Engine
}

/** What a swap did, for the operator and the log. */
export interface ReleaseReport {
  readonly id: string
  /** Null for the first one. */
  readonly previousId: string | null
  /** False: the same text was given again, and nothing was touched. */
  readonly isNew: boolean
  /** Documents of the old release that were planned again before the swap, and those that the new one refuses. */
  readonly warmed: number
  readonly refused: number
  readonly durationMs: number
}

/** Called after a swap, when new requests already run on `to`. What it gives is awaited before the old links close. */
export type SwapListener = (to: RunningRelease, from: RunningRelease) => unknown

/** The release that serves now, and those who want to know when it changes. */
export interface Releases {
  /** Null until the first release is up. */
  current(): RunningRelease | null
  /** Tells of every swap, not of the first release. Gives the way to stop listening. */
  onSwap(listener: SwapListener): () => void
  /**
   * Makes `next` current at once; running operations stay with what they began on. Resolves when all listeners have settled; what a
   * listener throws is logged, because a swap cannot be taken back.
   */
  swap(next: RunningRelease): Promise<void>
}

/** Holds the current release; keeps no older one alive. */
export const createReleases = (log: Log): Releases => {
  let running: RunningRelease | null = null
  const listeners = new Set<SwapListener>()
  return {
    current: () => running,
    onSwap(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async swap(next) {
      const previous = running
      running = next
      if (previous === null) return
      await Promise.all(
        [...listeners].map(async (listener) => {
          try {
            await listener(next, previous)
          } catch (error) {
            log.error({ error }, 'a live operation could not follow the release')
          }
        }),
      )
    },
  }
}
