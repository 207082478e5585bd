import { describe, expect, it } from '@jest/globals'

import { identifyCaller } from '../../src/door/caller.js'

const WORDS = { authorization: undefined, actingFor: undefined, purpose: undefined, acceptLanguage: undefined, clientName: undefined }
const keyOf = async (address: string) => (await identifyCaller({ identify: async () => null }, WORDS, address)).key

describe('live operations of nobody in particular', () => {
  it('are counted together for all addresses that one subscriber of IPv6 can take', async () => {
    expect(await keyOf('2a02:1:2:3::1')).toBe(await keyOf('2a02:1:2:ff:1:2:3:4'))
    expect(await keyOf('2a02:1:2:3::1')).not.toBe(await keyOf('2a02:1:3:3::1'))
  })

  it('are counted apart for neighbours of IPv4, in its own form or in that of IPv6', async () => {
    expect(await keyOf('192.0.2.1')).not.toBe(await keyOf('192.0.2.2'))
    expect(await keyOf('::ffff:192.0.2.1')).not.toBe(await keyOf('::ffff:192.0.2.2'))
  })
})
