import { beforeEach, describe, expect, it } from '@jest/globals'

import { HubError } from '@commonhall/shared/errors'

import { createVirtualClock, type VirtualClock } from '../../test/fixture-clock.js'
import { createSource, settle, type Source } from '../../test/live/fixture-source.js'
import { createByteAccount, type ByteAccount } from './event-buffer.js'
import { startLiveOperation, type LiveOperation, type LiveSummary } from './live-operation.js'

describe('a live operation', () => {
  let clock: VirtualClock
  let source: Source<string>
  let account: ByteAccount
  let operation: LiveOperation
  /** What the client got: answers, beats, and the last word. */
  let seen: unknown[]
  let closed: LiveSummary[]
  /** Whether the client reads. */
  let isReading: boolean

  beforeEach(() => {
    clock = createVirtualClock()
    source = createSource()
    account = createByteAccount(100)
    seen = []
    closed = []
    isReading = true
    operation = startLiveOperation({
      events: source,
      textOf: (event) => event,
      sink: {
        next(answer) {
          seen.push(answer)
          return isReading
        },
        beat: () => void seen.push('beat'),
        end: (fault) => void seen.push(fault instanceof HubError ? fault.code : fault instanceof Error ? fault.message : 'end'),
      },
      account,
      maxBufferedEvents: 3,
      clock,
      lifetimeMs: 1000,
      lifetimeFault: () => new HubError('SUBSCRIPTION_ENDED', { reason: 'DURATION_OVER' }),
      onClosed: (summary) => void closed.push(summary),
    })
  })

  it('hands on what comes, then the end, and says what it was', async () => {
    source.push('1', '2')
    source.end()
    await settle()
    expect(seen).toEqual(['1', '2', 'end'])
    expect(closed).toEqual([{ reason: 'complete', events: 2, bytes: 2, fault: null }])
    expect(source.isLeft).toBe(true)
  })

  it('keeps what comes while the client does not read, and gives it in order, the end last', async () => {
    isReading = false
    source.push('1', '2', '3')
    source.end()
    await settle()
    expect(seen).toEqual(['1'])
    operation.drained()
    expect(seen).toEqual(['1', '2'])
    isReading = true
    operation.drained()
    expect(seen).toEqual(['1', '2', '3', 'end'])
    expect(closed.map(({ reason }) => reason)).toEqual(['complete'])
  })

  it.each([
    ['one event more than may wait', ['1', '2', '3', '4', '5'], 4],
    ['one byte more than may wait', ['1', 'x'.repeat(60), 'y'.repeat(41)], 2],
  ])('is cut at once by %s, and keeps nothing', async (_, events, room) => {
    isReading = false
    source.push(...events.slice(0, room))
    await settle()
    expect(seen).toEqual(['1'])
    source.push(...events.slice(room))
    await settle()
    expect(seen).toEqual(['1', 'SLOW_CONSUMER'])
    expect([closed[0]?.reason, closed[0]?.events, account.bytes, source.isLeft]).toEqual(['SLOW_CONSUMER', 1, 0, true])
  })

  it('ends with the fault of its source, after what came before', async () => {
    source.push('1')
    source.fail(new HubError('PARTY_UNAVAILABLE'))
    await settle()
    expect(seen).toEqual(['1', 'PARTY_UNAVAILABLE'])
    expect(closed[0]?.reason).toBe('PARTY_UNAVAILABLE')
  })

  it('writes nothing more once the client has left, and lets its source go', async () => {
    isReading = false
    source.push('1', '2')
    await settle()
    operation.left()
    operation.drained()
    operation.end(new HubError('SUBSCRIPTION_ENDED'))
    operation.beat()
    expect([seen, account.bytes, source.isLeft]).toEqual([['1'], 0, true])
    expect(closed.map(({ reason }) => reason)).toEqual(['left'])
  })

  it('is told its end by the hub after what waits, and takes nothing new', async () => {
    isReading = false
    source.push('1', '2')
    await settle()
    operation.end(new HubError('SUBSCRIPTION_ENDED', { reason: 'GOING_AWAY' }))
    source.push('3')
    await settle()
    isReading = true
    operation.drained()
    expect(seen).toEqual(['1', '2', 'SUBSCRIPTION_ENDED'])
    expect(closed[0]?.reason).toBe('SUBSCRIPTION_ENDED GOING_AWAY')
  })

  it('lives no longer than it may', async () => {
    await clock.pass(999)
    expect(seen).toEqual([])
    await clock.pass(1)
    expect(seen).toEqual(['SUBSCRIPTION_ENDED'])
    expect(source.isLeft).toBe(true)
  })

  it('gives signs of life only to those who read', async () => {
    operation.beat()
    isReading = false
    source.push('1')
    await settle()
    operation.beat()
    expect(seen).toEqual(['beat', '1'])
  })
})
