import type { LookupAddress } from 'node:dns'

import { describe, expect, it } from '@jest/globals'

import { isPublicAddress, literalAddress, publicLookup } from './address-rule.js'

describe('addresses of parties', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ])('inside a network are not public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])('of the internet are: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    ['http://[::1]:80/', '::1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://party.example/', null],
  ])('are read from a URL as the connection would: %s', (url, address) => {
    expect(literalAddress(new URL(url))).toBe(address)
  })

  const resolving =
    (...addresses: string[]) =>
    (_: string, __: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )
  const lookUp = (...addresses: string[]): Promise<string> =>
    new Promise((resolve) =>
      publicLookup(resolving(...addresses) as never)('party.example', {}, (error, address) => resolve(error?.name ?? String(address))),
    )

  it('are refused when one of those a name leads to is private', async () => {
    expect(await lookUp('8.8.8.8', '8.8.4.4')).toBe('8.8.8.8')
    expect(await lookUp('8.8.8.8', '10.0.0.1')).toBe('AddressRefused')
    expect(await lookUp()).toBe('AddressRefused')
  })
})
