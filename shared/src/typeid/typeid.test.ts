import { describe, expect, it } from '@jest/globals'

import { newTypeId, parseTypeId, typeIdAt, typeIdTimeMs } from './index.js'

describe('TypeIDs', () => {
  it('carry their prefix and their time', () => {
    const id = newTypeId('sug', 1_700_000_000_123)
    expect(parseTypeId(id)).toEqual({ prefix: 'sug', id })
    expect(typeIdTimeMs(id)).toBe(1_700_000_000_123)
  })

  it('are the same for the same instant and entropy', () => {
    expect(typeIdAt('res', 5, new Uint8Array(10).fill(7))).toBe(typeIdAt('res', 5, new Uint8Array(10).fill(7)))
  })

  it('sort by time', () => {
    const ids = [3000, 1000, 2000].map((ms) => typeIdAt('sug', ms, new Uint8Array(10).fill(1)))
    expect([...ids].sort()).toEqual([ids[1], ids[2], ids[0]])
  })

  it.each([
    '',
    'sug',
    'sug_',
    'SUG_01h455vb4pex5vsknk084sn02q',
    'sug_01h455vb4pex5vsknk084sn02',
    "sug_01h455vb4pex5vsknk084sn02q' or 1=1",
    'x'.repeat(100_000),
  ])('refuse a malformed id without throwing: %.40s', (id) => expect(parseTypeId(id)).toBeNull())
})
