import { HubError } from '@commonhall/shared/errors'

import type { Clock } from '../transport/clock.js'
import { createByteAccount, type ByteAccount } from './event-buffer.js'
import type { LiveLimits } from './live-limits.js'
import type { LiveOperation } from './live-operation.js'

/** A place for one live operation, taken before its source is opened. */
export interface LivePlace {
  /** The operation that fills the place: it is beaten and, at the stop, ended. */
  fill(operation: LiveOperation): void
  /** Gives the place back; calling it again does nothing. */
  leave(): void
}

/** Every live operation of the process: who may open one more, who is still there. */
export interface LiveRegistry {
  /** Refused: TOO_MANY_SUBSCRIPTIONS for this caller or for the process, and SUBSCRIPTION_ENDED while the hub stops. */
  admit(callerKey: string): LivePlace
  /** Tells every client that the hub goes away, and takes no new ones. Resolves when the last one is gone. */
  stop(): Promise<void>
  /** Bytes that wait in one new connection. */
  account(): ByteAccount
  readonly count: number
}

/** An empty registry. While operations run, one timer gives all of their clients signs of life. */
export const createLiveRegistry = (limits: LiveLimits, clock: Clock): LiveRegistry => {
  const process = createByteAccount(limits.maxProcessBytes)
  const perCaller = new Map<string, number>()
  const running = new Set<LiveOperation>()
  let count = 0
  let isStopping = false
  let whenEmpty: (() => void) | null = null
  let stopTimer: (() => void) | null = null
  const beat = (): void => {
    stopTimer = clock.setTimer(limits.heartbeatMs, beat)
    for (const operation of running) operation.beat()
  }
  const rest = (): void => {
    stopTimer?.()
    stopTimer = null
    whenEmpty?.()
  }

  return {
    admit(callerKey) {
      if (isStopping) throw new HubError('SUBSCRIPTION_ENDED', { reason: 'GOING_AWAY' })
      const mine = perCaller.get(callerKey) ?? 0
      if (count >= limits.maxPerProcess) throw new HubError('TOO_MANY_SUBSCRIPTIONS', { reason: `PROCESS_OVER_${limits.maxPerProcess}` })
      if (mine >= limits.maxPerCaller) throw new HubError('TOO_MANY_SUBSCRIPTIONS', { reason: `CALLER_OVER_${limits.maxPerCaller}` })
      perCaller.set(callerKey, mine + 1)
      count += 1
      let mineNow: LiveOperation | null = null
      let isLeft = false
      return {
        fill(operation) {
          mineNow = operation
          running.add(operation)
          stopTimer ??= clock.setTimer(limits.heartbeatMs, beat)
          // The stop came while the source was being opened.
          if (isStopping) operation.end(new HubError('SUBSCRIPTION_ENDED', { reason: 'GOING_AWAY' }))
        },
        leave() {
          if (isLeft) return
          isLeft = true
          if (mineNow !== null) running.delete(mineNow)
          const left = (perCaller.get(callerKey) ?? 1) - 1
          if (left === 0) perCaller.delete(callerKey)
          else perCaller.set(callerKey, left)
          count -= 1
          if (count === 0) rest()
        },
      }
    },
    stop() {
      isStopping = true
      for (const operation of [...running]) operation.end(new HubError('SUBSCRIPTION_ENDED', { reason: 'GOING_AWAY' }))
      return new Promise((resolve) => {
        whenEmpty = resolve
        if (count === 0) resolve()
      })
    },
    account: () => createByteAccount(limits.maxBufferedBytes, process),
    get count() {
      return count
    },
  }
}
