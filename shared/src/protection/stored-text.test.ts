import { describe, expect, it } from '@jest/globals'

import { faultOfStoredText } from './index.js'

describe('a text that a party is about to keep', () => {
  it.each(['路灯坏了', '', '👩‍👩‍👧 family', 'مرحبا', '<script>', 'x'.repeat(20)])('may be kept: %s', (text) => {
    expect(faultOfStoredText(text, 'text', 20)).toBeNull()
  })

  it.each(['x'.repeat(21), 'a\u0000b', 'a\ud800b', '\udc00'])('is refused by field when it is too long or cannot be stored', (text) => {
    expect(faultOfStoredText(text, 'why', 20)).toMatchObject({ code: 'INVALID_INPUT', field: 'why' })
  })

  it('is refused when it holds what the hub never keeps', () => {
    expect(faultOfStoredText('身份证 11010519491231002X', 'text', 100)).toMatchObject({ code: 'FORBIDDEN_DATA', field: 'text' })
  })
})
