import { describe, expect, it } from '@jest/globals'

import { createByteAccount, createEventBuffer } from './event-buffer.js'

describe('events that wait', () => {
  it('are given back in their order, and refused beyond their number', () => {
    const buffer = createEventBuffer(2, createByteAccount(100))
    expect([buffer.push('a'), buffer.push('b'), buffer.push('c')]).toEqual([true, true, false])
    expect([buffer.shift(), buffer.shift(), buffer.shift(), buffer.isEmpty]).toEqual(['a', 'b', undefined, true])
  })

  it('are refused beyond their bytes, which all buffers of a connection count together', () => {
    const account = createByteAccount(10)
    const [one, other] = [createEventBuffer(9, account), createEventBuffer(9, account)]
    expect([one.push('12345'), other.push('12345'), one.push('1')]).toEqual([true, true, false])
    other.clear()
    expect([account.bytes, one.push('1')]).toEqual([5, true])
  })

  it('may be larger than the bound when nothing else waits, but not for the process', () => {
    const process = createByteAccount(20)
    const account = createByteAccount(10, process)
    expect([account.take(15), account.take(1)]).toEqual([true, false])
    expect(createByteAccount(10, process).take(6)).toBe(false)
    account.give(15)
    expect(process.bytes).toBe(0)
  })
})
