import { describe, expect, it } from '@jest/globals'

import { acceptedEncoding } from './write-answer.js'

describe('the encoding of an answer', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['gzip;q=0.000', null],
    ['brotli, gzipped', null],
    ['*', null],
  ])('for Accept-Encoding %s is %s', (header, encoding) => expect(acceptedEncoding(header)).toBe(encoding))
})
